import { describe, expect, it } from 'vitest'
import { formatSixths, shareOfSixths } from './format-sixths.ts'

describe('formatSixths', () => {
  it.each([
    [0, '0'],
    [1, '⅙'],
    [2, '⅓'],
    [3, '½'],
    [4, '⅔'],
    [5, '⅚'],
    [6, '1'],
    [76, '12⅔'],
    [120, '20'],
    [-2, '−⅓'],
    [-4, '−⅔'],
    [-6, '−1'],
    [-20, '−3⅓'],
    [1200, '200'],
  ])('%i sixths are %s', (sixths, text) => {
    expect(formatSixths(sixths)).toBe(text)
  })

  it('is exact for ten right and one wrong of GS Paper I', () => {
    expect(formatSixths(10 * 12 - 4)).toBe('19⅓')
  })

  it('writes the whole marks as the language does', () => {
    expect(formatSixths(6 * 1234 + 3, (whole) => new Intl.NumberFormat('en-IN').format(whole))).toBe('1,234½')
  })
})

describe('shareOfSixths', () => {
  it('is between nothing and all', () => {
    expect(shareOfSixths(60, 120)).toBe(0.5)
    expect(shareOfSixths(-8, 120)).toBe(0)
    expect(shareOfSixths(0, 0)).toBe(0)
  })
})
