import { count, desc, eq, sql } from 'drizzle-orm'
import type { ReadDb, WriteDb } from './connection.ts'
import { answerCache, type CachedReplyRow } from './model-calls.schema.ts'

export function findCachedReply(db: ReadDb, key: string): CachedReplyRow | undefined {
  return db.select().from(answerCache).where(eq(answerCache.key, key)).get()
}

/** Keeps a reply in the place of an older one, and of the others the `most` last used. */
export function keepCachedReply(db: WriteDb, row: CachedReplyRow, most: number): void {
  db.insert(answerCache).values(row).onConflictDoUpdate({ target: answerCache.key, set: row }).run()
  const kept = db.select({ key: answerCache.key }).from(answerCache).orderBy(desc(answerCache.usedAtMs)).limit(most)
  db.delete(answerCache).where(sql`${answerCache.key} NOT IN ${kept}`).run()
}

export function touchCachedReply(db: WriteDb, key: string, usedAtMs: number): void {
  db.update(answerCache).set({ usedAtMs }).where(eq(answerCache.key, key)).run()
}

export function countCachedReplies(db: ReadDb): number {
  return db.select({ count: count() }).from(answerCache).get()?.count ?? 0
}

/** How many there were. */
export function clearCachedReplies(db: WriteDb): number {
  return db.delete(answerCache).run().changes
}
