import { and, eq } from 'drizzle-orm'
import type { ReadDb, WriteDb } from './connection.ts'
import { type JobRunnerRow, jobRunner } from './jobs.schema.ts'
import { prepareOnce } from './prepare-once.ts'

const THE_ROW = eq(jobRunner.one, 1)

export function readJobRunner(db: ReadDb): JobRunnerRow {
  const sql = `SELECT one, paused, owner, pid, process_started_ms AS processStartedMs, expires_at_ms AS expiresAtMs
    FROM job_runner`
  return prepareOnce(db, sql).get({}) as JobRunnerRow
}

export type RunnerOwner = Pick<JobRunnerRow, 'owner' | 'pid' | 'processStartedMs' | 'expiresAtMs'>

export function writeRunnerOwner(db: WriteDb, owner: RunnerOwner): void {
  db.update(jobRunner).set(owner).where(THE_ROW).run()
}

/** False where somebody else owns it by now. */
export function renewRunnerOwner(db: WriteDb, owner: string, expiresAtMs: number): boolean {
  return (
    db
      .update(jobRunner)
      .set({ expiresAtMs })
      .where(and(THE_ROW, eq(jobRunner.owner, owner)))
      .run().changes === 1
  )
}

export function clearRunnerOwner(db: WriteDb, owner: string): void {
  db.update(jobRunner)
    .set({ owner: null, pid: null, processStartedMs: null, expiresAtMs: null })
    .where(and(THE_ROW, eq(jobRunner.owner, owner)))
    .run()
}

export function writeRunnerPaused(db: WriteDb, paused: boolean): void {
  db.update(jobRunner)
    .set({ paused: paused ? 1 : 0 })
    .where(THE_ROW)
    .run()
}
