import { and, desc, eq, getTableColumns, inArray, notInArray } from 'drizzle-orm'
import type { JobId } from '#contract/ids.ts'
import { type JobState, TERMINAL_JOB_STATES } from '#contract/jobs.ts'
import type { ReadDb, WriteDb } from './connection.ts'
import { type JobRow, jobs } from './jobs.schema.ts'
import { prepareOnce } from './prepare-once.ts'

// The hot path (insert, claim, change) is raw SQL, prepared once a connection: building a query costs more
// than running it. The WHERE clauses repeat those of the partial indexes word for word, or SQLite won't use them.

const UNFINISHED = "state NOT IN ('done', 'failed', 'dead', 'cancelled')"
const READY = "state = 'queued' AND is_due = 1 AND crash_count = 0"
const SUSPECT = "state = 'queued' AND is_due = 1 AND crash_count > 0"
const LATER = "state IN ('queued', 'snoozed') AND is_due = 0"

const NAMES = Object.fromEntries(
  Object.entries(getTableColumns(jobs)).map(([property, column]) => [property, column.name]),
)
const COLUMNS = Object.entries(NAMES)
  .map(([property, name]) => `${name} AS ${property}`)
  .join(', ')

export type NewJobRow = Pick<
  JobRow,
  | 'id'
  | 'kind'
  | 'key'
  | 'title'
  | 'documentId'
  | 'parentId'
  | 'payload'
  | 'priority'
  | 'isDue'
  | 'runAtMs'
  | 'delayMs'
  | 'maxAttempts'
  | 'createdAtMs'
>

/** False, and nothing written, where an unfinished job has the same kind and key. */
export function insertJob(db: WriteDb, row: NewJobRow): boolean {
  const sql = `INSERT INTO jobs (id, kind, key, title, document_id, parent_id, payload, state, priority, is_due,
      run_at_ms, delay_ms, max_attempts, created_at_ms)
    VALUES (@id, @kind, @key, @title, @documentId, @parentId, @payload, 'queued', @priority, @isDue,
      @runAtMs, @delayMs, @maxAttempts, @createdAtMs)
    ON CONFLICT (kind, key) WHERE ${UNFINISHED} DO NOTHING`
  return prepareOnce(db, sql).run(row).changes === 1
}

export function readJob(db: ReadDb, id: JobId): JobRow | undefined {
  return prepareOnce(db, `SELECT ${COLUMNS} FROM jobs WHERE id = @id`).get({ id }) as JobRow | undefined
}

/** Newest first; without `states`, all. */
export function readJobs(db: ReadDb, { states, limit }: { states?: readonly JobState[]; limit: number }): JobRow[] {
  return db
    .select()
    .from(jobs)
    .where(states && inArray(jobs.state, [...states]))
    .orderBy(desc(jobs.seq))
    .limit(limit)
    .all()
}

export function readUnfinishedJob(db: ReadDb, kind: string, key: string): JobRow | undefined {
  const sql = `SELECT ${COLUMNS} FROM jobs WHERE kind = @kind AND key = @key AND ${UNFINISHED}`
  return prepareOnce(db, sql).get({ kind, key }) as JobRow | undefined
}

export function readRunningJobs(db: ReadDb): JobRow[] {
  return prepareOnce(db, `SELECT ${COLUMNS} FROM jobs WHERE state = 'running' ORDER BY seq`).all({}) as JobRow[]
}

/** Unfinished jobs that no definition knows, as an older or newer app leaves them. */
export function readJobsOfOtherKinds(db: ReadDb, kinds: readonly string[]): JobRow[] {
  return db
    .select()
    .from(jobs)
    .where(and(notInArray(jobs.kind, [...kinds]), notInArray(jobs.state, [...TERMINAL_JOB_STATES])))
    .all()
}

export function readChildren(db: ReadDb, parentId: JobId): JobRow[] {
  return db.select().from(jobs).where(eq(jobs.parentId, parentId)).orderBy(jobs.seq).all()
}

export type JobChange = Partial<Omit<JobRow, 'seq' | 'id' | 'kind' | 'key' | 'payload' | 'createdAtMs'>>

/**
 * The one way a job's row moves on: changes it if it is still in the state, and under
 * the lease, that the caller saw. Undefined, and nothing changed, where it is not.
 */
