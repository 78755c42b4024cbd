import { describe, expect, it } from 'vitest'
import { readSettingRows, writeSettingRow } from '../store/settings.rows.ts'
import { heldJobs, settled, testJobs } from '../testing/test-jobs.ts'

describe('cancelling', () => {
  it('ends a queued job at once, and its definition hears of it in the same transaction', async () => {
    const held = heldJobs('import', {
      onAbandoned: (db, payload, { state, error }) => writeSettingRow(db, payload, `${state} ${error?.code}`),
    })
    const { runner, store, enqueue } = testJobs([held])
    const jobId = await enqueue('import', 'a') // not started: `abhyas jobs cancel` must not have to run anything
    expect(runner.cancel(jobId)).toMatchObject({ state: 'cancelled', finishedAtMs: expect.any(Number) })
    expect(readSettingRows(store.reader)).toEqual({ a: 'cancelled undefined' })
    runner.start()
    await runner.whenIdle()
    expect(held.runs).toHaveLength(0)
  })

  it('ends a running job at once, aborts its body, and discards all that it still does', async () => {
    const held = heldJobs('import', { onAbandoned: (db) => writeSettingRow(db, 'abandoned', 1) })
    const { runner, store, enqueue } = testJobs([held])
    runner.start()
    const jobId = await enqueue('import', 'a')
    expect(runner.cancel(jobId)).toMatchObject({ state: 'cancelled' })
    const { context, end } = held.bodyOf('a')
    expect(context.signal.aborted).toBe(true)
    expect(() => context.commit((db) => writeSettingRow(db, 'step', 1), 1)).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    )
    await end({ type: 'done', effects: (db) => writeSettingRow(db, 'done', 1) })
    expect(runner.get(jobId)).toMatchObject({ state: 'cancelled' })
    expect(readSettingRows(store.reader)).toEqual({ abandoned: 1 })
  })

  // The result is there, the round that writes it has not come: whoever commits first wins, and the other changes nothing.
  it.each(['cancel first', 'result first'])('racing a result has one winner: %s', async (order) => {
    const held = heldJobs('import', { onAbandoned: (db) => writeSettingRow(db, 'abandoned', 1) })
    const { runner, store, enqueue } = testJobs([held])
    runner.start()
    const jobId = await enqueue('import', 'a')
    const ending = held.bodyOf('a').end({ type: 'done', effects: (db) => writeSettingRow(db, 'done', 1) })
    if (order === 'result first') await ending
    else await Promise.resolve()
    const { state } = runner.cancel(jobId)
    await ending
    expect(runner.get(jobId)?.state).toBe(state)
    expect([state, readSettingRows(store.reader)]).toEqual(
      order === 'result first' ? ['done', { done: 1 }] : ['cancelled', { abandoned: 1 }],
    )
  })

  it('does not wait for a body that ignores it: after a moment its slot goes to the next', async () => {
    const held = heldJobs('quiz')
    const { runner, store, logged, enqueue, advance } = testJobs([held])
    runner.start()
    const stubborn = await enqueue('quiz', 'stubborn')
    await enqueue('quiz', 'next')
    runner.cancel(stubborn)
    await settled()
    expect(held.runs).toHaveLength(1) // the model is still busy with it
    await advance(5000)
    expect(held.runs.map((run) => run.payload)).toEqual(['stubborn', 'next'])
    expect(logged).toContainEqual(expect.stringContaining('waited for no longer'))
    await held.bodyOf('stubborn').end({ type: 'done', effects: (db) => writeSettingRow(db, 'late', 1) })
    expect(readSettingRows(store.reader)).toEqual({})
    expect(runner.get(stubborn)?.state).toBe('cancelled')
    await held.bodyOf('next').end({ type: 'done' })
    await runner.whenIdle()
  })

  it('leaves room for the same work to be asked for anew, and retried', async () => {
    const held = heldJobs('import', { limit: 2 })
    const { runner, store, enqueue } = testJobs([held])
    runner.start()
    const first = await enqueue('import', 'a')
    runner.cancel(first)
    const second = await enqueue('import', 'a')
    expect(second).not.toBe(first)
    expect(runner.retry(first).id).toBe(second) // it does that very work
    runner.cancel(second)
    await held.runs[0]?.fail(new Error('aborted'))
    await held.runs[1]?.fail(new Error('aborted'))
    expect(runner.retry(first)).toMatchObject({ id: first, state: 'queued' })
    await settled()
    expect(held.runs).toHaveLength(3)
    await held.runs[2]?.end({ type: 'done', effects: (db) => writeSettingRow(db, 'done', 1) })
    expect(runner.get(first)).toMatchObject({ state: 'done', attempts: 1 })
    expect(readSettingRows(store.reader)).toEqual({ done: 1 })
  })

  it('keeps the slot of an old body while it winds down, so that a limit of one is one', async () => {
    const held = heldJobs('quiz')
    const { runner, enqueue } = testJobs([held])
    runner.start()
    const jobId = await enqueue('quiz', 'q')
    runner.cancel(jobId)
    runner.retry(jobId)
    await settled()
    expect(held.runs).toHaveLength(1)
    await held.runs[0]?.fail(new Error('aborted'))
    expect(held.runs).toHaveLength(2)
    expect(runner.get(jobId)?.state).toBe('running')
  })

  it('leaves a job that has ended as it is', async () => {
    const held = heldJobs('import')
    const { runner, enqueue } = testJobs([held])
    runner.start()
    const jobId = await enqueue('import', 'a')
    await held.bodyOf('a').end({ type: 'done' })
    expect(runner.cancel(jobId).state).toBe('done')
    expect(runner.retry(jobId).state).toBe('done')
  })

  it('ends the job even where its definition can’t cope, and says so in the log', async () => {
    const held = heldJobs('import', {
      onAbandoned(db) {
        writeSettingRow(db, 'half', 1)
        throw new Error('no such document')
      },
    })
    const { runner, store, logged, enqueue } = testJobs([held])
    const jobId = await enqueue('import', 'a')
    expect(runner.cancel(jobId).state).toBe('cancelled')
    expect(readSettingRows(store.reader)).toEqual({})
    expect(logged).toContainEqual(expect.stringMatching(/^error: .*job’s end failed/))
  })

  it('is seen at the next heartbeat when another process did it', async () => {
    const held = heldJobs('import')
    const { runner, store, enqueue, advance } = testJobs([held])
    runner.start()
    const jobId = await enqueue('import', 'a')
    store.transaction((db) => db.$client.exec("UPDATE jobs SET state = 'cancelled', lease = NULL"))
    expect(held.bodyOf('a').context.signal.aborted).toBe(false)
    await advance(15_000)
    expect(held.bodyOf('a').context.signal.aborted).toBe(true)
    await held.bodyOf('a').end({ type: 'done' })
    expect(runner.get(jobId)?.state).toBe('cancelled')
  })
})
