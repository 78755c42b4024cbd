import type { JobId } from '#contract/ids.ts'
import type { JobProgress } from '#contract/jobs.ts'
import { StudyError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { clearRunnerOwner, readJobRunner } from '../store/job-runner.rows.ts'
import { promoteDueJobs, readNextRunAtMs, readRunningJobs } from '../store/jobs.rows.ts'
import type { JobRow } from '../store/jobs.schema.ts'
import type { Store } from '../store/open-store.ts'
import { claimJobs } from './claim-jobs.ts'
import type { AnyJobDefinition } from './job-definition.ts'
import type { JobLog, JobTransaction } from './job-transaction.ts'
import type { JobTuning } from './job-tuning.ts'
import { keepLease } from './keep-lease.ts'
import { makeLiveRuns } from './live-runs.ts'
import { recoverJobs } from './recover-jobs.ts'
import { judgeError } from './retry-policy.ts'
import { LeaseLost, takeRunnerLease } from './runner-lease.ts'
import { type EndedRun, settleJob } from './settle-job.ts'

export interface JobLoopDeps {
  store: Store
  clock: Clock
  log: JobLog
  /** Of no other runner, ever. */
  owner: string
  definitions: ReadonlyMap<string, AnyJobDefinition>
  tuning: JobTuning
  /** Called when the transaction that changed them is committed. */
  onChanged(rows: Iterable<JobRow>): void
  onProgress(jobId: JobId): void
  /** Children may have been enqueued. */
  onCommit(): void
  /** It will do nothing more: stopped, or another runner took over. */
  onEnd(): void
}

export interface JobLoop {
  /** Takes the database's jobs over. Throws `profile-locked`. */
  start(): void
  stop(timeoutMs: number): Promise<void>
  /** Looks for work soon. */
  wake(): void
  /** Renews the lease now, not at the next heartbeat. */
  renewLease(): void
  /** One transaction; memory follows when it is committed. */
  write<T>(work: (tx: JobTransaction) => T): T
  /** Asks running bodies to come to a resting point: their jobs wait in the queue as if they had not been claimed. */
  rest(which: (row: JobRow) => boolean): void
  /** Starts none of these kinds until released, and lets those that run come to rest. */
  hold(kinds: readonly string[]): () => void
  progressOf(jobId: JobId): JobProgress | undefined
  whenIdle(signal?: AbortSignal): Promise<void>
}

/**
 * The heart of the runner. A round is one transaction: it settles the bodies that returned since the last,
 * makes ready what has waited long enough, and claims what there is room for; then, committed, it starts the bodies.
 * Rounds happen when something may have changed, never by polling.
 */
export function makeJobLoop(deps: JobLoopDeps): JobLoop {
  const { store, clock, log, owner, definitions, tuning } = deps
  let phase: 'new' | 'running' | 'stopping' | 'ended' = 'new'
  let scheduled = false
  let ended: EndedRun[] = []
  let claims = 0
  let failures = 0
  let dueTimer: { atMs: number; cancel: AbortController } | undefined
  let stopped: Promise<void> | undefined
  const life = new AbortController()
  const held = new Map<string, number>()
  const idlers = new Set<() => void>()
  let renewLease = () => {}
  const runs = makeLiveRuns({
    store,
    clock,
    log,
    definitions,
    onProgress: deps.onProgress,
    onCommit: deps.onCommit,
    onEnded(run) {
      if (phase === 'ended') return
      ended.push(run)
      wake()
    },
  })

  function wake(): void {
    if (scheduled || phase === 'new' || phase === 'ended') return
    scheduled = true
    setImmediate(round)
  }

  function write<T>(work: (tx: JobTransaction) => T): T {
    const changed = new Map<JobId, JobRow>()
    const over = new Set<JobId>()
    const result = store.transaction((db) => {
      const nest = <R>(nested: () => R) => store.transaction(nested)
      return work({ db, nowMs: clock.nowMs(), definitions, log, nest, changed, stopped: over })
    })
    if (over.size > 0) abandonBodies((row) => over.has(row.id), 'The job was cancelled.')
    deps.onChanged(changed.values())
    return result
  }

  /** For bodies whose job is theirs no more: they get a moment to stop, then their slot goes to others. */
  function abandonBodies(which: (row: JobRow) => boolean, reason: string): void {
    for (const row of runs.stop(which, reason)) {
      after(tuning.graceMs, life.signal, () => {
        if (runs.giveUp(row)) wake()
      })
    }
  }

  function after(delayMs: number, signal: AbortSignal, act: () => void): void {
    clock.sleep(delayMs, signal).then(act, (reason) => {
      if (!signal.aborted) throw reason
    })
  }

  function round(): void {
    scheduled = false
    if (phase !== 'running' && phase !== 'stopping') return
    const settling = ended
    ended = []
    let claimed: JobRow[]
    let nextRunAtMs: number | undefined
    try {
      claimed = write((tx) => {
        const { paused } = requireLease(tx)
        for (const run of settling) settleJob(tx, run)
        nextRunAtMs = readNextRunAtMs(tx.db)
        if (nextRunAtMs !== undefined && nextRunAtMs <= tx.nowMs) {
          noteChanged(tx, promoteDueJobs(tx.db, tx.nowMs))
          nextRunAtMs = readNextRunAtMs(tx.db)
        }
        if (phase === 'stopping' || paused) return []
        const room = runs.room(tuning, (kind) => held.has(kind))
        claims += 1
        const rows = claimJobs(tx.db, room, { lease: `${owner}/${claims}`, nowMs: tx.nowMs })
        noteChanged(tx, rows)
        return rows
      })
    } catch (error) {
      ended = [...settling, ...ended]
      onTrouble(error)
      return
    }
    failures = 0
    for (const row of claimed) runs.start(row)
    armDueTimer(nextRunAtMs)
    if (runs.size === 0 && ended.length === 0 && !scheduled) endIdling()
  }

  function requireLease(tx: JobTransaction) {
    const row = readJobRunner(tx.db)
    if (row.owner !== owner) throw new LeaseLost()
    return row
  }

  /** The round changed nothing: a full disk, a database that another process writes to. What bodies returned is kept. */
  function onTrouble(error: unknown): void {
    if (error instanceof LeaseLost) {
      lose()
      return
    }
    failures += 1
    log.warn({ err: error, failures }, 'the jobs could not be written; trying again')
    if (judgeError(error).type !== 'release') settleApart()
    after(Math.min(1000 * 2 ** (failures - 1), 30_000), life.signal, wake)
  }

  /** One transaction each: an ending that can't be written must not keep the others from it, and says why instead. */
  function settleApart(): void {
    const apart = ended
    ended = []
    for (const run of apart) {
      try {
        write((tx) => {
          requireLease(tx)
          settleJob(tx, run)
        })
      } catch (error) {
        const verdict = judgeError(error)
        ended.push(verdict.type === 'release' ? run : { ...run, verdict })
      }
    }
  }

  function armDueTimer(atMs: number | undefined): void {
    if (dueTimer?.atMs === atMs) return
    dueTimer?.cancel.abort()
    dueTimer = undefined
    if (atMs === undefined || phase !== 'running') return
    const cancel = new AbortController()
    dueTimer = { atMs, cancel }
    // The heartbeat looks at the wall clock anyway: this is for what comes sooner.
    after(Math.min(Math.max(1, atMs - clock.nowMs()), tuning.heartbeatMs), cancel.signal, () => {
      dueTimer = undefined
      wake()
    })
  }

  /** Another runner is in charge. Every write of ours is fenced out by now; nothing more is started. */
  function lose(): void {
    log.error({ owner }, 'another process took the jobs over; this one stops')
    runs.stop(() => true, 'Another Abhyas took this work over.')
    end()
  }

  function end(): void {
    phase = 'ended'
    life.abort()
    dueTimer?.cancel.abort()
    endIdling()
    deps.onEnd()
  }

  function endIdling(): void {
    for (const idler of [...idlers]) idler()
  }

  async function halt(timeoutMs: number): Promise<void> {
    if (phase === 'ended') return
    if (phase === 'running') {
      phase = 'stopping'
      runs.stop(() => true, 'Abhyas is closing; the work resumes at the next start.')
      const patience = new AbortController()
      const outOfPatience = clock.sleep(timeoutMs, patience.signal).catch(() => undefined)
      await Promise.race([runs.allEnded(), outOfPatience])
      patience.abort()
      round()
      giveBack()
    }
    end()
  }

  /** What did not stop in time waits in the queue as if it had not been claimed; its late writes are fenced out. */
  function giveBack(): void {
    if (phase !== 'stopping') return
    try {
      write((tx) => {
        requireLease(tx)
        for (const row of readRunningJobs(tx.db)) settleJob(tx, { row, verdict: { type: 'release' }, progress: null })
        clearRunnerOwner(tx.db, owner)
      })
    } catch (error) {
      // Not lost: the next start takes them for crashed and resumes them.
      log.warn({ err: error }, 'running jobs could not be given back')
    }
  }

  return {
    start() {
      if (phase !== 'new') throw new StudyError('internal', 'A job runner starts once.')
      const recovered = write((tx) => {
        takeRunnerLease(tx.db, owner, { nowMs: tx.nowMs, leaseMs: tuning.leaseMs })
        return recoverJobs(tx)
      })
      if (recovered.requeued + recovered.dead > 0) log.info(recovered, 'jobs of a run that ended without goodbye')
      phase = 'running'
      renewLease = keepLease({
        clock,
        log,
        owner,
        tuning,
        signal: life.signal,
        write,
        onLost: lose,
        onBeat(leases) {
          if (leases) abandonBodies((row) => !leases.has(row.lease), 'The job was cancelled elsewhere.')
          wake()
        },
      })
      wake()
    },
    stop: (timeoutMs) => {
      stopped ??= halt(timeoutMs)
      return stopped
    },
    wake,
    renewLease: () => renewLease(),
    write,
    rest(which) {
      runs.stop(which, 'The work is paused.')
    },
    hold(kinds) {
      for (const kind of kinds) held.set(kind, (held.get(kind) ?? 0) + 1)
      runs.stop((row) => kinds.includes(row.kind), 'The work is paused.')
      let released = false
      return () => {
        if (released) return
        released = true
        for (const kind of kinds) {
          const count = (held.get(kind) ?? 1) - 1
          if (count > 0) held.set(kind, count)
          else held.delete(kind)
        }
        wake()
      }
    },
    progressOf: runs.progressOf,
    whenIdle(signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        if (phase === 'new' || phase === 'ended') return resolve()
        const settle = (act: () => void) => {
          idlers.delete(idler)
          signal?.removeEventListener('abort', onAbort)
          act()
        }
        const idler = () => settle(resolve)
        const onAbort = () => settle(() => reject(signal?.reason))
        idlers.add(idler)
        signal?.addEventListener('abort', onAbort, { once: true })
        wake()
      })
    },
  }
}

function noteChanged(tx: JobTransaction, rows: readonly JobRow[]): void {
  for (const row of rows) tx.changed.set(row.id, row)
}
