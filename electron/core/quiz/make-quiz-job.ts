import { z } from 'zod'
import { QuizId } from '#contract/ids.ts'
import { StudyError } from '../errors.ts'
import type { JobDefinition, JobResult } from '../jobs/job-definition.ts'
import { waitForModel } from '../jobs/wait-for-model.ts'
import type { Clock, Embedder, Ids, LanguageModel } from '../ports.ts'
import type { Store } from '../store/open-store.ts'
import { type QuizRow, readQuiz, readQuizFacts, updateQuiz } from '../store/quizzes.rows.ts'
import type { ExamProfile } from './exam-profiles.ts'
import { makeQuestions } from './make-questions.ts'
import type { QuestionStyles } from './question-styles.ts'

export const MAKE_QUIZ = 'make-quiz'

export const MakeQuizPayload = z.object({ quizId: QuizId })
export type MakeQuizPayload = z.infer<typeof MakeQuizPayload>

/** The seat to go on with. */
export const MakeQuizCursor = z.object({
  /** 1: every seat from its own stretch of the text · 2: the empty ones from anywhere · 3: and as hard as it comes. */
  round: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  nextSeat: z.number().int().nonnegative(),
  /** Hashes of what was tried and dropped. */
  spent: z.array(z.number().int()),
})
export type MakeQuizCursor = z.infer<typeof MakeQuizCursor>

export interface QuizJobParts {
  store: Store
  model: LanguageModel
  /** Undefined while no embedding model is installed: duplicates are then told by their letters alone. */
  embedder: () => Embedder | undefined
  ids: Ids
  clock: Clock
  /** Every style of question. */
  styles: QuestionStyles
  /** Every exam, by id: which styles come how often. */
  exams: ReadonlyMap<string, ExamProfile>
}

/**
 * The job that makes a quiz. Each question is committed as soon as it has passed
 * the checks, so that it can be seen while the next is made. One quiz at a time:
 * there is one model. While the model's server is away the job snoozes; where
 * the person must do something first (pull a model, allow it) it is parked.
 */
export function makeQuizJob(parts: QuizJobParts): JobDefinition<MakeQuizPayload, MakeQuizCursor> {
  return {
    kind: MAKE_QUIZ,
    payload: MakeQuizPayload,
    cursor: MakeQuizCursor,
    limit: 1,
    priority: 5,
    heavy: true,
    maxAttempts: 3,
    async run({ quizId }, context) {
      const quiz = readQuiz(parts.store.reader, quizId)
      // Deleted while it waited: there is nothing left to make.
      if (!quiz) return { type: 'done' }
      let cursor = context.cursor ?? { round: 1 as const, nextSeat: 0, spent: [] }
      const commit: typeof context.commit = (effects, next) => {
        context.commit(effects, next)
        cursor = next
      }
      try {
        return finish(quiz, await makeQuestions(parts, quiz, { ...context, commit }))
      } catch (error) {
        const result = waitForModel(error)
        // The note says why nothing comes; the seat to go on from stays.
        context.commit((db) => updateQuiz(db, quizId, { note: result.error.message }), cursor)
        return result
      }
    },
    onAbandoned(db, { quizId }, { state, error }) {
      const quiz = readQuiz(db, quizId)
      if (!quiz) return
      const made = readQuizFacts(db, quizId).questionCount
      const why = state === 'cancelled' ? 'stopped.' : (error?.message ?? 'the work broke off.')
      const status = state === 'cancelled' ? 'cancelled' : made > 0 ? 'ready' : 'failed'
      updateQuiz(db, quizId, { status, note: `${made} of ${quiz.requestedCount}: ${why}`, ...testTime(quiz, made) })
    },
  }
}

function finish(quiz: QuizRow, made: number): JobResult {
  const { id, requestedCount, places, difficulty } = quiz
  if (made === 0) {
    const wider = [
      places ? 'ask about whole documents' : 'choose more documents',
      'choose another style',
      ...(difficulty === 'exam' ? [] : ['leave the difficulty to the exam']),
    ]
    const message = `The chosen text holds no fact that gives a question which passes the checks. Nothing was lost. You can ${wider.slice(0, -1).join(', ')} or ${wider.at(-1)}.`
    return {
      type: 'failed',
      error: new StudyError('not-enough-material', message),
      effects: (db) => updateQuiz(db, id, { status: 'failed', note: message }),
    }
  }
  const note =
    made < requestedCount
      ? `${made} of ${requestedCount}: the rest of the text had no facts that pass the checks.`
      : null
  return { type: 'done', effects: (db) => updateQuiz(db, id, { status: 'ready', note, ...testTime(quiz, made) }) }
}

/** A test time that the person did not choose follows the number of questions. */
function testTime({ perQuestionMs }: QuizRow, made: number): { durationMs?: number } {
  return perQuestionMs === null || made === 0 ? {} : { durationMs: made * perQuestionMs }
}
