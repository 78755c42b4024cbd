import { and, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { BriefId, CardId, DocumentId } from '#contract/ids.ts'
import type { ReadDb, WriteDb } from './connection.ts'
import { briefs, cards } from './study.schema.ts'

export type BriefRow = typeof briefs.$inferSelect
export type CardRow = typeof cards.$inferSelect

export function insertBrief(db: WriteDb, row: typeof briefs.$inferInsert): void {
  db.insert(briefs).values(row).run()
}

export function updateBrief(db: WriteDb, id: BriefId, change: Partial<BriefRow>): void {
  db.update(briefs).set(change).where(eq(briefs.id, id)).run()
}

/** Newest first; without those that were deleted. */
export function readBriefs(db: ReadDb): BriefRow[] {
  return db
    .select()
    .from(briefs)
    .where(isNull(briefs.deletedAtMs))
    .orderBy(desc(briefs.createdAtMs), desc(briefs.id))
    .all()
}

export function findBrief(db: ReadDb, id: BriefId): BriefRow | undefined {
  return db
    .select()
    .from(briefs)
    .where(and(eq(briefs.id, id), isNull(briefs.deletedAtMs)))
    .get()
}

export function insertCards(db: WriteDb, rows: readonly (typeof cards.$inferInsert)[]): void {
  for (const row of rows) db.insert(cards).values(row).run()
}

export function updateCard(db: WriteDb, id: CardId, change: Pick<CardRow, 'front' | 'back' | 'updatedAtMs'>): void {
  db.update(cards).set(change).where(eq(cards.id, id)).run()
}

/** Hides cards, or (null) shows them again. */
export function markCardsDeleted(db: WriteDb, ids: readonly CardId[], atMs: number | null): void {
  db.update(cards)
    .set({ deletedAtMs: atMs })
    .where(inArray(cards.id, [...ids]))
    .run()
}

/** Newest first; without those that were deleted. */
export function readCards(db: ReadDb, documentId?: DocumentId): CardRow[] {
  const there = isNull(cards.deletedAtMs)
  return db
    .select()
    .from(cards)
    .where(documentId ? and(there, eq(cards.documentId, documentId)) : there)
    .orderBy(desc(cards.createdAtMs), desc(cards.id))
    .all()
}

/** In no order; without those that were deleted. */
export function findCards(db: ReadDb, ids: readonly CardId[]): CardRow[] {
  return db
    .select()
    .from(cards)
    .where(and(inArray(cards.id, [...ids]), isNull(cards.deletedAtMs)))
    .all()
}

/** Removes what was deleted for good. */
export function purgeStudy(db: WriteDb): void {
  db.delete(briefs).where(isNotNull(briefs.deletedAtMs)).run()
  db.delete(cards).where(isNotNull(cards.deletedAtMs)).run()
}
