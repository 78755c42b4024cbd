import { describe, expect, it } from 'vitest'
import { makeFeed } from './make-feed.ts'

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const values: T[] = []
  for await (const value of source) values.push(value)
  return values
}

describe('makeFeed', () => {
  it('tells what was published since the subscription, in order, to every reader', async () => {
    const feed = makeFeed<number>()
    feed.publish(0)
    const stop = new AbortController()
    const first = feed.subscribe(stop.signal)
    const second = feed.subscribe(stop.signal)
    feed.publish(1)
    feed.publish(2)
    stop.abort()
    feed.publish(3)
    expect(await collect(first)).toEqual([1, 2])
    expect(await collect(second)).toEqual([1, 2])
  })

  it('wakes a reader that waits', async () => {
    const feed = makeFeed<string>()
    const reader = feed.subscribe()[Symbol.asyncIterator]()
    const next = reader.next()
    feed.publish('a')
    expect(await next).toEqual({ value: 'a', done: false })
    await reader.return?.()
  })

  it('joins what waits for a slow reader', async () => {
    const feed = makeFeed<string[]>((waiting, next) => [...new Set([...waiting, ...next])])
    const stop = new AbortController()
    const reader = feed.subscribe(stop.signal)
    for (const id of ['a', 'b', 'a']) feed.publish([id])
    stop.abort()
    expect(await collect(reader)).toEqual([['a', 'b']])
  })

  it('ends at once for a signal that is aborted already', async () => {
    expect(await collect(makeFeed<number>().subscribe(AbortSignal.abort()))).toEqual([])
  })
})
