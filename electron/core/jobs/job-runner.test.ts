import { describe, expect, it } from 'vitest'
import type { JobId } from '#contract/ids.ts'
import { readSettingRows, writeSettingRow } from '../store/settings.rows.ts'
import { heldJobs, openTestStore, settled, testJobs } from '../testing/test-jobs.ts'
import { makeJobRunner } from './job-runner.ts'

describe('one runner a database', () => {
  it('refuses a second while the first lives, and lets it when the first has stopped or is dead', async () => {
    const held = heldJobs('import')
    const first = testJobs([held])
    first.runner.start()
    const jobId = await first.enqueue('import', 'a')
    const second = first.restart([heldJobs('import')])
    expect(() => second.runner.start()).toThrow(expect.objectContaining({ code: 'profile-locked' }))
    expect(first.row(jobId).state).toBe('running')
    await held.bodyOf('a').end({ type: 'done' })
    await first.runner.stop()
    second.runner.start()
    await second.runner.stop()
  })

  it('refuses two definitions of one kind', () => {
    const store = openTestStore()
    const { clock } = testJobs([])
    const definitions = [heldJobs('import'), heldJobs('import')]
    expect(() => makeJobRunner({ store, clock, ids: { next: () => 'x' } }, definitions)).toThrow('same kind')
  })
})

describe('pausing', () => {
  it('brings what runs to rest without using up its attempt, and lasts over a restart', async () => {
    const held = heldJobs('import', { maxAttempts: 1 })
    const before = testJobs([held])
    before.runner.start()
    const jobId = await before.enqueue('import', 'a')
    before.runner.pauseAll()
    const { context, fail } = held.bodyOf('a')
    expect(context.signal.aborted).toBe(true)
    context.commit((db) => writeSettingRow(db, 'page', 3), 3) // the resting point
    await fail(context.signal.reason)
    expect(before.runner.get(jobId)).toMatchObject({ state: 'queued', attempts: 0 })
    await before.enqueue('import', 'b')
    expect(held.runs).toHaveLength(1)
    await before.runner.stop()

    const again = heldJobs('import', { maxAttempts: 1 })
    const { runner } = before.restart([again])
    runner.start()
    expect(runner.paused()).toBe(true)
    await runner.whenIdle()
    expect(again.runs).toHaveLength(0)
    runner.resumeAll()
    await settled()
    expect(runner.paused()).toBe(false)
    expect(again.bodyOf('a').context).toMatchObject({ cursor: 3, attempt: 1 })
  })

  it('takes what a body finished all the same', async () => {
    const held = heldJobs('import')
    const { runner, enqueue } = testJobs([held])
    runner.start()
    const jobId = await enqueue('import', 'a')
    runner.pauseAll()
    await held.bodyOf('a').end({ type: 'done' })
    expect(runner.get(jobId)?.state).toBe('done')
  })

  it('holds single kinds until every hold is released', async () => {
    const held = heldJobs('read-scans')
    const quiz = heldJobs('quiz')
    const { runner, enqueue } = testJobs([held, quiz])
    runner.start()
    const jobId = await enqueue('read-scans', 'a')
    const [onBattery, whileAnswering] = [runner.hold(['read-scans']), runner.hold(['read-scans', 'other'])]
    expect(held.bodyOf('a').context.signal.aborted).toBe(true)
    await held.bodyOf('a').fail(new Error('worker terminated'))
    await enqueue('quiz', 'q')
    expect(quiz.runs).toHaveLength(1)
    onBattery()
    onBattery()
    await settled()
    expect(runner.get(jobId)).toMatchObject({ state: 'queued', attempts: 0 })
    whileAnswering()
    await settled()
    expect(runner.get(jobId)).toMatchObject({ state: 'running', attempts: 1 })
  })
})

