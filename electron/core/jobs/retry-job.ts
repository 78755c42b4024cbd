import { StudyError } from '../errors.ts'
import {
  addPendingChild,
  changeJob,
  type JobChange,
  readChildren,
  readJob,
  readUnfinishedJob,
} from '../store/jobs.rows.ts'
import type { JobRow } from '../store/jobs.schema.ts'
import { isTerminal } from './end-job.ts'
import type { JobTransaction } from './job-transaction.ts'

/**
 * Lets a job run again now, from its last cursor: one that ended other than done, with all its attempts and with the
 * children that did not end as done; or one that is parked, snoozed or waits for its time, with the attempts it has left.
 * A job that needs no retry stays as it is; where an unfinished one does the same work, that is the answer.
 */
export function retryJob(tx: JobTransaction, row: JobRow): JobRow {
  if (row.state === 'done' || row.state === 'running' || row.state === 'waiting') return row
  if (row.state === 'queued' && row.isDue === 1) return row
  const ended = isTerminal(row.state)
  if (ended) {
    const other = readUnfinishedJob(tx.db, row.kind, row.key)
    if (other) return other
  }
  const children = ended ? readChildren(tx.db, row.id) : []
  const retried = changeJob(tx.db, row, {
    state: 'queued',
    isDue: 1,
    runAtMs: tx.nowMs,
    delayMs: null,
    // A job that waits keeps count, or it could be retried for ever; one that has ended starts over.
    ...(ended ? startOver(row, children) : {}),
  })
  if (!retried) throw new StudyError('internal', 'The job changed while it was being retried.')
  tx.changed.set(retried.id, retried)
  if (ended && retried.parentId) addPendingChild(tx.db, retried.parentId, { healed: true })
  for (const child of children) if (child.state !== 'done') retryJob(tx, child)
  return readJob(tx.db, retried.id) ?? retried // its children have been counted meanwhile
}

function startOver(row: JobRow, children: readonly JobRow[]): JobChange {
  return {
    attempts: 0,
    // Once a suspect, always run as one.
    crashCount: Math.min(row.crashCount, 1),
    finishedAtMs: null,
    // It has kept no count since it ended: those that were retried by themselves are waited for again.
    pendingChildren: children.filter((child) => !isTerminal(child.state)).length,
    failedChildren: 0,
    afterChildren: null,
  }
}
