import { StudyError } from '../errors.ts'
import { changeJob, clampRunAt, readJobsOfOtherKinds, readRunningJobs } from '../store/jobs.rows.ts'
import { endJob } from './end-job.ts'
import type { JobTransaction } from './job-transaction.ts'
import { crashDelayMs, MOST_CRASHES, outOfCrashes } from './retry-policy.ts'

/**
 * What a runner does first, once the database is its own: every row that says `running` was left by a run
 * that died. Those wait their turn again, from their last cursor and with their attempt given back;
 * after the third crash without a step forward a job is dead, and the others go on without it.
 */
export function recoverJobs(tx: JobTransaction): { requeued: number; dead: number } {
  const count = { requeued: 0, dead: 0 }
  clampRunAt(tx.db, tx.nowMs)
  for (const row of readRunningJobs(tx.db)) {
    const crashCount = row.crashCount + 1
    const attempts = Math.max(0, row.attempts - 1)
    if (crashCount >= MOST_CRASHES) {
      endJob(tx, row, { state: 'dead', error: outOfCrashes(), change: { crashCount, attempts } })
      count.dead += 1
      continue
    }
    const delayMs = crashDelayMs(row.id, crashCount)
    const requeued = changeJob(tx.db, row, {
      state: 'queued',
      lease: null,
      isDue: delayMs > 0 ? 0 : 1,
      runAtMs: tx.nowMs + delayMs,
      delayMs,
      attempts,
      crashCount,
    })
    if (requeued) tx.changed.set(requeued.id, requeued)
    count.requeued += 1
  }
  for (const row of readJobsOfOtherKinds(tx.db, [...tx.definitions.keys()])) {
    const error = new StudyError(
      'internal',
      `This version of Abhyas does not know the work '${row.kind}'. It was set aside, not lost: retry it after an update.`,
    )
    if (endJob(tx, row, { state: 'dead', error })) count.dead += 1
  }
  return count
}
