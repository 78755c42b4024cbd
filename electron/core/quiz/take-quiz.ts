import type { AttemptId, QuizId } from '#contract/ids.ts'
import type {
  Attempt,
  MarkingScheme,
  OpenQuestion,
  PastAttempt,
  Question,
  QuizSummary,
  Response,
  Score,
} from '#contract/quiz.ts'
import { StudyError } from '../errors.ts'
import type { Clock, Ids } from '../ports.ts'
import type { ReadDb, WriteDb } from '../store/connection.ts'
import type { Store } from '../store/open-store.ts'
import { readPastAttempts } from '../store/question-keys.rows.ts'
import {
  type AttemptRow,
  insertAttempt,
  type QuestionRow,
  readAttempt,
  readOpenAttempt,
  readQuestions,
  readQuiz,
  readResponses,
  saveResponse,
  updateAttempt,
} from '../store/quizzes.rows.ts'
import { keyedQuestions } from './change-keys.ts'
import { scoreQuiz } from './score-quiz.ts'
import { readWholeQuestions, toAttempt, toOpenQuestion, toQuizSummary } from './to-quiz.ts'

/** How far back the trend goes. */
const MOST_PAST = 100

export interface TakeQuizParts {
  store: Store
  ids: Ids
  clock: Clock
  /** What an attempt at a quiz of that exam will be marked by. */
  scheme: (examId: string) => MarkingScheme
}

/**
 * Attempts at quizzes. Every response is durable when its call returns. Time is
 * what the window says was used: it never goes back, never past the test's
 * length, and stands while the app is closed. Throws StudyError: not-found,
 * not-ready, bad-input.
 */
export function takeQuizzes({ store, ids, clock, scheme }: TakeQuizParts) {
  return {
    /** Begins an attempt, or goes on with the one that is open. */
    begin({ quizId }: { quizId: QuizId }): { attempt: Attempt; questions: OpenQuestion[] } {
      return store.transaction((db) => {
        const quiz = readQuiz(db, quizId)
        if (!quiz) throw noQuiz()
        const open = readOpenAttempt(db, quizId)
        if (open) return shown(db, open)
        const questionCount = readQuestions(db, quizId).length
        if (quiz.status === 'making') {
          throw new StudyError('not-ready', 'The quiz is still being made. Begin it when its last question is there.')
        }
        if (questionCount === 0) {
          throw new StudyError(
            'not-ready',
            'The quiz has no questions. Make another one from more text or in another style.',
          )
        }
        const id = ids.next() as AttemptId
        const { durationMs } = quiz
        insertAttempt(db, {
          id,
          quizId,
          scheme: scheme(quiz.examId),
          questionCount,
          durationMs,
          startedAtMs: clock.nowMs(),
        })
        return shown(db, attemptOf(db, id))
      })
    },

    respond(input: { attemptId: AttemptId; response: Response; elapsedMs: number }): Attempt {
      const { attemptId, response, elapsedMs } = input
      return store.transaction((db) => {
        const attempt = attemptOf(db, attemptId)
        if (attempt.submittedAtMs !== null) {
          throw new StudyError('bad-input', 'This test was handed in. Its answers can’t be changed any more.')
        }
        const question = questionsOf(db, attempt).find(({ id }) => id === response.questionId)
        if (!question) throw new StudyError('not-found', 'That question is not a part of this test.')
        if (response.chosenIndex !== null && response.chosenIndex >= question.options.length) {
          throw new StudyError('bad-input', `That question has ${question.options.length} options.`)
        }
        saveResponse(db, attemptId, response, clock.nowMs())
        spend(db, attempt, elapsedMs)
        return toAttempt(db, attemptOf(db, attemptId))
      })
    },

    /** Saves the time used. After the test was handed in it does nothing: the last tick may be late. */
    tick({ attemptId, elapsedMs }: { attemptId: AttemptId; elapsedMs: number }): void {
      store.transaction((db) => {
        const attempt = attemptOf(db, attemptId)
        if (attempt.submittedAtMs === null) spend(db, attempt, elapsedMs)
      })
    },

    /** Hands the test in. Again, it gives the score of the first time. */
    submit({ attemptId, elapsedMs }: { attemptId: AttemptId; elapsedMs: number }): { attempt: Attempt; score: Score } {
      return store.transaction((db) => {
        const attempt = attemptOf(db, attemptId)
        if (attempt.submittedAtMs === null) {
          spend(db, attempt, elapsedMs)
          const keyed = keyedQuestions(db, attempt.quizId).slice(0, attempt.questionCount)
          const score = scoreQuiz(keyed, readResponses(db, attemptId), attempt.scheme)
          updateAttempt(db, attemptId, { submittedAtMs: clock.nowMs(), score })
        }
        const ended = attemptOf(db, attemptId)
        return { attempt: toAttempt(db, ended), score: scoreOf(ended) }
      })
    },

    /** Tests handed in, the newest first. */
    attempts(): PastAttempt[] {
      return readPastAttempts(store.reader, MOST_PAST).flatMap(({ attempt, quizTitle, examId }) => {
        const { id, quizId, submittedAtMs, elapsedMs, score } = attempt
        return submittedAtMs !== null && score
          ? [{ id, quizId, quizTitle, examId, submittedAtMs, elapsedMs, score: scoreOf(attempt) }]
          : []
      })
    },

    review({ attemptId }: { attemptId: AttemptId }): {
      quiz: QuizSummary
      attempt: Attempt
      score: Score
      questions: Question[]
    } {
      const db = store.reader
      const attempt = attemptOf(db, attemptId)
      const quiz = readQuiz(db, attempt.quizId)
      if (!quiz) throw noQuiz()
      return {
        quiz: toQuizSummary(db, quiz),
        attempt: toAttempt(db, attempt),
        score: scoreOf(attempt),
        questions: readWholeQuestions(db, attempt.quizId).slice(0, attempt.questionCount),
      }
    },
  }
}

function attemptOf(db: ReadDb, attemptId: AttemptId): AttemptRow {
  const attempt = readAttempt(db, attemptId)
  if (!attempt) throw new StudyError('not-found', 'That test is not there any more: its quiz may have been deleted.')
  return attempt
}

/** The questions that were there when the attempt began. */
function questionsOf(db: ReadDb, attempt: AttemptRow): QuestionRow[] {
  return readQuestions(db, attempt.quizId).slice(0, attempt.questionCount)
}

function shown(db: ReadDb, attempt: AttemptRow): { attempt: Attempt; questions: OpenQuestion[] } {
  const dropped = new Set(
    keyedQuestions(db, attempt.quizId)
      .filter(({ isDropped }) => isDropped)
      .map(({ id }) => id),
  )
  const questions = questionsOf(db, attempt).filter(({ id }) => !dropped.has(id))
  return { attempt: toAttempt(db, attempt), questions: questions.map(toOpenQuestion) }
}

function spend(db: WriteDb, { id, elapsedMs, durationMs }: AttemptRow, nowElapsedMs: number): void {
  const next = Math.max(elapsedMs, Math.min(nowElapsedMs, durationMs))
  if (next !== elapsedMs) updateAttempt(db, id, { elapsedMs: next })
}

function scoreOf({ score }: AttemptRow): Score {
  if (!score) throw new StudyError('not-ready', 'This test was not handed in yet. Hand it in to see its score.')
  // Scores from before questions could be dropped say nothing of them.
  return { ...score, droppedCount: score.droppedCount ?? 0 }
}

function noQuiz(): StudyError {
  return new StudyError('not-found', 'That quiz is not there any more.')
}