export function changeJob(
  db: WriteDb,
  seen: Pick<JobRow, 'id' | 'state' | 'lease'>,
  change: JobChange,
): JobRow | undefined {
  const assignments = Object.keys(change).map((property) => `${NAMES[property]} = @${property}`)
  const sql = `UPDATE jobs SET ${assignments.join(', ')}
    WHERE id = @seenId AND state = @seenState AND lease IS @seenLease RETURNING ${COLUMNS}`
  const values = { ...change, seenId: seen.id, seenState: seen.state, seenLease: seen.lease }
  return prepareOnce(db, sql).get(values) as JobRow | undefined
}

/** The places of the first jobs of a kind that could run now, lowest first. */
export function readReadyPlaces(db: ReadDb, kind: string, limit: number): number[] {
  const sql = `SELECT place FROM jobs WHERE kind = @kind AND ${READY} ORDER BY place LIMIT @limit`
  return (prepareOnce(db, sql).all({ kind, limit }) as { place: number }[]).map((row) => row.place)
}

/** The lowest place of a kind's jobs that could run now, those that a crash made suspect among them. */
export function readNextPlace(db: ReadDb, kind: string): number | undefined {
  const sql = `SELECT min(place) AS place FROM (
    SELECT min(place) AS place FROM jobs WHERE kind = @kind AND ${READY}
    UNION ALL SELECT min(place) FROM jobs WHERE kind = @kind AND ${SUSPECT})`
  return (prepareOnce(db, sql).get({ kind }) as { place: number | null }).place ?? undefined
}

export interface Claim {
  /** Of no other claim; each job's own lease is made from it. */
  lease: string
  nowMs: number
}

const TAKE = `UPDATE jobs SET state = 'running', lease = @lease || '/' || seq, attempts = attempts + 1,
  started_at_ms = coalesce(started_at_ms, @nowMs)`

/** Takes up to `limit` jobs of a kind that could run now, the lowest places first. */
export function claimReadyJobs(db: WriteDb, { kind, limit }: { kind: string; limit: number }, claim: Claim): JobRow[] {
  const sql = `${TAKE} WHERE seq IN (SELECT seq FROM jobs WHERE kind = @kind AND ${READY} ORDER BY place LIMIT @limit)
    RETURNING ${COLUMNS}`
  const rows = prepareOnce(db, sql).all({ kind, limit, ...claim }) as JobRow[]
  return rows.length > 1 ? rows.sort((a, b) => placeOf(a) - placeOf(b)) : rows
}

/** Takes the first job that a crash made suspect, of these kinds. */
export function claimSuspectJob(db: WriteDb, kinds: readonly string[], claim: Claim): JobRow | undefined {
  const sql = `${TAKE} WHERE seq IN (SELECT seq FROM jobs WHERE ${SUSPECT}
      AND kind IN (SELECT value FROM json_each(@kinds)) ORDER BY place LIMIT 1)
    RETURNING ${COLUMNS}`
  return prepareOnce(db, sql).get({ kinds: JSON.stringify(kinds), ...claim }) as JobRow | undefined
}

function placeOf({ seq, priority }: JobRow): number {
  return seq - 100 * priority
}

/** Makes ready what has waited long enough. */
export function promoteDueJobs(db: WriteDb, nowMs: number): JobRow[] {
  const sql = `UPDATE jobs SET state = 'queued', is_due = 1 WHERE ${LATER} AND run_at_ms <= @nowMs RETURNING ${COLUMNS}`
  return prepareOnce(db, sql).all({ nowMs }) as JobRow[]
}

/** When the next job's wait is over, wall clock; undefined when none waits for a time. */
export function readNextRunAtMs(db: ReadDb): number | undefined {
  const sql = `SELECT min(run_at_ms) AS runAtMs FROM jobs WHERE ${LATER}`
  return (prepareOnce(db, sql).get({}) as { runAtMs: number | null }).runAtMs ?? undefined
}

/** After the wall clock went back: nobody waits longer than the wait that was meant. */
export function clampRunAt(db: WriteDb, nowMs: number): void {
  const sql = `UPDATE jobs SET run_at_ms = @nowMs + delay_ms WHERE ${LATER} AND run_at_ms > @nowMs + delay_ms`
  prepareOnce(db, sql).run({ nowMs })
}

