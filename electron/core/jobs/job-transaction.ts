import type { JobId } from '#contract/ids.ts'
import type { Log } from '../ops/open-log.ts'
import type { WriteDb } from '../store/connection.ts'
import type { JobRow } from '../store/jobs.schema.ts'
import type { AnyJobDefinition } from './job-definition.ts'

/**
 * One transaction of the runner, and what memory must do once it is committed:
 * nothing outside the database is touched before.
 */
export interface JobTransaction {
  readonly db: WriteDb
  /** Wall clock. */
  readonly nowMs: number
  readonly definitions: ReadonlyMap<string, AnyJobDefinition>
  readonly log: JobLog
  /** A savepoint: what `write` changed is undone when it throws, the rest of the transaction stays. */
  nest<T>(write: () => T): T
  /** The newest row of every job that changed. */
  readonly changed: Map<JobId, JobRow>
  /** Jobs that ended under their running bodies. */
  readonly stopped: Set<JobId>
}

export type JobLog = Pick<Log, 'info' | 'warn' | 'error'>
