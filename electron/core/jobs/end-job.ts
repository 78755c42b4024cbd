import type { JobId } from '#contract/ids.ts'
import { type JobState, TERMINAL_JOB_STATES } from '#contract/jobs.ts'
import { StudyError, toFailure } from '../errors.ts'
import { changeJob, type JobChange, readChildren, subtractPendingChild } from '../store/jobs.rows.ts'
import type { JobRow } from '../store/jobs.schema.ts'
import type { JobTransaction } from './job-transaction.ts'

export interface JobEnd {
  state: 'done' | 'failed' | 'dead' | 'cancelled'
  error?: StudyError
  /** True where `run` itself said how it ended, and wrote what that means. */
  told?: boolean
  /** What else the row keeps. */
  change?: JobChange
}

export function isTerminal(state: JobState): boolean {
  return TERMINAL_JOB_STATES.includes(state)
}

/**
 * Ends a job for good and carries that through the family in the same transaction:
 * its definition hears of it, its children are cancelled unless it is done, and its
 * parent has one child less to wait for. False where the row has moved on meanwhile.
 */
export function endJob(tx: JobTransaction, seen: JobRow, end: JobEnd): boolean {
  const row = changeJob(tx.db, seen, {
    ...end.change,
    state: end.state,
    lease: null,
    isDue: 0,
    failure: end.error && end.state !== 'cancelled' ? JSON.stringify(toFailure(end.error)) : null,
    // Clamped: a clock that went back must not show a job that ended before it began.
    finishedAtMs: Math.max(tx.nowMs, seen.startedAtMs ?? seen.createdAtMs),
  })
  if (!row) return false
  tx.changed.set(row.id, row)
  if (seen.state === 'running') tx.stopped.add(row.id)
  if (end.state !== 'done') {
    if (!end.told) abandon(tx, row, end.state, end.error)
    for (const child of readChildren(tx.db, row.id)) {
      if (!isTerminal(child.state)) endJob(tx, child, { state: 'cancelled' })
    }
  }
  if (row.parentId) settleParent(tx, row, row.parentId)
  return true
}

/** Ends a parent because of one of its children, as its definition says by `childFailure`. */
export function failByChild(tx: JobTransaction, parent: JobRow, child: JobRow | undefined): boolean {
  const failure = child?.failure ? (JSON.parse(child.failure) as ReturnType<typeof toFailure>) : undefined
  const what = child ? `“${child.title}”` : 'A part of it'
  const why = failure?.message ?? (child?.state === 'cancelled' ? 'it was cancelled.' : 'it did not finish.')
  const error = new StudyError(failure?.code ?? 'cancelled', `${what} could not be done: ${why}`, {
    ...(failure?.page === undefined ? {} : { page: failure.page }),
  })
  return endJob(tx, parent, { state: 'failed', error })
}

export function failsByChild(tx: JobTransaction, parent: JobRow): boolean {
  return parent.failedChildren > 0 && tx.definitions.get(parent.kind)?.childFailure !== 'continue'
}

function settleParent(tx: JobTransaction, child: JobRow, parentId: JobId): void {
  const parent = subtractPendingChild(tx.db, parentId, child.state !== 'done')
  if (!parent) return
  tx.changed.set(parent.id, parent)
  // A running parent hears of it when its body ends: see settle-job.ts.
  if (parent.state === 'running') return
  if (failsByChild(tx, parent)) failByChild(tx, parent, child)
  else if (parent.state === 'waiting' && parent.pendingChildren === 0) continueParent(tx, parent)
}

/** What a waiting job does when its last child has ended. */
export function continueParent(tx: JobTransaction, parent: JobRow): void {
  if (parent.afterChildren === 'finish') {
    endJob(tx, parent, { state: 'done', change: { afterChildren: null } })
    return
  }
  const row = changeJob(tx.db, parent, { state: 'queued', isDue: 1, afterChildren: null })
  if (row) tx.changed.set(row.id, row)
}

/**
 * Tells the definition. Whatever it does there, the job ends: its writes are undone
 * when it throws, and the log says so, for a job that can't end would come back at every start.
 */
function abandon(
  tx: JobTransaction,
  row: JobRow,
  state: 'failed' | 'dead' | 'cancelled',
  error: StudyError | undefined,
): void {
  const definition = tx.definitions.get(row.kind)
  if (!definition?.onAbandoned) return
  try {
    const payload = definition.payload.parse(JSON.parse(row.payload))
    tx.nest(() => definition.onAbandoned?.(tx.db, payload, error ? { state, error } : { state }))
  } catch (cause) {
    if (!tx.db.$client.inTransaction) throw cause // SQLite gave the whole transaction up: nothing to go on with
    tx.log.error({ jobId: row.id, kind: row.kind, state, err: cause }, 'what should follow a job’s end failed')
  }
}