/** Puts the ready jobs of a kind to sleep with the one that found what they all need away. */
export function snoozeReadyJobs(
  db: WriteDb,
  kind: string,
  change: { runAtMs: number; delayMs: number; failure: string },
): JobRow[] {
  const sql = `UPDATE jobs SET state = 'snoozed', is_due = 0, run_at_ms = @runAtMs, delay_ms = @delayMs, failure = @failure
    WHERE kind = @kind AND ${READY} RETURNING ${COLUMNS}`
  return prepareOnce(db, sql).all({ kind, ...change }) as JobRow[]
}

/** Makes the snoozed jobs of a kind ready: what they need has been seen again. */
export function wakeSnoozedJobs(db: WriteDb, kind: string): JobRow[] {
  const sql = `UPDATE jobs SET state = 'queued', is_due = 1
    WHERE kind = @kind AND state = 'snoozed' RETURNING ${COLUMNS}`
  return prepareOnce(db, sql).all({ kind }) as JobRow[]
}

/** One more unfinished child, `healed` where it had failed before; false where the parent is gone or has ended. */
export function addPendingChild(db: WriteDb, parentId: JobId, { healed = false } = {}): boolean {
  const sql = `UPDATE jobs SET pending_children = pending_children + 1, failed_children = max(0, failed_children - @healed)
    WHERE id = @parentId AND ${UNFINISHED}`
  return prepareOnce(db, sql).run({ parentId, healed: healed ? 1 : 0 }).changes === 1
}

/** How many of a kind run, and how many could if there were room. */
export function countJobsOfKind(db: ReadDb, kind: string): { running: number; ready: number } {
  const sql = `SELECT count(*) FILTER (WHERE state = 'running') AS running,
      count(*) FILTER (WHERE state = 'queued' AND is_due = 1) AS ready
    FROM jobs WHERE kind = @kind AND ${UNFINISHED}`
  return prepareOnce(db, sql).get({ kind }) as { running: number; ready: number }
}

/** One child less to wait for; undefined where the parent is gone or has ended, and counts no more. */
export function subtractPendingChild(db: WriteDb, parentId: JobId, failed: boolean): JobRow | undefined {
  const sql = `UPDATE jobs SET pending_children = pending_children - 1, failed_children = failed_children + @failed
    WHERE id = @parentId AND ${UNFINISHED} RETURNING ${COLUMNS}`
  return prepareOnce(db, sql).get({ parentId, failed: failed ? 1 : 0 }) as JobRow | undefined
}

/**
 * In a copy of a database nobody runs anything: what ran when it was copied waits its turn, as after a stop, and a
 * copy of the job that made the copy has nothing left to do.
 */
export function settleCopiedJobs(client: WriteDb['$client']): void {
  client.transaction(() => {
    client.exec(`UPDATE jobs SET state = 'cancelled', lease = NULL, finished_at_ms = created_at_ms
      WHERE ${UNFINISHED} AND kind IN ('back-up-library', 'restore-backup', 'export-library')`)
    client.exec(`UPDATE jobs SET state = 'queued', is_due = 1, lease = NULL, attempts = max(0, attempts - 1)
      WHERE state = 'running'`)
    client.exec('UPDATE job_runner SET owner = NULL, pid = NULL, process_started_ms = NULL, expires_at_ms = NULL')
  })()
}

/**
 * Forgets up to `limit` of the jobs that ended well, or by the person's own hand, before `beforeMs` and are not among
 * the newest `keep`. Failed and dead ones stay until somebody has seen to them, children as long as their parent.
 */
export function deleteOldJobs(db: WriteDb, options: { beforeMs: number; keep: number; limit: number }): number {
  const sql = `DELETE FROM jobs WHERE seq IN (
      SELECT seq FROM jobs AS old
      WHERE seq <= (SELECT max(seq) FROM jobs) - @keep AND state IN ('done', 'cancelled') AND finished_at_ms < @beforeMs
        AND NOT EXISTS (SELECT 1 FROM jobs AS parent WHERE parent.id = old.parent_id AND parent.${UNFINISHED})
      ORDER BY seq LIMIT @limit)`
  return prepareOnce(db, sql).run(options).changes
}
