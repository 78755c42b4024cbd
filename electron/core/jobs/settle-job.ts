import type { StudyError } from '../errors.ts'
import { toFailure } from '../errors.ts'
import {
  changeJob,
  type JobChange,
  readChildren,
  readJob,
  snoozeReadyJobs,
  wakeSnoozedJobs,
} from '../store/jobs.rows.ts'
import type { JobRow } from '../store/jobs.schema.ts'
import { endJob, failByChild, failsByChild, isTerminal } from './end-job.ts'
import type { Effects } from './job-definition.ts'
import type { JobTransaction } from './job-transaction.ts'
import { judgeError, type RunnerVerdict, retryDelayMs } from './retry-policy.ts'

/** A body that has returned: the row as it was claimed, and what is to become of it. */
export interface EndedRun {
  readonly row: JobRow
  verdict: RunnerVerdict
  /** JSON of the last progress it told. */
  readonly progress: string | null
}

const SHORTEST_SNOOZE_MS = 1000

/**
 * Writes how a run ended, with its effects, fenced by its lease: where the job is no
 * longer this run's (cancelled, or taken over), nothing is written and the result is discarded.
 * Effects that throw are undone alone, and the job is judged by that error instead.
 */
export function settleJob(tx: JobTransaction, ended: EndedRun): void {
  const { verdict } = ended
  // What is committed together must still fail apart; without effects nothing can.
  if (!('effects' in verdict) || !verdict.effects) {
    apply(tx, ended, verdict)
    return
  }
  try {
    tx.nest(() => apply(tx, ended, verdict))
  } catch (error) {
    // On a full disk SQLite may have undone everything, other jobs' endings too: those start over.
    if (!tx.db.$client.inTransaction) throw error
    apply(tx, ended, judgeError(error))
  }
}

function apply(tx: JobTransaction, { row, progress }: EndedRun, verdict: RunnerVerdict): void {
  const change: JobChange = progress === null ? {} : { progress }
  const notCounted = { ...change, attempts: Math.max(0, row.attempts - 1) }
  switch (verdict.type) {
    case 'done':
      finish(tx, row, verdict.effects, change)
      return
    case 'wait':
      wait(tx, row, verdict.effects, notCounted)
      return
    case 'failed': {
      const now = runEffects(tx, row, verdict.effects)
      if (now) endJob(tx, now, { state: 'failed', error: verdict.error, told: true, change })
      return
    }
    case 'given-up':
      endJob(tx, row, { state: 'failed', error: verdict.error, change })
      return
    case 'dead':
      endJob(tx, row, { state: 'dead', error: verdict.error, change })
      return
    case 'retry':
      if (row.attempts >= row.maxAttempts) {
        endJob(tx, row, { state: 'failed', error: verdict.error, change })
      } else {
        const delayMs = verdict.afterMs ?? retryDelayMs(row.id, row.attempts)
        move(tx, row, { ...change, ...queued(tx, delayMs), failure: failureOf(verdict.error) })
      }
      return
    case 'release':
      move(tx, row, { ...notCounted, ...queued(tx, verdict.afterMs ?? 0) })
      return
    case 'snooze':
      snooze(tx, row, verdict, notCounted)
      return
    case 'park': {
      const now = runEffects(tx, row, verdict.effects)
      if (now) move(tx, now, { ...notCounted, state: 'parked', isDue: 0, failure: failureOf(verdict.error) })
      return
    }
  }
}

function finish(tx: JobTransaction, row: JobRow, effects: Effects | undefined, change: JobChange): void {
  const now = runEffects(tx, row, effects)
  if (!now) return
  if (failsByChild(tx, now)) {
    failByChild(tx, now, firstFailedChild(tx, now))
  } else if (now.pendingChildren > 0) {
    move(tx, now, { ...change, state: 'waiting', isDue: 0, afterChildren: 'finish', failure: null })
  } else if (endJob(tx, now, { state: 'done', told: true, change })) {
    // What the others of its kind sleep for has just been there.
    for (const woken of wakeSnoozedJobs(tx.db, row.kind)) tx.changed.set(woken.id, woken)
  }
}

function wait(tx: JobTransaction, row: JobRow, effects: Effects | undefined, change: JobChange): void {
  const now = runEffects(tx, row, effects)
  if (!now) return
  if (failsByChild(tx, now)) {
    failByChild(tx, now, firstFailedChild(tx, now))
  } else if (now.pendingChildren > 0) {
    move(tx, now, { ...change, state: 'waiting', isDue: 0, afterChildren: 'run' })
  } else {
    move(tx, now, { ...change, state: 'queued', isDue: 1 })
  }
}

/** The fence, then the effects: the row as they left it, or undefined where the job is no longer this run's. */
function runEffects(tx: JobTransaction, { id, lease }: JobRow, effects: Effects | undefined): JobRow | undefined {
  const ours = () => {
    const now = readJob(tx.db, id)
    return now?.lease === lease ? now : undefined
  }
  const now = ours()
  if (!now || !effects) return now
  effects(tx.db)
  return ours() // they may have enqueued children
}

function snooze(
  tx: JobTransaction,
  row: JobRow,
  { error, afterMs }: { error: StudyError; afterMs: number },
  change: JobChange,
): void {
  const sleep = later(tx, Math.max(SHORTEST_SNOOZE_MS, afterMs))
  const failure = failureOf(error)
  if (!move(tx, row, { ...change, ...sleep, state: 'snoozed', isDue: 0, failure })) return
  // Everything else of the kind that is ready would find the same. What comes later tries afresh.
  for (const other of snoozeReadyJobs(tx.db, row.kind, { ...sleep, failure })) tx.changed.set(other.id, other)
}

/** Gives the lease up and moves the row on; false where it is no longer this run's. */
function move(tx: JobTransaction, row: JobRow, change: JobChange): boolean {
  const moved = changeJob(tx.db, row, { ...change, lease: null })
  if (moved) tx.changed.set(moved.id, moved)
  return moved !== undefined
}

function later(tx: JobTransaction, delayMs: number): { runAtMs: number; delayMs: number } {
  return { runAtMs: tx.nowMs + delayMs, delayMs }
}

function queued(tx: JobTransaction, delayMs: number): JobChange {
  return { state: 'queued', isDue: delayMs > 0 ? 0 : 1, ...later(tx, delayMs) }
}

function failureOf(error: StudyError): string {
  return JSON.stringify(toFailure(error))
}

function firstFailedChild(tx: JobTransaction, { id }: JobRow): JobRow | undefined {
  return readChildren(tx.db, id).find((child) => isTerminal(child.state) && child.state !== 'done')
}
