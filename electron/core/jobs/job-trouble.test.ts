import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { readSettingRows, writeSettingRow } from '../store/settings.rows.ts'
import { heldJobs, settled, testJobs } from '../testing/test-jobs.ts'

describe('a database that another process writes to for too long', () => {
  it('delays what bodies returned, and new claims, but loses and doubles nothing', async () => {
    const held = heldJobs('import', { limit: 2, maxAttempts: 1 })
    const { runner, store, row, logged, enqueue, advance } = testJobs([held])
    runner.start()
    const [a, b] = [await enqueue('import', 'a'), await enqueue('import', 'b')]
    const c = await enqueue('import', 'c')
    store.transaction((db) => db.$client.pragma('busy_timeout = 0')) // the patience itself is not the matter here
    const other = new Database(store.file)
    other.exec('BEGIN IMMEDIATE')

    let calls = 0
    const effects = (key: string) => (db: Parameters<typeof writeSettingRow>[0]) => {
      calls += 1
      writeSettingRow(db, key, calls)
    }
    await held.bodyOf('a').end({ type: 'done', effects: effects('a') })
    expect(row(a).state).toBe('running')
    // A body that can't commit its step is put back as if it had not been claimed.
    const { context, fail } = held.bodyOf('b')
    await fail(catchError(() => context.commit(effects('b'), 1)))
    await advance(1000)
    await advance(1000)
    expect(row(a).state).toBe('running')
    expect(calls).toBe(0)
    other.exec('ROLLBACK')
    other.close()
    await advance(4000)
    expect(row(a).state).toBe('done')
    expect(row(c).state).toBe('running')
    expect(row(b)).toMatchObject({ state: 'queued', failure: null })
    await advance(1000)
    expect(held.bodyOf('b').context.attempt).toBe(1)
    expect(calls).toBe(1)
    expect(logged.filter((line) => line.startsWith('warn'))).not.toEqual([])
  })

  it('does not keep a heartbeat from coming again', async () => {
    const { runner, store, logged, advance, clock } = testJobs([])
    runner.start()
    store.transaction((db) => db.$client.pragma('busy_timeout = 0'))
    const other = new Database(store.file)
    other.exec('BEGIN IMMEDIATE')
    await advance(15_000)
    expect(logged).toContainEqual(expect.stringContaining('could not be renewed'))
    other.exec('ROLLBACK')
    await advance(15_000)
    const expiresAtMs = other.prepare('SELECT expires_at_ms FROM job_runner').pluck().get()
    expect(expiresAtMs).toBe(clock.nowMs() + 60_000)
    other.close()
  })
})

describe('a full disk', () => {
  it('undoes the ending that does not fit, keeps the others, and tries again by itself when there is room', async () => {
    const held = heldJobs('import', { limit: 2, maxAttempts: 1 })
    const { runner, store, row, enqueue, advance } = testJobs([held])
    runner.start()
    const [big, small] = [await enqueue('import', 'big'), await enqueue('import', 'small')]
    const pages = (most: number) =>
      store.transaction((db) => {
        const used = db.$client.pragma('page_count', { simple: true }) as number
        db.$client.pragma(`max_page_count = ${used + most}`)
      })
    pages(4)
    const ends = [
      held.bodyOf('big').end({ type: 'done', effects: (db) => writeSettingRow(db, 'big', 'x'.repeat(1_000_000)) }),
      held.bodyOf('small').end({ type: 'done', effects: (db) => writeSettingRow(db, 'small', 1) }),
    ]
    await Promise.all(ends)
    await advance(1000)
    expect(readSettingRows(store.reader)).toEqual({ small: 1 })
    expect(row(small).state).toBe('done')
    expect(runner.get(big)).toMatchObject({ state: 'snoozed', attempts: 0, failure: { code: 'disk-full' } })

    pages(10_000)
    await advance(60_000)
    await held.bodyOf('big').end({ type: 'done', effects: (db) => writeSettingRow(db, 'big', 'x'.repeat(1_000_000)) })
    expect(runner.get(big)).toMatchObject({ state: 'done', attempts: 1 })
    expect(readSettingRows(store.reader)).toMatchObject({ small: 1, big: expect.any(String) })
  })

  it('so full that not even its endings fit holds everything as it is until there is room', async () => {
    const held = heldJobs('import')
    const { runner, store, row, enqueue, advance } = testJobs([held])
    runner.start()
    const jobId = await enqueue('import', 'a')
    // No write at all goes through, as when the log itself can't grow.
    const broken = store.transaction
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
    const writable = store as { transaction: unknown }
    writable.transaction = () => {
      throw full
    }
    await held.bodyOf('a').end({ type: 'done', effects: (db) => writeSettingRow(db, 'a', 1) })
    await advance(1000)
    await advance(2000)
    expect(row(jobId).state).toBe('running')
    writable.transaction = broken
    await advance(30_000)
    await settled()
    expect(runner.get(jobId)).toMatchObject({ state: 'snoozed', failure: { code: 'disk-full' } })
    await advance(60_000)
    await held.bodyOf('a').end({ type: 'done', effects: (db) => writeSettingRow(db, 'a', 1) })
    expect(row(jobId).state).toBe('done')
  })
})

function catchError(act: () => void): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
