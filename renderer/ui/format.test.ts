import { describe, expect, it } from 'vitest'
import { makeFormat } from './format.ts'

const plain = (text: string) => text.replace(/\s/g, ' ')

describe('makeFormat', () => {
  const english = makeFormat('en-IN')
  const hindi = makeFormat('hi-IN')

  it('groups in lakhs', () => {
    expect(english.number(1234567)).toBe('12,34,567')
    expect(hindi.number(1234567)).toBe('12,34,567')
  })

  it('keeps a decimal for slow rates alone', () => {
    expect(english.rate(1.25)).toBe('1.3')
    expect(english.rate(18.4)).toBe('18')
  })

  it('names sizes, and never calls a small file empty', () => {
    expect(plain(english.bytes(0))).toBe('0 kB')
    expect(plain(english.bytes(120))).toBe('1 kB')
    expect(plain(english.bytes(1_250_000))).toBe('1.3 MB')
    expect(plain(english.bytes(2_000_000_000))).toBe('2 GB')
  })

  it('rounds durations to what matters', () => {
    expect(plain(english.duration(-5))).toMatch(/^0 secs?$/)
    expect(plain(english.duration(12_400))).toMatch(/^12 secs?$/)
    expect(plain(english.duration(59_600))).toMatch(/^1 mins?$/)
    expect(plain(english.duration(3_900_000))).toMatch(/^1 hrs? 5 mins?$/)
    expect(plain(english.duration(7_200_000))).toMatch(/^2 hrs?$/)
    expect(plain(hindi.duration(120_000))).toMatch(/मि/)
  })

  it('tells how long ago, and the date of what is long past', () => {
    const now = Date.UTC(2026, 10, 24, 12)
    expect(english.relative(now - 5 * 60_000, now)).toBe('5 minutes ago')
    expect(english.relative(now - 26 * 3_600_000, now)).toBe('yesterday')
    expect(english.relative(now - 20_000, now)).toBe('now')
    expect(english.relative(now - 40 * 86_400_000, now)).toContain('2026')
    expect(english.relative(now - 119_000, now)).toBe('1 minute ago')
    expect(hindi.relative(now - 5 * 60_000, now)).toBe('5 मिनट पहले')
  })

  it('never puts what has happened into the future, though the clock on screen lags', () => {
    expect(english.relative(1_012_000, 1_000_000)).toBe('now')
  })

  it('tells how long until', () => {
    expect(english.until(1_020_000, 1_000_000)).toBe('in 20 seconds')
    expect(english.until(1_000_000, 1_050_000)).toBe('now')
    expect(english.until(1_000_000 + 61_000, 1_000_000)).toBe('in 2 minutes')
  })
})
