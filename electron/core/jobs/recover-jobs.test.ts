import { describe, expect, it } from 'vitest'
import { readSettingRows, writeSettingRow } from '../store/settings.rows.ts'
import { heldJobs, settled, testJobs } from '../testing/test-jobs.ts'

describe('after a crash', () => {
  it('a job goes on at once from its cursor, with its attempt given back, and its old body is fenced out', async () => {
    const old = heldJobs('import', { maxAttempts: 1 })
    const before = testJobs([old])
    before.runner.start()
    const jobId = await before.enqueue('import', 'a')
    old.bodyOf('a').context.commit((db) => writeSettingRow(db, 'page', 57), 57)
    before.crash()

    const held = heldJobs('import', { maxAttempts: 1 })
    const { runner, store, row } = before.restart([held])
    runner.start()
    await settled()
    expect(held.bodyOf('a').context).toMatchObject({ cursor: 57, attempt: 1 })
    expect(row(jobId)).toMatchObject({ state: 'running', crashCount: 1 })
    const ghost = old.bodyOf('a')
    expect(() => ghost.context.commit((db) => writeSettingRow(db, 'page', 58), 58)).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    )
    await ghost.end({ type: 'done', effects: (db) => writeSettingRow(db, 'ghost', 1) })
    expect(readSettingRows(store.reader)).toEqual({ page: 57 })
    await held.bodyOf('a').end({ type: 'done' })
    expect(runner.get(jobId)).toMatchObject({ state: 'done', attempts: 1 })
  })

  it('the runner that lost its lease finds out, stops its bodies and claims nothing more', async () => {
    const old = heldJobs('import')
    const before = testJobs([old])
    before.runner.start()
    await before.enqueue('import', 'a')
    before.crash()
    const { runner } = before.restart([heldJobs('import')])
    runner.start()
    runner.pauseAll()
    const idle = before.runner.whenIdle()
    await before.advance(15_000)
    await idle
    expect(old.bodyOf('a').context.signal.aborted).toBe(true)
    expect(before.logged).toContainEqual(expect.stringMatching(/^error: another process took the jobs over/))
    await before.enqueue('import', 'b')
    expect(old.runs).toHaveLength(1)
  })

  it('a job is dead after the third without a step forward, and waits before the third try', async () => {
    const heard: unknown[] = []
    const definition = () =>
      heldJobs('import', { onAbandoned: (_db, payload, outcome) => heard.push([payload, outcome.state]) })
    let jobs = testJobs([definition()])
    const jobId = await jobs.enqueue('import', 'poison')
    jobs.runner.start()
    await settled()
    const waits: number[] = []
    for (let crash = 1; crash <= 3; crash += 1) {
      expect(jobs.row(jobId).state).toBe('running')
      jobs.crash()
      jobs = jobs.restart([definition()])
      jobs.runner.start()
      await settled()
      const { state, runAtMs } = jobs.row(jobId)
      if (state === 'queued') {
        waits.push(runAtMs - jobs.clock.nowMs())
        await jobs.advance(runAtMs - jobs.clock.nowMs())
      }
    }
    expect(waits).toEqual([expect.toSatisfy((ms) => ms > 10_000 && ms < 20_000)]) // and none after the first
    expect(jobs.runner.get(jobId)).toMatchObject({ state: 'dead', failure: { code: 'internal' } })
    expect(jobs.row(jobId).crashCount).toBe(3)
    expect(heard).toEqual([['poison', 'dead']])
    expect(jobs.runner.retry(jobId)).toMatchObject({ state: 'queued' })
    expect(jobs.row(jobId).crashCount).toBe(1) // still a suspect
  })

  it('a step forward clears a job of the crashes before it; the same step again does not', async () => {
    const held = heldJobs('import')
    const before = testJobs([held])
    before.runner.start()
    const jobId = await before.enqueue('import', 'a')
    before.crash()
    const again = heldJobs('import')
    const { runner, row } = before.restart([again])
    runner.start()
    await settled()
    const { context } = again.bodyOf('a')
    expect(row(jobId).crashCount).toBe(1)
    context.commit(() => undefined, 3)
    expect(row(jobId).crashCount).toBe(0)
    before.store.transaction((db) => db.$client.exec('UPDATE jobs SET crash_count = 2'))
    context.commit(() => undefined, 3)
    expect(row(jobId).crashCount).toBe(2)
  })

  it('suspects run one at a time, beside others that are none', async () => {
    const before = testJobs([heldJobs('page', { limit: 3 })])
    before.runner.start()
    for (const payload of ['1', '2', '3']) await before.enqueue('page', payload)
    before.crash()
    const pages = heldJobs('page', { limit: 3 })
    const { runner, enqueue } = before.restart([pages])
    runner.start()
    await enqueue('page', 'new')
    expect(pages.runs.map((run) => run.payload)).toEqual(['1', 'new'])
    await pages.bodyOf('1').end({ type: 'done' })
    expect(pages.runs.map((run) => run.payload)).toEqual(['1', 'new', '2'])
    await pages.bodyOf('2').end({ type: 'done' })
    await pages.bodyOf('3').end({ type: 'done' })
    await pages.bodyOf('new').end({ type: 'done' })
    await runner.whenIdle()
    expect(runner.list({ states: ['done'] })).toHaveLength(4)
  })
})
