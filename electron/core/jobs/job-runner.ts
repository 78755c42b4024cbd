import type { JobId } from '#contract/ids.ts'
import type { Job, JobState } from '#contract/jobs.ts'
import { StudyError } from '../errors.ts'
import type { Clock, Ids } from '../ports.ts'
import type { WriteDb } from '../store/connection.ts'
import { readJobRunner, writeRunnerPaused } from '../store/job-runner.rows.ts'
import { readJob, readJobs } from '../store/jobs.rows.ts'
import type { JobRow } from '../store/jobs.schema.ts'
import type { Store } from '../store/open-store.ts'
import { endJob, isTerminal } from './end-job.ts'
import { enqueueJob } from './enqueue-job.ts'
import type { AnyJobDefinition, JobRequest } from './job-definition.ts'
import { makeJobFeed } from './job-feed.ts'
import { makeJobLoop } from './job-loop.ts'
import type { JobLog, JobTransaction } from './job-transaction.ts'
import { JOB_TUNING, type JobTuning } from './job-tuning.ts'
import { retryJob } from './retry-job.ts'
import { makeProgressThrottle } from './throttle-progress.ts'
import { toJob } from './to-job.ts'

export interface JobRunnerDeps {
  store: Store
  clock: Clock
  ids: Ids
  log?: JobLog
  tuning?: Partial<JobTuning>
}

/** Long work that outlives the process: docs/decisions/0004-our-own-job-runner.md. One runner a database. */
export interface JobRunner {
  /**
   * Takes the database's jobs over, requeues what a dead run left, and begins. Without it requests
   * are kept and nothing runs. Throws `profile-locked` while another runner lives.
   */
  start(): void
  /**
   * Aborts what runs and waits up to `timeoutMs` (5000) for it; the rest resumes at the next start, and uses
   * up no attempt. Ends every `changes`, `finished` and `whenIdle`. May be called again.
   */
  stop(options?: { timeoutMs?: number }): Promise<void>
  /**
   * Writes a request down inside the caller's transaction: call `wake` when it is committed. The unfinished job of the
   * same kind and key, where there is one, is the answer and not `created`. Throws `bad-input` for a payload its kind refuses.
   */
  enqueue(db: WriteDb, request: JobRequest): { jobId: JobId; created: boolean }
  /** Looks for work: call it after the transaction that enqueued was committed. */
  wake(): void
  /**
   * Ends a job and its children now; a body that runs is aborted, and whatever it still writes or returns is
   * discarded. A job that has ended stays as it is. Throws `not-found`.
   */
  cancel(jobId: JobId): Job
  /**
   * Lets a failed, dead, cancelled, parked, snoozed or waiting-for-its-time job run now, from its last cursor; any
   * other stays as it is. The unfinished job that does the same work, where there is one, is the answer. Throws `not-found`.
   */
  retry(jobId: JobId): Job
  /** Lets what runs come to a resting point and starts no more; kept over restarts. Uses up no attempt. */
  pauseAll(): void
  resumeAll(): void
  paused(): boolean
  /** After the laptop slept: says that this process is still in charge, before anybody judges by the time that passed. */
  renewLease(): void
  /** The kinds whose definition says that they are heavy. */
  readonly heavyKinds: readonly string[]
  /** Keeps kinds from running until released; not kept over restarts (low battery, an answer being written). */
  hold(kinds: readonly string[]): () => void
  get(jobId: JobId): Job | undefined
  /** Newest first; 200 unless told. */
  list(options?: { states?: readonly JobState[]; limit?: number }): Job[]
  /** Every job that changes, from the moment iteration begins until the signal aborts or the runner stops. Progress comes throttled. */
  changes(signal?: AbortSignal): AsyncIterable<Job>
  /** Resolves when nothing runs and nothing could run now: all done, or paused, snoozed, parked, waiting for a time. At once when not started. */
  whenIdle(signal?: AbortSignal): Promise<void>
  /** The job once it is done, failed, dead, cancelled, parked or snoozed. Rejects with the signal's reason, `not-found`, or `cancelled` when the runner stops first. */
  finished(jobId: JobId, signal?: AbortSignal): Promise<Job>
}

const SILENT: JobLog = { info() {}, warn() {}, error() {} }

