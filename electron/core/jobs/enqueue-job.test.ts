import { describe, expect, it } from 'vitest'
import { heldJobs, settled, testJobs } from '../testing/test-jobs.ts'

describe('a request', () => {
  it('is one job however often it is made while unfinished, and a new one afterwards', async () => {
    const held = heldJobs('import')
    const { runner, store, enqueue } = testJobs([held])
    const request = { kind: 'import', key: 'sha-1', payload: 'a', title: 'A' }
    const answers = Array.from({ length: 100 }, () => store.transaction((db) => runner.enqueue(db, request)))
    expect(new Set(answers.map((answer) => answer.jobId)).size).toBe(1)
    expect(answers.filter((answer) => answer.created)).toHaveLength(1)
    expect(runner.list()).toHaveLength(1)

    runner.start()
    await settled()
    await held.bodyOf('a').end({ type: 'done' })
    expect(await enqueue('import', 'a', { key: 'sha-1' })).not.toBe(answers[0]?.jobId)
    expect(runner.list()).toHaveLength(2)
  })

  it('is undone with the transaction it was made in', async () => {
    const { runner, store } = testJobs([heldJobs('import')])
    const { signal } = new AbortController()
    const changes = runner.changes(signal)[Symbol.asyncIterator]()
    expect(() =>
      store.transaction((db) => {
        runner.enqueue(db, { kind: 'import', key: 'a', payload: 'a', title: 'A' })
        throw new Error('the caller thought better of it')
      }),
    ).toThrow('thought better')
    runner.wake()
    expect(runner.list()).toEqual([])
    const next = changes.next()
    await runner.stop()
    expect(await next).toEqual({ value: undefined, done: true })
  })

  it('is refused at once when its payload or its kind can never run', () => {
    const { runner, store } = testJobs([heldJobs('import')])
    const request = { kind: 'import', key: 'a', payload: 7, title: 'A' }
    expect(() => store.transaction((db) => runner.enqueue(db, request))).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    )
    expect(() => store.transaction((db) => runner.enqueue(db, { ...request, kind: 'unheard-of' }))).toThrow(
      expect.objectContaining({ code: 'internal' }),
    )
    expect(runner.list()).toEqual([])
  })

  it('waits for its time, and then runs', async () => {
    const held = heldJobs('backup')
    const { runner, clock, enqueue, advance } = testJobs([held])
    runner.start()
    await enqueue('backup', 'b', { runAtMs: clock.nowMs() + 60_000 })
    await advance(59_999)
    expect(held.runs).toHaveLength(0)
    await advance(1)
    expect(held.runs).toHaveLength(1)
  })
})
