import type { Attempt, OpenQuestion, Question, QuizSummary } from '#contract/quiz.ts'
import type { ReadDb } from '../store/connection.ts'
import { readPageLabel } from '../store/pages.rows.ts'
import { type AttemptRow, type QuestionRow, type QuizRow, readQuizFacts, readResponses } from '../store/quizzes.rows.ts'

/** A quiz as the contract shows it. */
export function toQuizSummary(db: ReadDb, row: QuizRow): QuizSummary {
  const { documentIds, questionCount, openAttemptId, lastAttempt } = readQuizFacts(db, row.id)
  return {
    id: row.id,
    title: row.title,
    style: row.style,
    engine: row.engine,
    status: row.status,
    ...(row.note === null ? {} : { note: row.note }),
    requestedCount: row.requestedCount,
    questionCount,
    droppedCount: Object.values(row.dropped).reduce((sum, count) => sum + count, 0),
    documentIds,
    durationMs: row.durationMs,
    ...(row.jobId === null ? {} : { jobId: row.jobId }),
    createdAtMs: row.createdAtMs,
    ...(lastAttempt && {
      lastAttempt: {
        id: lastAttempt.id,
        scoreSixths: lastAttempt.score.scoreSixths,
        maxSixths: lastAttempt.score.maxSixths,
        submittedAtMs: lastAttempt.submittedAtMs,
      },
    }),
    ...(openAttemptId && { openAttemptId }),
  }
}

/** A question with its key and source. */
export function toQuestion(db: ReadDb, row: QuestionRow): Question {
  const pageLabel = readPageLabel(db, row.documentId, row.pageNumber)
  return {
    ...toOpenQuestion(row),
    answerIndex: row.answerIndex,
    explanation: row.explanation,
    source: {
      documentId: row.documentId,
      path: row.documentPath,
      title: row.documentTitle,
      page: row.pageNumber,
      ...(pageLabel && { pageLabel }),
      quote: row.quote,
      startOffset: row.startOffset,
      endOffset: row.endOffset,
      boxes: row.boxes,
    },
  }
}

/** A question as a test shows it: nothing that tells the key. */
export function toOpenQuestion({ id, style, engine, stem, statements, prompt, options }: QuestionRow): OpenQuestion {
  return { id, style, engine, stem, statements, prompt, options }
}

export function toAttempt(db: ReadDb, row: AttemptRow): Attempt {
  return {
    id: row.id,
    quizId: row.quizId,
    startedAtMs: row.startedAtMs,
    elapsedMs: row.elapsedMs,
    durationMs: row.durationMs,
    ...(row.submittedAtMs === null ? {} : { submittedAtMs: row.submittedAtMs }),
    scheme: row.scheme,
    responses: readResponses(db, row.id),
  }
}
