import { describe, expect, it } from 'vitest'
import { followStream } from './follow-stream.ts'

async function* of(...events: string[]) {
  yield* events
}

async function* breaking(...events: string[]) {
  yield* events
  throw new Error('connection lost')
}

describe('followStream', () => {
  it('opens the stream again after an end and after a break, and says what was missed', async () => {
    const abort = new AbortController()
    const openings = [() => of('a', 'b'), () => breaking('c'), () => of('d')]
    const seen: string[] = []
    let reopened = 0
    await followStream({
      open: async () => openings.shift()?.() ?? of(),
      onEvent: (event) => seen.push(event),
      onReopened: () => reopened++,
      signal: abort.signal,
      sleep: async () => {
        if (openings.length === 0) abort.abort()
      },
    })
    expect(seen).toEqual(['a', 'b', 'c', 'd'])
    expect(reopened).toBe(2)
  })

  it('waits longer each time it cannot be opened, up to a bound, and starts afresh after an event', async () => {
    const abort = new AbortController()
    const waits: number[] = []
    let attempts = 0
    await followStream({
      open: async () => {
        attempts++
        if (attempts === 6) return of('back')
        throw new Error('refused')
      },
      onEvent: () => {},
      onReopened: () => {},
      signal: abort.signal,
      sleep: async (durationMs) => {
        waits.push(durationMs)
        if (waits.length === 7) abort.abort()
      },
    })
    expect(waits).toEqual([500, 1000, 2000, 4000, 5000, 500, 1000])
  })

  it('stops when the wait is ended', async () => {
    const abort = new AbortController()
    let opened = 0
    await followStream({
      open: async () => {
        opened++
        return of()
      },
      onEvent: () => {},
      onReopened: () => {},
      signal: abort.signal,
      sleep: async () => {
        throw new Error('aborted')
      },
    })
    expect(opened).toBe(1)
  })
})