describe('stopping', () => {
  it('waits for bodies that end in time, gives the rest back and fences out what they still write', async () => {
    const held = heldJobs('import', { limit: 2 })
    const before = testJobs([held])
    before.runner.start()
    const [quick, stubborn] = [await before.enqueue('import', 'quick'), await before.enqueue('import', 'stubborn')]
    const finished = before.runner.finished(stubborn)
    finished.catch(() => undefined)
    const stopped = before.runner.stop()
    const again = before.runner.stop({ timeoutMs: 1 })
    expect(held.bodyOf('stubborn').context.signal.aborted).toBe(true)
    await held.bodyOf('quick').end({ type: 'done', effects: (db) => writeSettingRow(db, 'quick', 1) })
    await before.advance(5000)
    await stopped
    await again
    await expect(finished).rejects.toMatchObject({ code: 'cancelled' })
    expect(before.row(quick).state).toBe('done')
    expect(before.row(stubborn)).toMatchObject({ state: 'queued', attempts: 0, crashCount: 0, lease: null })
    const late = held.bodyOf('stubborn')
    expect(() => late.context.commit((db) => writeSettingRow(db, 'late', 1), 9)).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    )
    await late.end({ type: 'done', effects: (db) => writeSettingRow(db, 'late', 1) })
    expect(readSettingRows(before.store.reader)).toEqual({ quick: 1 })

    const next = heldJobs('import')
    const { runner } = before.restart([next])
    runner.start()
    await settled()
    expect(next.runs.map((run) => run.payload)).toEqual(['stubborn'])
  })

  it('is instant when nothing runs, and needs no start', async () => {
    const { runner } = testJobs([heldJobs('import')])
    await runner.stop()
    await runner.whenIdle()
    expect(() => runner.start()).toThrow('starts once')
  })
})

describe('waiting', () => {
  it('finishes at once for a job that has ended, and rejects for one that is not there', async () => {
    const held = heldJobs('import')
    const { runner, enqueue } = testJobs([held])
    runner.start()
    const jobId = await enqueue('import', 'a')
    await held.bodyOf('a').end({ type: 'done' })
    expect(await runner.finished(jobId)).toMatchObject({ id: jobId, state: 'done' })
    await expect(runner.finished('nobody' as JobId)).rejects.toMatchObject({ code: 'not-found' })
    expect(runner.get('nobody' as JobId)).toBeUndefined()
    expect(() => runner.cancel('nobody' as JobId)).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  it('ends with its signal, for every kind of wait', async () => {
    const { runner, enqueue } = testJobs([heldJobs('import')])
    runner.start()
    const jobId = await enqueue('import', 'a')
    const abort = new AbortController()
    const waits = [runner.finished(jobId, abort.signal), runner.whenIdle(abort.signal)]
    const iterator = runner.changes(abort.signal)[Symbol.asyncIterator]()
    const next = iterator.next()
    abort.abort(new Error('enough'))
    for (const wait of waits) await expect(wait).rejects.toThrow('enough')
    expect(await next).toEqual({ value: undefined, done: true })
    await expect(runner.finished(jobId, abort.signal)).rejects.toThrow('enough')
    await expect(runner.whenIdle(abort.signal)).rejects.toThrow('enough')
  })

  it('is idle when nothing runs and nothing could run now', async () => {
    const held = heldJobs('import')
    const { runner, enqueue, advance } = testJobs([held])
    await runner.whenIdle()
    runner.start()
    await enqueue('import', 'a')
    let idle = false
    const idling = runner.whenIdle().then(() => {
      idle = true
    })
    await settled()
    expect(idle).toBe(false)
    await held.bodyOf('a').fail(new Error('once more'))
    await idling
    await advance(2000)
    expect(held.runs).toHaveLength(2)
  })
})

describe('the listing', () => {
  it('is newest first, by state and limit, with the live progress of what runs', async () => {
    const held = heldJobs('import')
    const { runner, enqueue } = testJobs([held])
    runner.start()
    const [a, b, c] = [await enqueue('import', 'a'), await enqueue('import', 'b'), await enqueue('import', 'c')]
    held.bodyOf('a').context.progress({ stage: 'reading', done: 1, total: 4, unit: 'pages' })
    expect(runner.list().map((job) => job.id)).toEqual([c, b, a])
    expect(runner.list({ states: ['queued'], limit: 1 }).map((job) => job.id)).toEqual([c])
    expect(runner.list({ states: ['running'] })[0]?.progress).toMatchObject({ stage: 'reading', done: 1, total: 4 })
    expect(runner.list({ states: [] })).toEqual([])
  })
})
