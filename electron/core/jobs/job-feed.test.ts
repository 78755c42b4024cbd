import { describe, expect, it } from 'vitest'
import type { Job } from '#contract/jobs.ts'
import { heldJobs, settled, testJobs } from '../testing/test-jobs.ts'
import { makeJobFeed } from './job-feed.ts'

describe('the feed', () => {
  it('tells every state of a job to who reads along', async () => {
    const held = heldJobs('import')
    const { runner, enqueue } = testJobs([held])
    runner.start()
    const seen: string[] = []
    const reading = (async () => {
      for await (const job of runner.changes()) seen.push(`${job.title} ${job.state}`)
    })()
    await enqueue('import', 'a')
    await held.bodyOf('a').end({ type: 'done' })
    const b = await enqueue('import', 'b')
    runner.cancel(b)
    await held.bodyOf('b').fail(new Error('aborted'))
    await runner.stop()
    await reading
    expect(seen.slice(0, 3)).toEqual(['a queued', 'a running', 'a done'])
    expect(seen.at(-1)).toBe('b cancelled')
  })

  it('keeps the newest state of each job for who reads slowly, and no more', async () => {
    const feed = makeJobFeed()
    const iterator = feed.changes()[Symbol.asyncIterator]()
    const job = (id: string, attempts: number) => ({ id, attempts }) as unknown as Job
    for (let attempt = 1; attempt <= 1000; attempt += 1) feed.publish(job('a', attempt))
    feed.publish(job('b', 1))
    feed.close()
    expect((await iterator.next()).value).toEqual(job('a', 1000))
    expect((await iterator.next()).value).toEqual(job('b', 1))
    expect(await iterator.next()).toEqual({ value: undefined, done: true })
  })

  it('forgets who stopped listening, however they stopped', async () => {
    const feed = makeJobFeed()
    const abort = new AbortController()
    const wait = () =>
      feed.first(
        () => ({ id: 'a' }) as unknown as Job,
        () => false,
        abort.signal,
      )
    const waiting = wait()
    const [left, aborted] = [feed.changes()[Symbol.asyncIterator](), feed.changes(abort.signal)[Symbol.asyncIterator]()]
    const readers = [left.next(), aborted.next(), aborted.next()]
    expect(feed.listening).toBe(true)
    await left.return?.()
    abort.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    expect((await Promise.all(readers)).every((result) => result.done)).toBe(true)
    expect(feed.listening).toBe(false)
    expect((await feed.changes(abort.signal)[Symbol.asyncIterator]().next()).done).toBe(true)
    await expect(wait()).rejects.toThrow('enough')
    expect(feed.listening).toBe(false)
  })

  it('ends waits and iterations that begin after it was closed', async () => {
    const feed = makeJobFeed()
    feed.close()
    expect((await feed.changes()[Symbol.asyncIterator]().next()).done).toBe(true)
    const wait = feed.first(
      () => ({ id: 'a' }) as unknown as Job,
      () => false,
    )
    await expect(wait).rejects.toMatchObject({ code: 'cancelled' })
    expect(feed.listening).toBe(false)
  })
})

describe('progress', () => {
  const pages = (done: number) => ({ stage: 'reading', done, total: 100, unit: 'pages' as const })

  it('is told at once, then the newest at most once a while, with rate and time left', async () => {
    const held = heldJobs('import')
    const { runner, enqueue, advance } = testJobs([held])
    runner.start()
    await enqueue('import', 'a')
    const told: (number | undefined)[] = []
    const reading = (async () => {
      for await (const job of runner.changes()) told.push(job.progress?.done)
    })()
    const { context, end } = held.bodyOf('a')
    for (let done = 0; done <= 10; done += 1) context.progress(pages(done))
    await settled()
    expect(told).toEqual([0])
    await advance(200)
    expect(told).toEqual([0, 10])
    await advance(800)
    context.progress(pages(20))
    await settled()
    expect(told).toEqual([0, 10, 20])
    expect(runner.list()[0]?.progress).toMatchObject({ done: 20, perSecond: 20, remainingMs: 4000 })
    await end({ type: 'done' })
    await advance(1000)
    await runner.stop()
    await reading
    expect(told).toEqual([0, 10, 20, 20])
  })

  it('is kept with the steps it belongs to, without a rate that would be a lie later', async () => {
    const held = heldJobs('import')
    const { runner, enqueue, clock, restart, crash } = testJobs([held])
    runner.start()
    const jobId = await enqueue('import', 'a')
    const { context } = held.bodyOf('a')
    context.progress(pages(0))
    clock.advance(1000)
    context.progress(pages(50))
    context.commit(() => undefined, 50)
    context.progress(pages(60))
    crash()
    const { runner: next } = restart([heldJobs('import')])
    expect(next.get(jobId)?.progress).toEqual(pages(50))
  })
})
