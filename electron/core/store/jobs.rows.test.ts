import { describe, expect, it, vi } from 'vitest'
import type { JobId } from '#contract/ids.ts'
import { openBeforeMigration } from '../testing/open-before-migration.ts'
import { heldJobs, openTestStore, testJobs } from '../testing/test-jobs.ts'
import type { WriteDb } from './connection.ts'
import {
  changeJob,
  claimReadyJobs,
  claimSuspectJob,
  deleteOldJobs,
  insertJob,
  promoteDueJobs,
  readNextRunAtMs,
  readReadyPlaces,
  readRunningJobs,
  wakeSnoozedJobs,
} from './jobs.rows.ts'

const NEW_JOB = {
  kind: 'import',
  title: 'A',
  documentId: null,
  parentId: null,
  payload: '1',
  priority: 0,
  isDue: 1,
  runAtMs: 0,
  delayMs: null,
  maxAttempts: 3,
  createdAtMs: 0,
} as const

function insert(db: WriteDb, id: string, more: object = {}): boolean {
  return insertJob(db, { ...NEW_JOB, id: id as JobId, key: id, ...more })
}

describe('migration 2', () => {
  it('adds jobs to a library that is there, and forgets a document’s jobs’ document, not the jobs', () => {
    const { client, apply } = openBeforeMigration('jobs')
    client.exec(`INSERT INTO documents (id, title, path, sha256, media_type, byte_size, status, created_at_ms, updated_at_ms)
      VALUES ('d1', 'Polity', '/polity.pdf', 'ab', 'application/pdf', 3, 'ready', 1, 1)`)
    apply()
    expect(client.prepare('SELECT title FROM documents').pluck().all()).toEqual(['Polity'])
    expect(client.prepare('SELECT paused, owner FROM job_runner').all()).toEqual([{ paused: 0, owner: null }])
    client.exec(`INSERT INTO jobs (id, kind, key, title, document_id, payload, state, priority, is_due, run_at_ms, max_attempts, created_at_ms)
      VALUES ('j1', 'import', 'ab', 'Polity', 'd1', '{}', 'queued', 3, 1, 1, 3, 1)`)
    expect(client.prepare('SELECT place FROM jobs').pluck().get()).toBe(1 - 300)
    client.exec("DELETE FROM documents WHERE id = 'd1'")
    expect(client.prepare('SELECT id, document_id FROM jobs').all()).toEqual([{ id: 'j1', document_id: null }])
  })

  it('lets no row say that it runs without a lease', () => {
    const store = openTestStore()
    const breakIt = () =>
      store.transaction((db) => {
        insert(db, 'a')
        db.$client.exec("UPDATE jobs SET state = 'running'")
      })
    expect(breakIt).toThrow(/CHECK/)
  })
})

describe('a claim', () => {
  it('takes the lowest places first, each under a lease of its own, and never what another has', () => {
    const store = openTestStore()
    store.transaction((db) => {
      insert(db, 'a')
      insert(db, 'b')
      insert(db, 'c', { priority: 1 })
      insert(db, 'later', { isDue: 0 })
      insert(db, 'other', { kind: 'quiz' })
    })
    const claim = (lease: string, limit: number) =>
      store.transaction((db) => claimReadyJobs(db, { kind: 'import', limit }, { lease, nowMs: 7 }))
    const first = claim('run/1', 2)
    expect(first.map((row) => [row.id, row.state, row.attempts, row.startedAtMs])).toEqual([
      ['c', 'running', 1, 7],
      ['a', 'running', 1, 7],
    ])
    expect(new Set(first.map((row) => row.lease)).size).toBe(2)
    expect(claim('run/2', 5).map((row) => row.id)).toEqual(['b'])
    expect(claim('run/3', 5)).toEqual([])
  })

  it('is what fences every later write: another lease or state changes nothing', () => {
    const store = openTestStore()
    store.transaction((db) => {
      insert(db, 'a')
      const [row] = claimReadyJobs(db, { kind: 'import', limit: 1 }, { lease: 'run/1', nowMs: 0 })
      if (!row) throw new Error('nothing claimed')
      expect(changeJob(db, { ...row, lease: 'run/0' }, { cursor: '9' })).toBeUndefined()
      expect(changeJob(db, { ...row, state: 'queued', lease: null }, { cursor: '9' })).toBeUndefined()
      expect(changeJob(db, row, { cursor: '9' })?.cursor).toBe('9')
    })
  })
})

