import type { JobId } from '#contract/ids.ts'
import { StudyError, type StudyErrorCode, toStudyError } from '../errors.ts'
import { fnvHash } from '../ops/fnv-hash.ts'
import type { JobResult } from './job-definition.ts'

const SECOND = 1000
const FIRST_RETRY_MS = 2 * SECOND
const LONGEST_RETRY_MS = 600 * SECOND
/** A run that takes the process down this often, without its cursor moving in between, is not started again. */
export const MOST_CRASHES = 3

/** How the runner itself may end a run, beside what a body may say. */
export type RunnerVerdict =
  | JobResult
  /** Failed, and `run` did not say so. */
  | { type: 'given-up'; error: StudyError }
  /** Never started again by itself: a payload that can't be read, a kind nobody knows. */
  | { type: 'dead'; error: StudyError }
  /** Back in the queue as if it had not been claimed: stopped, paused, or the database was busy. */
  | { type: 'release'; afterMs?: number }

/** What needs something that comes back by itself, and after how long to look again. */
const AWAY: Partial<Record<StudyErrorCode, number>> = {
  'model-unreachable': 30 * SECOND,
  'model-busy': 10 * SECOND,
  'not-ready': 15 * SECOND,
  'disk-full': 60 * SECOND,
}

/** What only the person can put right. */
const NEEDS_PERSON: readonly StudyErrorCode[] = ['model-missing', 'embedding-model-missing']

/** What another try may put right; every other code says that it would not. */
const WORTH_ANOTHER_TRY: readonly StudyErrorCode[] = [
  'page-timeout',
  'model-cut-off',
  'model-bad-output',
  'cancelled',
  'internal',
]

/** What to do about an error that a body threw instead of returning a result. */
export function judgeError(thrown: unknown): RunnerVerdict {
  // Another process writes for longer than our patience: no fault of the job.
  if (isDatabaseBusy(thrown)) return { type: 'release', afterMs: SECOND }
  const error = toStudyError(thrown)
  const afterMs = AWAY[error.code]
  if (afterMs !== undefined) return { type: 'snooze', error, afterMs }
  if (NEEDS_PERSON.includes(error.code)) return { type: 'park', error }
  if (WORTH_ANOTHER_TRY.includes(error.code)) return { type: 'retry', error }
  return { type: 'given-up', error }
}

function isDatabaseBusy(thrown: unknown): boolean {
  const code = (thrown as { code?: unknown } | undefined)?.code
  return typeof code === 'string' && /^SQLITE_(BUSY|LOCKED)/.test(code)
}

/** The wait before try `attempt + 1`: 2 s doubling up to 10 min, a fifth of it by chance so that jobs spread out. */
export function retryDelayMs(jobId: JobId, attempt: number): number {
  const delayMs = Math.min(FIRST_RETRY_MS * 2 ** Math.max(0, attempt - 1), LONGEST_RETRY_MS)
  return Math.round(delayMs * (0.8 + 0.2 * spread(jobId, attempt)))
}

/**
 * The wait after a crash. None after the first: it mostly was a flat battery, and
 * the person waits. Then 10 s and more, so that a job that crashes the app leaves room to use it.
 */
export function crashDelayMs(jobId: JobId, crashCount: number): number {
  return crashCount <= 1 ? 0 : retryDelayMs(jobId, crashCount + 2)
}

/** In 0..1, the same for the same job and attempt, so that a test or a log can be followed. */
const spread = (jobId: JobId, attempt: number) => fnvHash(`${jobId}/${attempt}`) / 0xffffffff

export function outOfCrashes(): StudyError {
  return new StudyError(
    'internal',
    `Abhyas closed unexpectedly ${MOST_CRASHES} times while doing this, so it was set aside. The rest goes on. ` +
      'Retry it when you have saved your other work, or cancel it.',
  )
}
