import type { JobId } from '#contract/ids.ts'
import type { JobState } from '#contract/jobs.ts'

/** A kind of work as the model knows it. */
export interface ModelKind {
  limit: number
  priority: number
  maxAttempts: number
  childFailure: 'fail' | 'continue'
}

export interface ModelTuning {
  mostRunning: number
  heartbeatMs: number
  graceMs: number
  pruneEveryMs: number
  keepEndedMs: number
  keepEnded: number
}

/** What a body may say at its end. */
export type ModelVerdict =
  | { type: 'done' }
  | { type: 'wait' }
  | { type: 'retry'; afterMs?: number }
  | { type: 'snooze'; afterMs: number }
  | { type: 'park' }
  | { type: 'failed' }
  | { type: 'throw' }
  | { type: 'busy' }

export interface ModelJob {
  readonly id: JobId
  readonly seq: number
  readonly kind: string
  readonly key: string
  readonly priority: number
  readonly parent: ModelJob | undefined
  readonly createdAtMs: number
  state: JobState
  due: boolean
  runAtMs: number
  delayMs: number | null
  attempts: number
  crashes: number
  cursor: number
  pending: number
  failed: number
  after: 'finish' | 'run' | null
  startedAtMs: number | undefined
  finishedAtMs: number | undefined
  /** Which claim runs it; every claim has another. */
  claim: number | undefined
}

/** A body that has not returned. `ghost`: of a runner that is no more. */
export interface ModelBody {
  readonly job: ModelJob
  readonly claim: number
  readonly suspect: { now: boolean }
  aborted: boolean
  /** On which monotonic times it is waited for no longer. */
  patienceEnds: number[]
  ghost: boolean
}

const ENDED: readonly JobState[] = ['done', 'failed', 'dead', 'cancelled']

export function isEnded({ state }: ModelJob): boolean {
  return ENDED.includes(state)
}

export function isReady({ state, due }: ModelJob): boolean {
  return state === 'queued' && due
}
