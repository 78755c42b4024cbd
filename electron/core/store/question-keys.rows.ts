import { and, asc, desc, eq, isNotNull } from 'drizzle-orm'
import type { QuestionId, QuizId } from '#contract/ids.ts'
import type { ReadDb, WriteDb } from './connection.ts'
import { attempts, type KeyReason, questionKeys, questions, quizzes } from './quizzes.schema.ts'

export type QuestionKeyRow = typeof questionKeys.$inferSelect

/** The newest decision about each question of a quiz whose key was ever changed. */
export function readQuestionKeys(db: ReadDb, quizId: QuizId): Map<QuestionId, QuestionKeyRow> {
  const rows = db
    .select({ key: questionKeys })
    .from(questionKeys)
    .innerJoin(questions, eq(questions.id, questionKeys.questionId))
    .where(eq(questions.quizId, quizId))
    .orderBy(asc(questionKeys.version))
    .all()
  return new Map(rows.map(({ key }) => [key.questionId, key]))
}

/** Writes a question's next key; `answerIndex` null drops it from every score. */
export function insertQuestionKey(
  db: WriteDb,
  key: { questionId: QuestionId; answerIndex: number | null; reason: KeyReason; changedAtMs: number },
): void {
  const last = db
    .select({ version: questionKeys.version })
    .from(questionKeys)
    .where(eq(questionKeys.questionId, key.questionId))
    .orderBy(desc(questionKeys.version))
    .limit(1)
    .get()
  db.insert(questionKeys)
    .values({ ...key, version: (last?.version ?? 1) + 1 })
    .run()
}

/** Attempts at a quiz that were handed in. */
export function readSubmittedAttempts(db: ReadDb, quizId: QuizId) {
  return db
    .select()
    .from(attempts)
    .where(and(eq(attempts.quizId, quizId), isNotNull(attempts.submittedAtMs)))
    .all()
}

/** Attempts at any quiz that were handed in, the newest first. */
export function readPastAttempts(db: ReadDb, limit: number) {
  return db
    .select({ attempt: attempts, quizTitle: quizzes.title, examId: quizzes.examId })
    .from(attempts)
    .innerJoin(quizzes, eq(quizzes.id, attempts.quizId))
    .where(isNotNull(attempts.submittedAtMs))
    .orderBy(desc(attempts.submittedAtMs), desc(attempts.id))
    .limit(limit)
    .all()
}
