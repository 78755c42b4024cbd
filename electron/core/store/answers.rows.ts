import { desc, eq } from 'drizzle-orm'
import type { Answer } from '#contract/ask.ts'
import type { AnswerId } from '#contract/ids.ts'
import { answers } from './answers.schema.ts'
import type { ReadDb, WriteDb } from './connection.ts'

export function insertAnswer(db: WriteDb, answer: Answer): void {
  const { id, question, createdAtMs } = answer
  db.insert(answers).values({ id, question, answer, createdAtMs }).run()
}

/** Newest first. */
export function listAnswers(db: ReadDb, limit: number): Answer[] {
  const rows = db.select().from(answers).orderBy(desc(answers.createdAtMs), desc(answers.id)).limit(limit).all()
  return rows.map(({ answer }) => answer)
}

export function findAnswer(db: ReadDb, answerId: AnswerId): Answer | undefined {
  return db.select().from(answers).where(eq(answers.id, answerId)).get()?.answer
}

export function deleteAnswer(db: WriteDb, answerId: AnswerId): void {
  db.delete(answers).where(eq(answers.id, answerId)).run()
}