describe('behind a long queue', () => {
  it('no query of the hot path scans or sorts it', () => {
    const store = openTestStore()
    const plans: string[] = []
    store.transaction((db) => {
      for (let n = 0; n < 1000; n += 1) insert(db, `j${n}`, { kind: n % 2 === 0 ? 'import' : 'quiz' })
      const prepare = vi.spyOn(db.$client, 'prepare')
      const claim = { lease: 'run/1', nowMs: 0 }
      readReadyPlaces(db, 'import', 4)
      const [row] = claimReadyJobs(db, { kind: 'import', limit: 4 }, claim)
      claimSuspectJob(db, ['import', 'quiz'], claim)
      if (row) changeJob(db, row, { state: 'done', lease: null })
      promoteDueJobs(db, 1)
      readNextRunAtMs(db)
      wakeSnoozedJobs(db, 'import')
      readRunningJobs(db)
      const asked = prepare.mock.calls.map(([sql]) => sql)
      prepare.mockRestore()
      expect(asked).toHaveLength(8)
      const names = ['kind', 'limit', 'kinds', 'lease', 'nowMs', 'state', 'seenId', 'seenState', 'seenLease']
      const values = Object.fromEntries(names.map((name) => [name, null]))
      for (const sql of asked) {
        const steps = db.$client.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(values) as { detail: string }[]
        plans.push(...steps.map((step) => step.detail))
      }
    })
    expect(
      plans.filter((step) =>
        /TEMP B-TREE|SCAN jobs(?! USING (COVERING )?INDEX jobs_(suspect|running|later))/.test(step),
      ),
    ).toEqual([])
    expect(plans).toContainEqual(expect.stringContaining('jobs_ready (kind=?)'))
    expect(plans).toContainEqual(expect.stringContaining('jobs_later (run_at_ms<?)'))
  })
})

describe('forgetting', () => {
  it('spares what needs somebody, what is new, and the children of a living parent', () => {
    const store = openTestStore()
    const left = store.transaction((db) => {
      const end = (id: string, state: string, finishedAtMs: number, more: object = {}) => {
        insert(db, id, more)
        db.$client.prepare('UPDATE jobs SET state = ?, finished_at_ms = ? WHERE id = ?').run(state, finishedAtMs, id)
      }
      end('old', 'done', 1)
      end('unwanted', 'cancelled', 1)
      end('failed', 'failed', 1)
      end('poison', 'dead', 1)
      insert(db, 'parent')
      end('child', 'done', 1, { parentId: 'parent' })
      end('recent', 'done', 100)
      end('among the newest', 'done', 1)
      expect(deleteOldJobs(db, { beforeMs: 50, keep: 1, limit: 1 })).toBe(1)
      expect(deleteOldJobs(db, { beforeMs: 50, keep: 1, limit: 10 })).toBe(1)
      return db.$client.prepare('SELECT id FROM jobs ORDER BY seq').pluck().all()
    })
    expect(left).toEqual(['failed', 'poison', 'parent', 'child', 'recent', 'among the newest'])
  })

  it('is done by the runner while it lives', async () => {
    const held = heldJobs('import')
    const tuning = { keepEnded: 0, keepEndedMs: 60_000, pruneEveryMs: 30_000 }
    const { runner, enqueue, advance } = testJobs([held], { tuning })
    runner.start()
    const jobId = await enqueue('import', 'a')
    await held.bodyOf('a').end({ type: 'done' })
    await advance(15_000)
    await advance(45_000)
    expect(runner.get(jobId)).toBeDefined()
    await advance(30_000)
    expect(runner.get(jobId)).toBeUndefined()
  })
})
