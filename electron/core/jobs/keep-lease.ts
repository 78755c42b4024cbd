import type { Clock } from '../ports.ts'
import { renewRunnerOwner } from '../store/job-runner.rows.ts'
import { clampRunAt, deleteOldJobs, readRunningJobs } from '../store/jobs.rows.ts'
import type { JobLog, JobTransaction } from './job-transaction.ts'
import type { JobTuning } from './job-tuning.ts'
import { LeaseLost } from './runner-lease.ts'

export interface KeepLeaseDeps {
  clock: Clock
  log: JobLog
  owner: string
  tuning: JobTuning
  /** Ends the beat. */
  signal: AbortSignal
  write<T>(work: (tx: JobTransaction) => T): T
  /** The claims that stand; bodies of any other are to be stopped. Called after every beat, that failed or not. */
  onBeat(leases: ReadonlySet<string | null> | undefined): void
  onLost(): void
}

/**
 * The heartbeat: renews the runner's lease, and looks after what only time changes (a wall clock that was set back,
 * jobs that ended long ago). It comes by monotonic time, so after the laptop slept the first beat comes late: the
 * lease is renewed before anything is judged by it, and is only lost if somebody took it meanwhile. Gives a beat out of turn:
 * some systems' monotonic clock stands still while the laptop sleeps, and the next beat may be long in coming.
 */
export function keepLease(deps: KeepLeaseDeps): () => void {
  const { clock, log, owner, tuning, signal } = deps
  let before = { wallMs: clock.nowMs(), atMs: clock.monotonicMs() }
  let prunedAtMs = Number.NEGATIVE_INFINITY

  function beat(): ReadonlySet<string | null> | undefined {
    const now = { wallMs: clock.nowMs(), atMs: clock.monotonicMs() }
    const setBack = now.wallMs - before.wallMs < now.atMs - before.atMs - 1000
    const prune = now.atMs - prunedAtMs >= tuning.pruneEveryMs
    const { leases, pruned } = deps.write((tx) => {
      if (!renewRunnerOwner(tx.db, owner, now.wallMs + tuning.leaseMs)) throw new LeaseLost()
      if (setBack) clampRunAt(tx.db, now.wallMs)
      const pruned = prune && pruneJobs(tx, tuning)
      return { pruned, leases: new Set(readRunningJobs(tx.db).map((row) => row.lease)) }
    })
    before = now
    if (pruned) prunedAtMs = now.atMs
    return leases
  }

  async function keep(): Promise<void> {
    for (;;) {
      await clock.sleep(tuning.heartbeatMs, signal)
      beatOnce()
    }
  }

  function beatOnce(): void {
    if (signal.aborted) return
    try {
      deps.onBeat(beat())
    } catch (error) {
      if (error instanceof LeaseLost) {
        deps.onLost()
        return
      }
      log.warn({ err: error }, 'the lease on the jobs could not be renewed; trying again')
      deps.onBeat(undefined)
    }
  }
  keep().catch((reason) => {
    if (!signal.aborted) throw reason
  })
  return beatOnce
}

/** True when there is no more to forget for now. Few at a time: the transaction stays short. */
function pruneJobs(tx: JobTransaction, { keepEnded, keepEndedMs }: JobTuning): boolean {
  const limit = 500
  return deleteOldJobs(tx.db, { beforeMs: tx.nowMs - keepEndedMs, keep: keepEnded, limit }) < limit
}
