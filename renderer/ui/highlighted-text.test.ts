import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitByRanges } from './highlighted-text.tsx'

describe('splitByRanges', () => {
  it('marks what the ranges cover', () => {
    expect(splitByRanges('a fair trial', [{ start: 2, end: 6 }])).toEqual([
      { text: 'a ', marked: false, start: 0 },
      { text: 'fair', marked: true, start: 2 },
      { text: ' trial', marked: false, start: 6 },
    ])
  })

  it('joins ranges that overlap or touch', () => {
    const parts = splitByRanges('abcdef', [
      { start: 2, end: 4 },
      { start: 1, end: 3 },
      { start: 4, end: 5 },
    ])
    expect(parts.filter(({ marked }) => marked)).toEqual([{ text: 'bcde', marked: true, start: 1 }])
  })

  it('never loses or repeats a character, and marks exactly the covered ones', () => {
    const range = fc
      .tuple(fc.integer({ min: -3, max: 30 }), fc.integer({ min: -3, max: 30 }))
      .map(([start, end]) => ({ start, end }))
    fc.assert(
      fc.property(fc.string({ maxLength: 24 }), fc.array(range, { maxLength: 6 }), (text, ranges) => {
        const parts = splitByRanges(text, ranges)
        expect(parts.map((part) => part.text).join('')).toBe(text)
        for (const part of parts) {
          for (let at = part.start; at < part.start + part.text.length; at++) {
            expect(ranges.some(({ start, end }) => start <= at && at < end)).toBe(part.marked)
          }
        }
      }),
    )
  })
})
