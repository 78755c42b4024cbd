import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shortenPassage } from './shorten-passage.ts'

describe('shortenPassage', () => {
  const filler = 'lorem ipsum dolor sit amet '.repeat(40)

  it('leaves a short passage whole', () => {
    expect(shortenPassage('Short.', [{ start: 0, end: 5 }], 100)).toEqual({
      text: 'Short.',
      ranges: [{ start: 0, end: 5 }],
      cutBefore: false,
      cutAfter: false,
    })
  })

  it('moves to the words that were found, and cuts between words', () => {
    const text = `${filler}emergency powers ${filler}`
    const start = text.indexOf('emergency')
    const short = shortenPassage(text, [{ start, end: start + 9 }], 200)
    expect(short.cutBefore && short.cutAfter).toBe(true)
    expect(short.ranges.map((range) => short.text.slice(range.start, range.end))).toEqual(['emergency'])
    expect(short.text).toMatch(/^\w/)
    expect(filler).toContain(short.text.slice(0, 20))
    expect(short.text.length).toBeLessThanOrEqual(230)
  })

  it('prefers the beginning where it shows as much', () => {
    const text = `emergency ${filler}emergency ${filler}`
    const at = text.lastIndexOf('emergency')
    const short = shortenPassage(
      text,
      [
        { start: 0, end: 9 },
        { start: at, end: at + 9 },
      ],
      200,
    )
    expect(short.cutBefore).toBe(false)
  })

  it('never invents text and never marks other text than was found', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 300 }),
        fc.array(fc.tuple(fc.nat(299), fc.nat(20)), { maxLength: 5 }),
        fc.integer({ min: 5, max: 80 }),
        (text, pairs, length) => {
          const ranges = pairs
            .map(([start, size]) => ({ start, end: Math.min(text.length, start + size) }))
            .filter(({ start, end }) => start < end)
          const short = shortenPassage(text, ranges, length)
          const from = text.indexOf(short.text)
          expect(from).toBeGreaterThanOrEqual(0)
          for (const { start, end } of short.ranges) {
            expect(end).toBeLessThanOrEqual(short.text.length)
            expect(
              ranges.some((range) => text.slice(range.start, range.end).includes(short.text.slice(start, end))),
            ).toBe(true)
          }
        },
      ),
    )
  })
})
