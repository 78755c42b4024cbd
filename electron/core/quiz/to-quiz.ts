import type { QuizId } from '#contract/ids.ts'
import type { Attempt, OpenQuestion, Question, QuestionSource, QuizSummary } from '#contract/quiz.ts'
import type { ReadDb } from '../store/connection.ts'
import { readPageLabel } from '../store/pages.rows.ts'
import { readQuestionKeys } from '../store/question-keys.rows.ts'
import {
  type AttemptRow,
  type QuestionRow,
  type QuestionSourceRow,
  type QuizRow,
  readQuestionSources,
  readQuestions,
  readQuizFacts,
  readResponses,
} from '../store/quizzes.rows.ts'

/** A quiz as the contract shows it. */
export function toQuizSummary(db: ReadDb, row: QuizRow): QuizSummary {
  const { documentIds, questionCount, openAttemptId, lastAttempt } = readQuizFacts(db, row.id)
  return {
    id: row.id,
    title: row.title,
    style: row.style,
    examId: row.examId,
    difficulty: row.difficulty,
    only: row.onlyFrom,
    ...(row.syllabusId === null ? {} : { syllabusId: row.syllabusId }),
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
        scoreUnits: lastAttempt.score.scoreUnits,
        maxUnits: lastAttempt.score.maxUnits,
        submittedAtMs: lastAttempt.submittedAtMs,
      },
    }),
    ...(openAttemptId && { openAttemptId }),
  }
}

/** Every question of a quiz with the key that holds now and its sources, in the order they were made. */
export function readWholeQuestions(db: ReadDb, quizId: QuizId): Question[] {
  const others = readQuestionSources(db, quizId)
  const keys = readQuestionKeys(db, quizId)
  return readQuestions(db, quizId).map((row) => {
    const key = keys.get(row.id)
    const dropped = key?.answerIndex === null ? key.reason : undefined
    return {
      ...toOpenQuestion(row),
      answerIndex: key?.answerIndex ?? row.answerIndex,
      keyVersion: key?.version ?? 1,
      ...(dropped === 'dropped' || dropped === 'reported' || dropped === 'kin' ? { dropped } : {}),
      ...(row.difficulty && { difficulty: row.difficulty }),
      ...(row.topic && { topic: row.topic }),
      explanation: row.explanation,
      // What was brought in from elsewhere stands on no page here.
      ...(row.documentId === '' ? {} : { source: toSource(db, row) }),
      otherSources: (others.get(row.id) ?? []).map((source) => toSource(db, source)),
    }
  })
}

function toSource(db: ReadDb, row: Omit<QuestionSourceRow, 'questionId' | 'ordinal'>): QuestionSource {
  const pageLabel = readPageLabel(db, row.documentId, row.pageNumber)
  return {
    documentId: row.documentId,
    path: row.documentPath,
    title: row.documentTitle,
    page: row.pageNumber,
    ...(pageLabel && { pageLabel }),
    quote: row.quote,
    startOffset: row.startOffset,
    endOffset: row.endOffset,
    boxes: row.boxes,
    ...(row.sourceLost && { lost: true }),
  }
}

/** A question as a test shows it: nothing that tells the key. */
export function toOpenQuestion({
  id,
  style,
  engine,
  stem,
  statements,
  labels,
  prompt,
  options,
}: QuestionRow): OpenQuestion {
  return { id, style, engine, stem, statements, labels, prompt, options }
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
