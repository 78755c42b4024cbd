import type { JobId } from '#contract/ids.ts'
import type { JobProgress } from '#contract/jobs.ts'
import { StudyError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { JobRow } from '../store/jobs.schema.ts'
import type { Store } from '../store/open-store.ts'
import type { Room } from './claim-jobs.ts'
import type { AnyJobDefinition } from './job-definition.ts'
import type { JobLog } from './job-transaction.ts'
import type { JobTuning } from './job-tuning.ts'
import { makeProgressMeter } from './measure-progress.ts'
import { runJob } from './run-job.ts'
import type { EndedRun } from './settle-job.ts'
import { progressToKeep } from './to-job.ts'

interface LiveRun {
  row: JobRow
  readonly abort: AbortController
  progress?: JobProgress
  /** Resolves when the body has returned. */
  ended: Promise<void>
}

export interface LiveRuns {
  readonly size: number
  /** What the newest body of a job told last. */
  progressOf(jobId: JobId): JobProgress | undefined
  /** Starts the body of a claimed job; `onEnded` hears of its end. */
  start(row: JobRow): void
  /** Asks bodies to stop and tells which; they keep their slots until they return. */
  stop(which: (row: JobRow) => boolean, reason: string): JobRow[]
  /** Waits for the body of this claim no longer: its slot is free, what it still does is fenced out. False where it had returned. */
  giveUp(claimed: JobRow): boolean
  /** What may be started beside what runs. */
  room(tuning: Pick<JobTuning, 'mostRunning' | 'oneHeavyKind'>, held: (kind: string) => boolean): Room
  allEnded(): Promise<void>
}

export interface LiveRunsDeps {
  store: Pick<Store, 'transaction'>
  clock: Clock
  log: JobLog
  definitions: ReadonlyMap<string, AnyJobDefinition>
  onEnded(ended: EndedRun): void
  onProgress(jobId: JobId): void
  onCommit(): void
}

/** The bodies that run in this process. What the database says about them is the runner's business. */
export function makeLiveRuns(deps: LiveRunsDeps): LiveRuns {
  const { clock, definitions } = deps
  // By lease: a job that was cancelled and retried may have an old body that still winds down beside its new one.
  const runs = new Map<string | null, LiveRun>()

  async function follow(run: LiveRun, definition: AnyJobDefinition): Promise<void> {
    const { id, lease } = run.row
    const meter = makeProgressMeter({ clock })
    const verdict = await runJob(
      {
        store: deps.store,
        signal: run.abort.signal,
        latestProgress: () => run.progress,
        onProgress(progress) {
          run.progress = meter(progress)
          if (runs.get(lease) === run) deps.onProgress(id)
        },
        onCommit(row) {
          run.row = row
          deps.onCommit()
        },
      },
      definition,
      run.row,
    )
    if (runs.get(lease) === run) runs.delete(lease)
    deps.onEnded({ row: run.row, verdict, progress: run.progress ? progressToKeep(run.progress) : null })
  }

  return {
    get size() {
      return runs.size
    },
    progressOf(jobId) {
      let progress: JobProgress | undefined
      for (const run of runs.values()) if (run.row.id === jobId) progress = run.progress
      return progress
    },
    start(row) {
      const definition = definitions.get(row.kind)
      if (!definition) throw new StudyError('internal', `Claimed a job of the unknown kind '${row.kind}'.`)
      const run: LiveRun = { row, abort: new AbortController(), ended: Promise.resolve() }
      runs.set(row.lease, run)
      run.ended = follow(run, definition)
    },
    stop(which, reason) {
      const stopped = [...runs.values()].filter((run) => which(run.row))
      for (const { abort } of stopped) abort.abort(new StudyError('cancelled', reason))
      return stopped.map((run) => run.row)
    },
    giveUp({ id, kind, lease }) {
      if (!runs.delete(lease)) return false
      deps.log.warn({ jobId: id, kind }, 'a job goes on after it was told to stop; it is waited for no longer')
      return true
    },
    room({ mostRunning, oneHeavyKind }, held) {
      const running = new Map<string, number>()
      let suspect = false
      for (const { row } of runs.values()) {
        running.set(row.kind, (running.get(row.kind) ?? 0) + 1)
        suspect ||= row.crashCount > 0
      }
      const kinds = new Map<string, number>()
      for (const { kind, limit } of definitions.values()) {
        const free = limit - (running.get(kind) ?? 0)
        if (free > 0 && !held(kind)) kinds.set(kind, free)
      }
      const room = { kinds, slots: Math.max(0, mostRunning - runs.size), suspect: !suspect }
      if (!oneHeavyKind()) return room
      const heavy = [...definitions.values()].filter((definition) => definition.heavy).map(({ kind }) => kind)
      return {
        ...room,
        heavy: { kinds: heavy.filter((kind) => !held(kind)), running: heavy.find((kind) => running.has(kind)) },
      }
    },
    async allEnded() {
      await Promise.all([...runs.values()].map((run) => run.ended))
    },
  }
}
