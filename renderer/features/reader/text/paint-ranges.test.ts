import { describe, expect, it } from 'vitest'
import { paintRanges } from './paint-ranges.ts'

describe('paintRanges', () => {
  it('leaves an unmarked stretch whole', () => {
    expect(paintRanges(5, 9, [{ start: 20, end: 30, paint: 'quote' }])).toEqual([{ start: 5, end: 9, paints: [] }])
  })

  it('cuts where ranges begin and end, and knows which overlap', () => {
    expect(
      paintRanges(0, 20, [
        { start: 4, end: 12, paint: 'quote' },
        { start: 10, end: 14, paint: 'match' },
      ]),
    ).toEqual([
      { start: 0, end: 4, paints: [] },
      { start: 4, end: 10, paints: ['quote'] },
      { start: 10, end: 12, paints: ['quote', 'match'] },
      { start: 12, end: 14, paints: ['match'] },
      { start: 14, end: 20, paints: [] },
    ])
  })

  it('cuts a range that reaches beyond the stretch', () => {
    expect(paintRanges(10, 20, [{ start: 0, end: 99, paint: 'quote' }])).toEqual([
      { start: 10, end: 20, paints: ['quote'] },
    ])
  })

  it('has no part of nothing', () => {
    expect(paintRanges(3, 3, [{ start: 0, end: 9, paint: 'match' }])).toEqual([])
  })
})
