import { StudyError } from '../errors.ts'
import type { WriteDb } from '../store/connection.ts'
import { readJobRunner, writeRunnerOwner } from '../store/job-runner.rows.ts'
import type { JobRunnerRow } from '../store/jobs.schema.ts'

/** This process, told from a later one that the system gave the same number. */
const HERE = { pid: process.pid, processStartedMs: Math.round(performance.timeOrigin) }

/**
 * Makes `owner` the one runner of this database. Throws `profile-locked` while another
 * lives: its process is there and its lease has not run out. A process that died is
 * replaced at once; one that only sleeps (stopped, suspended) when its lease is over,
 * and then finds its writes fenced out.
 */
export function takeRunnerLease(db: WriteDb, owner: string, { nowMs, leaseMs }: { nowMs: number; leaseMs: number }) {
  const row = readJobRunner(db)
  if (row.owner !== null && row.owner !== owner && isAlive(row, nowMs, leaseMs)) {
    throw new StudyError(
      'profile-locked',
      `Another Abhyas (process ${row.pid}) is at work on this library. Nothing was changed. Close it, then try again.`,
    )
  }
  writeRunnerOwner(db, { owner, ...HERE, expiresAtMs: nowMs + leaseMs })
}

/** Thrown inside a transaction that finds somebody else in charge. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

function isAlive({ pid, processStartedMs, expiresAtMs }: JobRunnerRow, nowMs: number, leaseMs: number): boolean {
  if (pid === null || expiresAtMs === null) return false
  // A lease further ahead than any can be was written before the clock was set back.
  if (expiresAtMs <= nowMs || expiresAtMs > nowMs + leaseMs) return false
  if (pid === HERE.pid) return processStartedMs === HERE.processStartedMs
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // there, but somebody else's
  }
}
