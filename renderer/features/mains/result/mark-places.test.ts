import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markPlaces } from './mark-places.ts'

describe('markPlaces', () => {
  it('marks what lies in a place and nothing else', () => {
    expect(markPlaces('one two three', [{ start: 4, end: 7 }])).toEqual([
      { text: 'one ', marked: false, start: 0 },
      { text: 'two', marked: true, start: 4 },
      { text: ' three', marked: false, start: 7 },
    ])
  })

  it('keeps the text whole and marks each letter that a place covers, whatever the places are', () => {
    const place = fc.record({ start: fc.nat(40), end: fc.nat(40) })
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.array(place), (text, places) => {
        const pieces = markPlaces(text, places)
        expect(pieces.map((piece) => piece.text).join('')).toBe(text)
        for (const piece of pieces) {
          for (let i = piece.start; i < piece.start + piece.text.length; i++) {
            expect(piece.marked).toBe(places.some(({ start, end }) => start <= i && i < end))
          }
        }
      }),
    )
  })
})
