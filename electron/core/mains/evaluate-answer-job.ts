import { z } from 'zod'
import { MainsAnswerId } from '#contract/ids.ts'
import type { ModelStep } from '#contract/jobs.ts'
import type { Evaluation } from '#contract/mains.ts'
import { StudyError } from '../errors.ts'
import { splitSentences } from '../ingest/split-sentences.ts'
import type { JobDefinition, JobRequest } from '../jobs/job-definition.ts'
import { waitForModel } from '../jobs/wait-for-model.ts'
import type { Embedder, LanguageModel } from '../ports.ts'
import type { Searcher } from '../search/search-library.ts'
import type { WriteDb } from '../store/connection.ts'
import { findMainsAnswer, findMainsQuestion, type MainsQuestionRow, updateMainsAnswer } from '../store/mains.rows.ts'
import type { Store } from '../store/open-store.ts'
import { withoutDirective } from './find-directive.ts'
import { findModelPoints, type ModelPoint } from './find-model-points.ts'
import type { MainsData } from './read-mains-data.ts'
import { tickRubric } from './tick-rubric.ts'

export const EVALUATE_ANSWER = 'evaluate-answer'

const Payload = z.object({ answerId: MainsAnswerId })
type Payload = z.infer<typeof Payload>

const MOST_RUBRIC_POINTS = 4
/** What every answer is asked, whatever its directive is. */
const ALWAYS = ['examples']
const SAYS = { en: 'Says what the library says: ', hi: 'वही कहता है जो पुस्तकालय कहता है: ' }

export interface EvaluateAnswerParts {
  store: Store
  searcher: Searcher
  embedder: () => Embedder | undefined
  model: LanguageModel
  data: MainsData
}

/**
 * The job that reads on after the checks: first what the library says on the question, then, where there is a model, which
 * points of the rubric the answer meets. Each is committed as it is done. While the model's server is away the job waits.
 */
export function makeEvaluateAnswerJob(parts: EvaluateAnswerParts): JobDefinition<Payload> {
  const { store, model, data } = parts

  function change(db: WriteDb, answerId: MainsAnswerId, with_: (evaluation: Evaluation) => Evaluation): void {
    const row = findMainsAnswer(db, answerId)
    if (row?.evaluation) updateMainsAnswer(db, answerId, { evaluation: with_(row.evaluation) })
  }

  return {
    kind: EVALUATE_ANSWER,
    payload: Payload,
    cursor: z.unknown(),
    limit: 1,
    priority: 12,
    maxAttempts: 3,
    async run({ answerId }, context) {
      const { signal } = context
      const answer = findMainsAnswer(store.reader, answerId)
      const question = answer && findMainsQuestion(store.reader, answer.questionId)
      // Deleted while it waited.
      if (!answer?.evaluation || !question) return { type: 'done' }
      context.progress({ stage: 'points', done: 0, total: 2, unit: 'questions' })
      const points =
        answer.evaluation.points.state === 'done'
          ? answer.evaluation.points.points
          : await findPoints(parts, question, answer.text, signal)
      context.commit((db) => change(db, answerId, (was) => ({ ...was, points: { state: 'done', points } })), null)
      if (answer.evaluation.rubric.state !== 'waiting') return { type: 'done' }
      const progress = { stage: 'rubric', done: 1, total: 2, unit: 'questions' } as const
      context.progress(progress)
      const onStep = (model: ModelStep) => context.progress({ ...progress, model })
      try {
        const rubric = rubricOf(data, question, points)
        const asked = { question: question.text, answer: answer.text, points: rubric }
        const ticked = await tickRubric(model, asked, { signal, onStep })
        return {
          type: 'done',
          effects: (db) => change(db, answerId, (was) => ({ ...was, rubric: { state: 'done', ...ticked } })),
        }
      } catch (error) {
        if (!(error instanceof StudyError) || !USELESS.has(error.code)) return waitForModel(error)
        return {
          type: 'failed',
          error,
          effects: (db) => change(db, answerId, (was) => ({ ...was, rubric: { ...was.rubric, state: 'failed' } })),
        }
      }
    },
    onAbandoned(db, { answerId }, { state }) {
      change(db, answerId, ({ checks, points, rubric }) => ({
        checks,
        points: { ...points, state: 'done' },
        rubric: rubric.state === 'waiting' ? { ...rubric, state: state === 'cancelled' ? 'none' : 'failed' } : rubric,
      }))
    },
  }
}

/** Replies that another try at once would not make better. */
const USELESS = new Set(['model-bad-output', 'model-cut-off', 'prompt-too-long'])

function findPoints(
  { store, searcher, embedder, data }: EvaluateAnswerParts,
  question: MainsQuestionRow,
  answer: string,
  signal: AbortSignal,
): Promise<ModelPoint[]> {
  const topic = withoutDirective(data.directives, question.text) || question.text
  const answerSentences = splitSentences(answer).map(({ start, end }) => answer.slice(start, end))
  return findModelPoints({ db: store.reader, searcher, embedder }, { topic, answerSentences }, signal)
}

/** What an answer to the question should show: what its directive wants, and what the library says. */
export function rubricOf(data: MainsData, question: MainsQuestionRow, points: readonly ModelPoint[]): string[] {
  const directive = data.directives.find(({ id }) => id === question.directive)
  const wants = [...new Set([...(directive?.wants ?? ['reasons']), ...ALWAYS])]
  return [
    ...wants.flatMap((want) => data.wants[want]?.rubric[question.language] ?? []),
    ...points.slice(0, MOST_RUBRIC_POINTS).map(({ citation }) => SAYS[question.language] + citation.quote),
  ]
}

export function evaluateAnswerRequest(answerId: MainsAnswerId, title: string): JobRequest<Payload> {
  return { kind: EVALUATE_ANSWER, key: answerId, payload: { answerId }, title }
}
