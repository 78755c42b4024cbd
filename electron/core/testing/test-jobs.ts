import { onTestFinished } from 'vitest'
import { z } from 'zod'
import type { JobId } from '#contract/ids.ts'
import type { AnyJobDefinition, JobContext, JobDefinition, JobRequest, JobResult } from '../jobs/job-definition.ts'
import { type JobRunner, makeJobRunner } from '../jobs/job-runner.ts'
import type { JobTuning } from '../jobs/job-tuning.ts'
import { readJob } from '../store/jobs.rows.ts'
import type { JobRow } from '../store/jobs.schema.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { type ManualClock, manualClock } from './manual-clock.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A body that has begun and ends when the test says so. */
export interface HeldRun {
  readonly jobId: JobId
  readonly payload: string
  readonly context: JobContext<number>
  end(result: JobResult): Promise<void>
  fail(error: unknown): Promise<void>
}

export interface HeldJobs extends JobDefinition<string, number> {
  /** Bodies in the order they began. */
  readonly runs: HeldRun[]
  /** The newest body of a job, which must be there. */
  bodyOf(payload: string): HeldRun
}

/** A kind of work whose bodies do nothing but wait for the test to end them. Payloads are strings, cursors numbers. */
export function heldJobs(kind: string, options: Partial<JobDefinition<string, number>> = {}): HeldJobs {
  const runs: HeldRun[] = []
  return {
    kind,
    payload: z.string(),
    cursor: z.number(),
    limit: 1,
    priority: 0,
    maxAttempts: 3,
    ...options,
    runs,
    bodyOf(payload) {
      const found = runs.findLast((run) => run.payload === payload)
      if (!found) throw new Error(`no body of ${kind} '${payload}' has begun`)
      return found
    },
    run: (payload, context) =>
      new Promise<JobResult>((resolve, reject) => {
        runs.push({
          jobId: context.jobId,
          payload,
          context,
          end: (result) => {
            resolve(result)
            return settled()
          },
          fail: (error) => {
            reject(error)
            return settled()
          },
        })
      }),
  }
}

/** Lets everything happen that can happen without time: rounds come by setImmediate, bodies by microtasks. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

export interface TestJobs {
  readonly store: Store
  readonly clock: ManualClock
  readonly runner: JobRunner
  /** What the runner said to its log, as [level, message]. */
  readonly logged: string[]
  /** Enqueues in a transaction of its own, wakes the runner and lets it act. */
  enqueue(kind: string, payload: string, more?: Partial<JobRequest>): Promise<JobId>
  row(jobId: JobId): JobRow
  /** Moves time on and lets everything happen that it sets off. */
  advance(durationMs: number): Promise<void>
  /** Another runner on the same database, as the next start of the app makes it; the store stays open. */
  restart(definitions: readonly AnyJobDefinition[]): TestJobs
  /** Forgets the runner as a crash does: it is not stopped, and its process counts as dead. */
  crash(): void
}

/** A runner on a real database in a folder of its own, under a clock that moves only when told. Stopped after the test. */
export function testJobs(
  definitions: readonly AnyJobDefinition[],
  options: { store?: Store; clock?: ManualClock; tuning?: Partial<JobTuning>; generation?: number } = {},
): TestJobs {
  const { clock = manualClock(), tuning = {}, generation = 1 } = options
  const store = options.store ?? openTestStore()
  const logged: string[] = []
  let count = 0
  const ids = { next: () => `${generation}-${String(++count).padStart(4, '0')}` }
  const say = (level: string) => (_: unknown, message?: string) => {
    logged.push(`${level}: ${message ?? ''}`)
  }
  const log = { info: say('info'), warn: say('warn'), error: say('error') }
  const runner = makeJobRunner({ store, clock, ids, log, tuning }, definitions)
  onTestFinished(() => {
    const stopped = runner.stop({ timeoutMs: 0 })
    clock.advance(0)
    return stopped
  })
  return {
    store,
    clock,
    runner,
    logged,
    async enqueue(kind, payload, more = {}) {
      const { jobId } = store.transaction((db) =>
        runner.enqueue(db, { kind, key: payload, payload, title: payload, ...more }),
      )
      runner.wake()
      await settled()
      return jobId
    },
    row(jobId) {
      const row = readJob(store.reader, jobId)
      if (!row) throw new Error(`no job ${jobId}`)
      return row
    },
    async advance(durationMs) {
      clock.advance(durationMs)
      await settled()
    },
    restart: (again) => testJobs(again, { store, clock, tuning, generation: generation + 1 }),
    crash() {
      store.transaction((db) => db.$client.exec('UPDATE job_runner SET process_started_ms = 0'))
    },
  }
}

/** A database of its own, closed and gone after the test. */
export function openTestStore(): Store {
  // Vitest undoes in reverse order: the runner stops, the store closes, the folder goes.
  const profileDir = temporaryFolder()
  const store = openStore({ profileDir })
  onTestFinished(() => store.close())
  return store
}
