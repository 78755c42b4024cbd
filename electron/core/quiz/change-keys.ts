import type { QuestionId, QuizId } from '#contract/ids.ts'
import type { KeyChange } from '#contract/quiz.ts'
import { StudyError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { WriteDb } from '../store/connection.ts'
import type { Store } from '../store/open-store.ts'
import { insertQuestionKey, readQuestionKeys, readSubmittedAttempts } from '../store/question-keys.rows.ts'
import {
  findQuestion,
  type QuestionRow,
  readQuestionBank,
  readQuestions,
  readResponses,
  updateAttempt,
} from '../store/quizzes.rows.ts'
import type { KeyReason } from '../store/quizzes.schema.ts'
import { likeness } from './quiz-text.ts'
import { scoreQuiz } from './score-quiz.ts'
import { readWholeQuestions } from './to-quiz.ts'

/**
 * Corrections of keys, as commissions make them after a paper: each is a new version that is kept, and
 * every test with the question is marked again in the same transaction. Throws StudyError: not-found, bad-input.
 */
export function makeKeyChanges({ store, clock }: { store: Store; clock: Clock }) {
  function change(
    questionId: QuestionId,
    decide: (question: QuestionRow) => { answerIndex: number | null; reason: KeyReason },
    kinOf: (
      db: WriteDb,
      question: QuestionRow,
    ) => { kin: QuestionRow; answerIndex: number | null; reason: KeyReason }[] = () => [],
  ): KeyChange {
    return store.transaction((db) => {
      const question = findQuestion(db, questionId)
      if (!question) throw new StudyError('not-found', 'That question is not there any more: its quiz was deleted.')
      const changedAtMs = clock.nowMs()
      const kin = kinOf(db, question)
      insertQuestionKey(db, { questionId, ...decide(question), changedAtMs })
      for (const { kin: other, answerIndex, reason } of kin) {
        insertQuestionKey(db, { questionId: other.id, answerIndex, reason, changedAtMs })
      }
      const quizIds = new Set([question, ...kin.map((each) => each.kin)].map(({ quizId }) => quizId))
      const rescoredCount = [...quizIds].reduce((sum, quizId) => sum + rescore(db, quizId), 0)
      const shown = readWholeQuestions(db, question.quizId).find(({ id }) => id === questionId)
      if (!shown) throw new StudyError('internal', 'The question could not be read again. Nothing was changed.')
      return { question: shown, kinCount: kin.length, rescoredCount }
    })
  }

  return {
    changeKey({ questionId, answerIndex }: { questionId: QuestionId; answerIndex: number }): KeyChange {
      return change(questionId, ({ options }) => {
        if (answerIndex >= options.length) {
          throw new StudyError('bad-input', `That question has ${options.length} options. Its key was left as it is.`)
        }
        return { answerIndex, reason: 'key' }
      })
    },

    drop: ({ questionId }: { questionId: QuestionId }): KeyChange =>
      change(questionId, () => ({ answerIndex: null, reason: 'dropped' })),

    report: ({ questionId }: { questionId: QuestionId }): KeyChange =>
      change(
        questionId,
        () => ({ answerIndex: null, reason: 'reported' }),
        (db, question) =>
          kinOf(db, question)
            .filter(({ dropped }) => !dropped)
            .map(({ kin }) => ({ kin, answerIndex: null, reason: 'kin' })),
      ),

    restoreKey: ({ questionId }: { questionId: QuestionId }): KeyChange =>
      change(
        questionId,
        ({ answerIndex }) => ({ answerIndex, reason: 'restored' }),
        (db, question) =>
          kinOf(db, question)
            .filter(({ dropped }) => dropped === 'kin')
            .map(({ kin }) => ({ kin, answerIndex: kin.answerIndex, reason: 'restored' })),
      ),
  }
}

/** Other questions of the profile that rest on a fact of this one, with why they are dropped, where they are. */
function kinOf(db: WriteDb, question: QuestionRow): { kin: QuestionRow; dropped: KeyReason | undefined }[] {
  const keys = new Map<QuizId, ReturnType<typeof readQuestionKeys>>()
  return readQuestionBank(db)
    .filter((other) => other.id !== question.id && shareAFact(question.facts, other.facts))
    .map((kin) => {
      const ofQuiz = keys.get(kin.quizId) ?? readQuestionKeys(db, kin.quizId)
      keys.set(kin.quizId, ofQuiz)
      const key = ofQuiz.get(kin.id)
      return { kin, dropped: key?.answerIndex === null ? key.reason : undefined }
    })
}

/** Words from which a fact that stands in another, as a sentence in a longer quote, is the same fact. */
const LEAST_WORDS = 4
/** Likeness of words from which two facts are one, as `checkQuestion` has it. */
const SAME_FACT = 0.7

/** Whether two questions rest on one sentence; a model's fact is its whole quote, so the one may hold the other. */
function shareAFact(some: readonly string[], others: readonly string[]): boolean {
  const holds = (long: string, short: string) =>
    short.split(' ').length >= LEAST_WORDS && ` ${long} `.includes(` ${short} `)
  return some.some((one) =>
    others.some(
      (other) =>
        one === other ||
        holds(one, other) ||
        holds(other, one) ||
        likeness(new Set(one.split(' ')), new Set(other.split(' '))) >= SAME_FACT,
    ),
  )
}

/** The questions of a quiz with the keys that hold now. */
export function keyedQuestions(db: Parameters<typeof readQuestions>[0], quizId: QuizId) {
  const keys = readQuestionKeys(db, quizId)
  return readQuestions(db, quizId).map((question) => {
    const key = keys.get(question.id)
    return {
      id: question.id,
      answerIndex: key?.answerIndex ?? question.answerIndex,
      isDropped: key !== undefined && key.answerIndex === null,
    }
  })
}

function rescore(db: WriteDb, quizId: QuizId): number {
  const questions = keyedQuestions(db, quizId)
  const submitted = readSubmittedAttempts(db, quizId)
  for (const { id, scheme, questionCount } of submitted) {
    updateAttempt(db, id, { score: scoreQuiz(questions.slice(0, questionCount), readResponses(db, id), scheme) })
  }
  return submitted.length
}
