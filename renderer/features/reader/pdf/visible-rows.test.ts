import { describe, expect, it } from 'vitest'
import { scrollToRow, visibleRows } from './visible-rows.ts'

const list = { viewportHeight: 500, rowHeight: 200, rowCount: 1000, overscan: 1 }

describe('visibleRows', () => {
  it('shows the first rows at the top', () => {
    expect(visibleRows({ ...list, scrollTop: 0 })).toEqual({ first: 0, end: 4 })
  })

  it('shows a handful of a thousand rows in the middle', () => {
    expect(visibleRows({ ...list, scrollTop: 100_000 })).toEqual({ first: 499, end: 504 })
  })

  it('ends with the last row', () => {
    expect(visibleRows({ ...list, scrollTop: 199_500 })).toEqual({ first: 996, end: 1000 })
  })

  it('shows nothing of an empty list, even scrolled past its end', () => {
    expect(visibleRows({ ...list, rowCount: 0, scrollTop: 0 })).toEqual({ first: 0, end: 0 })
    expect(visibleRows({ ...list, rowCount: 2, scrollTop: 90_000 })).toEqual({ first: 2, end: 2 })
  })
})

describe('scrollToRow', () => {
  it('leaves a row in view alone', () => {
    expect(scrollToRow(5, { ...list, scrollTop: 950 })).toBeUndefined()
  })

  it('brings a row above and a row below into view', () => {
    expect(scrollToRow(2, { ...list, scrollTop: 950 })).toBe(350)
    expect(scrollToRow(20, { ...list, scrollTop: 950 })).toBe(3750)
  })

  it('does not scroll above the first row', () => {
    expect(scrollToRow(0, { ...list, scrollTop: 950 })).toBe(0)
  })
})
