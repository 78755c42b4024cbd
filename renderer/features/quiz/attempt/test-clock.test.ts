import { describe, expect, it } from 'vitest'
import { formatTimeLeft, readClock } from './test-clock.ts'

const DURATION_MS = 600_000

describe('readClock', () => {
  it('counts what passed since the last reading', () => {
    expect(readClock({ elapsedMs: 1000, readAtMs: 50 }, 300, DURATION_MS)).toEqual({ elapsedMs: 1250, readAtMs: 300 })
  })

  it('counts the minute between two timers of a hidden page', () => {
    expect(readClock({ elapsedMs: 0, readAtMs: 0 }, 60_000, DURATION_MS).elapsedMs).toBe(60_000)
  })

  it('does not count sleep, nor a clock set back', () => {
    expect(readClock({ elapsedMs: 5, readAtMs: 0 }, 3_600_000, DURATION_MS)).toEqual({
      elapsedMs: 5,
      readAtMs: 3_600_000,
    })
    expect(readClock({ elapsedMs: 5, readAtMs: 900 }, 100, DURATION_MS)).toEqual({ elapsedMs: 5, readAtMs: 100 })
  })

  it('ends with the test', () => {
    expect(readClock({ elapsedMs: DURATION_MS - 10, readAtMs: 0 }, 500, DURATION_MS).elapsedMs).toBe(DURATION_MS)
  })
})

describe('formatTimeLeft', () => {
  it.each([
    [7_200_000, '2:00:00'],
    [3_725_000, '1:02:05'],
    [600_000, '10:00'],
    [599_000, '9:59'],
    [6_001, '0:07'],
    [1, '0:01'],
    [0, '0:00'],
    [-500, '0:00'],
  ])('%i ms are %s', (leftMs, text) => {
    expect(formatTimeLeft(leftMs)).toBe(text)
  })
})
