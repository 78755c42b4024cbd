import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { MainsAnswerId, MainsQuestionId } from '#contract/ids.ts'
import type { ReadDb, WriteDb } from './connection.ts'
import { mainsAnswers, mainsQuestions } from './mains.schema.ts'

export type MainsQuestionRow = typeof mainsQuestions.$inferSelect
export type MainsAnswerRow = typeof mainsAnswers.$inferSelect

export function insertMainsQuestion(db: WriteDb, row: typeof mainsQuestions.$inferInsert): void {
  db.insert(mainsQuestions).values(row).run()
}

export function updateMainsQuestion(db: WriteDb, id: MainsQuestionId, change: Partial<MainsQuestionRow>): void {
  db.update(mainsQuestions).set(change).where(eq(mainsQuestions.id, id)).run()
}

/** Newest first; without those that were deleted. */
export function readMainsQuestions(db: ReadDb): MainsQuestionRow[] {
  return db
    .select()
    .from(mainsQuestions)
    .where(isNull(mainsQuestions.deletedAtMs))
    .orderBy(desc(mainsQuestions.createdAtMs), desc(mainsQuestions.id))
    .all()
}

/** Deleted ones too: their answers stay in the history. */
export function findMainsQuestion(db: ReadDb, id: MainsQuestionId): MainsQuestionRow | undefined {
  return db.select().from(mainsQuestions).where(eq(mainsQuestions.id, id)).get()
}

/** Whether a question with these words is in the list. */
export function hasMainsQuestion(db: ReadDb, textKey: string): boolean {
  const found = db
    .select({ id: mainsQuestions.id })
    .from(mainsQuestions)
    .where(and(eq(mainsQuestions.textKey, textKey), isNull(mainsQuestions.deletedAtMs)))
    .get()
  return found !== undefined
}

export function insertMainsAnswer(db: WriteDb, row: typeof mainsAnswers.$inferInsert): void {
  db.insert(mainsAnswers).values(row).run()
}

export function updateMainsAnswer(db: WriteDb, id: MainsAnswerId, change: Partial<MainsAnswerRow>): void {
  db.update(mainsAnswers).set(change).where(eq(mainsAnswers.id, id)).run()
}

export function findMainsAnswer(db: ReadDb, id: MainsAnswerId): MainsAnswerRow | undefined {
  return db
    .select()
    .from(mainsAnswers)
    .where(and(eq(mainsAnswers.id, id), isNull(mainsAnswers.deletedAtMs)))
    .get()
}

/** The answer to a question that is being written. */
export function findOpenMainsAnswer(db: ReadDb, questionId: MainsQuestionId): MainsAnswerRow | undefined {
  return db
    .select()
    .from(mainsAnswers)
    .where(
      and(
        eq(mainsAnswers.questionId, questionId),
        isNull(mainsAnswers.submittedAtMs),
        isNull(mainsAnswers.deletedAtMs),
      ),
    )
    .get()
}

/** Handed in, the oldest first, with their questions. */
export function readPastMainsAnswers(db: ReadDb): { answer: MainsAnswerRow; question: MainsQuestionRow }[] {
  return db
    .select({ answer: mainsAnswers, question: mainsQuestions })
    .from(mainsAnswers)
    .innerJoin(mainsQuestions, eq(mainsQuestions.id, mainsAnswers.questionId))
    .where(and(isNotNull(mainsAnswers.submittedAtMs), isNull(mainsAnswers.deletedAtMs)))
    .orderBy(asc(mainsAnswers.submittedAtMs), asc(mainsAnswers.id))
    .all()
}

/** Of each question: how many answers were handed in, and which one is open. */
export function countMainsAnswers(
  db: ReadDb,
): Map<MainsQuestionId, { answerCount: number; openAnswerId: MainsAnswerId | null }> {
  const rows = db
    .select({
      questionId: mainsAnswers.questionId,
      answerCount: sql<number>`count(${mainsAnswers.submittedAtMs})`,
      openAnswerId: sql<MainsAnswerId | null>`max(CASE WHEN ${mainsAnswers.submittedAtMs} IS NULL THEN ${mainsAnswers.id} END)`,
    })
    .from(mainsAnswers)
    .where(isNull(mainsAnswers.deletedAtMs))
    .groupBy(mainsAnswers.questionId)
    .all()
  return new Map(rows.map(({ questionId, ...counts }) => [questionId, counts]))
}

/** Removes what was deleted for good; a question stays while an answer to it does. */
export function purgeMains(db: WriteDb): void {
  db.delete(mainsAnswers).where(isNotNull(mainsAnswers.deletedAtMs)).run()
  db.delete(mainsQuestions)
    .where(
      and(
        isNotNull(mainsQuestions.deletedAtMs),
        sql`NOT EXISTS (SELECT 1 FROM mains_answers a WHERE a.question_id = ${mainsQuestions.id})`,
      ),
    )
    .run()
}