/** Makes the runner of one database; `definitions` are all the kinds of work there are. */
export function makeJobRunner(deps: JobRunnerDeps, definitions: readonly AnyJobDefinition[]): JobRunner {
  const { store, clock, ids } = deps
  const tuning = { ...JOB_TUNING, ...deps.tuning }
  const kinds = new Map(definitions.map((definition) => [definition.kind, definition]))
  if (kinds.size !== definitions.length) throw new StudyError('internal', 'Two job definitions have the same kind.')

  const feed = makeJobFeed()
  // Enqueued in transactions of callers, who may still roll back: published when they say that they are there.
  let fresh: JobId[] = []
  const publish = (row: JobRow) => feed.publish(toJob(row, loop.progressOf(row.id)))
  const throttle = makeProgressThrottle({
    clock,
    everyMs: tuning.progressMs,
    publish(jobId) {
      const row = readJob(store.reader, jobId)
      if (row?.state === 'running') publish(row)
    },
  })
  const loop = makeJobLoop({
    store,
    clock,
    log: deps.log ?? SILENT,
    owner: ids.next(),
    definitions: kinds,
    tuning,
    onChanged(rows) {
      publishFresh()
      if (feed.listening) for (const row of rows) publish(row)
    },
    onProgress(jobId) {
      if (feed.listening) throttle.tell(jobId)
    },
    onCommit: wake,
    onEnd() {
      throttle.close()
      feed.close()
    },
  })

  function wake(): void {
    publishFresh()
    loop.wake()
  }

  function publishFresh(): void {
    if (fresh.length === 0) return
    const added = fresh
    fresh = []
    if (!feed.listening) return
    for (const jobId of added) {
      const row = readJob(store.reader, jobId)
      if (row) publish(row)
    }
  }

  function change(jobId: JobId, work: (tx: JobTransaction, row: JobRow) => JobRow): Job {
    const row = loop.write((tx) => {
      const seen = readJob(tx.db, jobId)
      if (!seen) throw notFound(jobId)
      return work(tx, seen)
    })
    wake()
    return toJob(row, row.state === 'running' ? loop.progressOf(jobId) : undefined)
  }

  function get(jobId: JobId): Job | undefined {
    const row = readJob(store.reader, jobId)
    return row && show(row)
  }

  function show(row: JobRow): Job {
    return toJob(row, row.state === 'running' ? loop.progressOf(row.id) : undefined)
  }

  function setPaused(paused: boolean): void {
    store.transaction((db) => writeRunnerPaused(db, paused))
  }

  return {
    start: loop.start,
    stop: ({ timeoutMs = 5000 } = {}) => loop.stop(timeoutMs),
    enqueue(db, request) {
      const answer = enqueueJob({ db, ids, nowMs: clock.nowMs(), definitions: kinds }, request)
      if (answer.created) fresh.push(answer.jobId)
      return answer
    },
    wake,
    cancel: (jobId) =>
      change(jobId, (tx, row) => {
        if (!isTerminal(row.state)) endJob(tx, row, { state: 'cancelled' })
        return tx.changed.get(jobId) ?? row
      }),
    retry: (jobId) => change(jobId, retryJob),
    pauseAll() {
      setPaused(true)
      loop.rest(() => true)
    },
    resumeAll() {
      setPaused(false)
      wake()
    },
    paused: () => readJobRunner(store.reader).paused === 1,
    renewLease: loop.renewLease,
    heavyKinds: definitions.filter(({ heavy }) => heavy).map(({ kind }) => kind),
    hold: loop.hold,
    get,
    list: ({ states, limit = 200 } = {}) => readJobs(store.reader, { ...(states ? { states } : {}), limit }).map(show),
    changes: feed.changes,
    whenIdle: loop.whenIdle,
    finished: (jobId, signal) =>
      feed.first(
        () => {
          const job = get(jobId)
          if (!job) throw notFound(jobId)
          return job
        },
        (job) => job.id === jobId && (isTerminal(job.state) || job.state === 'parked' || job.state === 'snoozed'),
        signal,
      ),
  }
}

function notFound(jobId: JobId): StudyError {
  return new StudyError('not-found', `There is no job ${jobId} (any more).`)
}
