import type { z } from 'zod'
import type { DocumentId, JobId } from '#contract/ids.ts'
import type { JobProgress } from '#contract/jobs.ts'
import type { StudyError } from '../errors.ts'
import type { WriteDb } from '../store/connection.ts'

/**
 * Changes to the database that must be there exactly when the job's own step is.
 * Touches nothing else: it is called again when its transaction could not be committed.
 */
export type Effects = (db: WriteDb) => void

/** How a run ended. What it returns is the only way it ends, save by throwing. */
export type JobResult =
  /** Finished: `effects` and the state `done` are committed together. With unfinished children it is done when they are. */
  | { type: 'done'; effects?: Effects }
  /** Try again after `afterMs` (the runner's backoff when absent); uses up an attempt. */
  | { type: 'retry'; error: StudyError; afterMs?: number }
  /** What it needs is away (a model server that does not answer): the whole kind waits, no attempt is used up. */
  | { type: 'snooze'; error: StudyError; afterMs: number }
  /** Only the person can go on (a model to pull, a password): waits until retried. `effects` record it. */
  | { type: 'park'; error: StudyError; effects?: Effects }
  /** Trying again would not help. `effects` record it, in the same transaction. */
  | { type: 'failed'; error: StudyError; effects?: Effects }
  /** Runs again, from its cursor, when every child has ended; uses up no attempt. Enqueue the children in `commit`. */
  | { type: 'wait'; effects?: Effects }

/** What a running job is given. */
export interface JobContext<Cursor> {
  readonly jobId: JobId
  /** From 1. */
  readonly attempt: number
  /** Where the last committed step ended; undefined at the very start. */
  readonly cursor: Cursor | undefined
  /** Of the children that ended, how many did not end as done. */
  readonly failedChildren?: number
  /** Aborted on cancel, pause, stop and a lost lease: return or throw soon after. */
  readonly signal: AbortSignal
  /**
   * One transaction: the effects and the cursor, fenced by the lease. Throws
   * `cancelled` (and changes nothing) when the job was cancelled or is no longer this runner's.
   * A kill loses none; a power cut may lose the last, which are done again, as they would be after a crash before them.
   */
  commit(effects: Effects, cursor: Cursor): void
  /** Tells what is done; cheap, throttled, may be called for every item. */
  progress(progress: JobProgress): void
}

/** A kind of long work. Bodies are idempotent: they may run again from their last cursor after a crash. */
export interface JobDefinition<Payload, Cursor = unknown> {
  readonly kind: string
  readonly payload: z.ZodType<Payload>
  readonly cursor: z.ZodType<Cursor>
  /** How many of this kind run at once. */
  readonly limit: number
  /** Higher runs first; waiting adds to it. */
  readonly priority: number
  /** Much work for the processor or much memory: rests on a low battery, and on a small machine one such kind runs at a time. */
  readonly heavy?: boolean
  /** Runs before it is given up; crashes count apart. */
  readonly maxAttempts: number
  /** When a child ends other than done: the job fails and its other children are cancelled ('fail', unless told), or it goes on ('continue'). */
  readonly childFailure?: 'fail' | 'continue'
  run(payload: Payload, context: JobContext<Cursor>): Promise<JobResult>
  /**
   * What else must be true when the job ends without `run` saying so (cancelled,
   * dead after crashes, out of attempts, a child failed): committed in the same transaction.
   */
  onAbandoned?(
    db: WriteDb,
    payload: Payload,
    outcome: { state: 'cancelled' | 'dead' | 'failed'; error?: StudyError },
  ): void
}

/** A request for work. */
export interface JobRequest<Payload = unknown> {
  kind: string
  /** At most one unfinished job per kind and key. */
  key: string
  payload: Payload
  /** What the person would call it. */
  title: string
  documentId?: DocumentId
  /** Overrides the definition's. */
  priority?: number
  /** Not before; wall clock. */
  runAtMs?: number
  parentId?: JobId
}

/** A definition of any kind, as a list holds them: payload and cursor meet their own schema before they meet `run`. */
// biome-ignore lint/suspicious/noExplicitAny: a list of kinds has no one payload type, and `unknown` would refuse them all.
export type AnyJobDefinition = JobDefinition<any, any>
