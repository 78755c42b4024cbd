import fc from 'fast-check'
import { JOB_TUNING } from '../jobs/job-tuning.ts'
import type { ModelVerdict } from './model-job.ts'

const SECOND = 1000
export const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE
/** Kinds that differ in all that a kind can differ in. */
export const MODEL_KINDS = {
  book: { limit: 2, priority: 0, maxAttempts: 3, childFailure: 'fail' },
  shelf: { limit: 1, priority: 1, maxAttempts: 2, childFailure: 'continue' },
  quiz: { limit: 3, priority: 0, maxAttempts: 2, childFailure: 'fail' },
} as const
export type ModelKindName = keyof typeof MODEL_KINDS
/** So short that a round sees all of it. */
export const MODEL_TUNING = {
  ...JOB_TUNING,
  mostRunning: 4,
  keepEnded: 3,
  keepEndedMs: 10 * MINUTE,
  pruneEveryMs: MINUTE,
}

const nth = fc.nat(40)
const kind = fc.constantFrom(...(Object.keys(MODEL_KINDS) as ModelKindName[]))
const key = fc.constantFrom('a', 'b', 'c', 'd')
const verdict: fc.Arbitrary<ModelVerdict> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<ModelVerdict>({ type: 'done' }) },
  { weight: 2, arbitrary: fc.constant<ModelVerdict>({ type: 'wait' }) },
  ...(['throw', 'busy', 'park', 'failed'] as const).map((type) => ({
    weight: 1,
    arbitrary: fc.constant<ModelVerdict>({ type }),
  })),
  { weight: 1, arbitrary: fc.constantFrom<ModelVerdict>({ type: 'retry' }, { type: 'retry', afterMs: 30 * SECOND }) },
  { weight: 1, arbitrary: fc.constant<ModelVerdict>({ type: 'snooze', afterMs: 40 * SECOND }) },
)

const operation = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('enqueue' as const),
      kind,
      key,
      priority: fc.option(fc.nat(3), { nil: undefined }),
      delayMs: fc.constantFrom(0, 0, 0, 20 * SECOND, 3 * MINUTE),
      undone: fc.integer({ min: 0, max: 9 }).map((n) => n === 9),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('children' as const),
      nth,
      kind,
      keys: fc.uniqueArray(key, { minLength: 1 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('step' as const), nth }) },
  { weight: 9, arbitrary: fc.record({ do: fc.constant('end' as const), nth, verdict }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), nth }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('retry' as const), nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('retry with its parent' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const, 'resume' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('hold' as const, 'let go' as const, 'let go' as const), kind }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('advance' as const),
      durationMs: fc.constantFrom(2 * SECOND, 6 * SECOND, 20 * SECOND, 2 * MINUTE, 30 * MINUTE),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('set the clock' as const),
      byMs: fc.constantFrom(-DAY, DAY, -5 * MINUTE, 30 * SECOND),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('crash' as const, 'crash' as const, 'restart' as const) }) },
)
export type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

/** What may happen to a queue of jobs, in any order. `nth` chooses among what is there at the time. */
export const operations = fc.array(operation, { minLength: 10, maxLength: 60, size: 'max' })
