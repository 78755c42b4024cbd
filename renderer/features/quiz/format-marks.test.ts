import { describe, expect, it } from 'vitest'
import { formatMarks, shareOfMarks } from './format-marks.ts'

describe('formatMarks', () => {
  it.each([
    [0, '0'],
    [6, '⅙'],
    [12, '⅓'],
    [18, '½'],
    [24, '⅔'],
    [30, '⅚'],
    [36, '1'],
    [456, '12⅔'],
    [720, '20'],
    [-12, '−⅓'],
    [-24, '−⅔'],
    [-36, '−1'],
    [-120, '−3⅓'],
    [7200, '200'],
    // A quarter off, as the BPSC takes; four ninths, as the UPPSC does.
    [-9, '−¼'],
    [-16, '−⁴⁄₉'],
    [48, '1⅓'],
    [1, '¹⁄₃₆'],
  ])('%i units are %s', (units, text) => {
    expect(formatMarks(units)).toBe(text)
  })

  it('is exact for ten right and one wrong of GS Paper I', () => {
    expect(formatMarks(10 * 72 - 24)).toBe('19⅓')
  })

  it('writes the whole marks as the language does', () => {
    expect(formatMarks(36 * 1234 + 18, (whole) => new Intl.NumberFormat('en-IN').format(whole))).toBe('1,234½')
  })
})

describe('shareOfMarks', () => {
  it('is between nothing and all', () => {
    expect(shareOfMarks(60, 120)).toBe(0.5)
    expect(shareOfMarks(-8, 120)).toBe(0)
    expect(shareOfMarks(0, 0)).toBe(0)
  })
})
