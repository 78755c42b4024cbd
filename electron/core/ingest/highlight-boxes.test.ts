import { describe, expect, it } from 'vitest'
import { highlightBoxes } from './highlight-boxes.ts'

// "The people" | " of India" on one line, "decide." on the next: start, length, x, y, width, height.
const BOXES = [0, 10, 50, 100, 100, 12, 10, 9, 150, 101, 90, 11, 20, 7, 50, 116, 70, 12]

describe('highlightBoxes', () => {
  it('gives one rectangle a line over the runs it covers', () => {
    expect(highlightBoxes(BOXES, 0, 27)).toEqual([
      { x: 50, y: 100, width: 190, height: 12 },
      { x: 50, y: 116, width: 70, height: 12 },
    ])
  })

  it('cuts a run by the share of its characters', () => {
    expect(highlightBoxes(BOXES, 4, 10)).toEqual([{ x: 90, y: 100, width: 60, height: 12 }])
    expect(highlightBoxes(BOXES, 4, 14)).toEqual([{ x: 90, y: 100, width: 100, height: 12 }])
  })

  it('gives nothing for a stretch without visible text', () => {
    expect(highlightBoxes(BOXES, 19, 20)).toEqual([])
    expect(highlightBoxes([], 0, 5)).toEqual([])
  })

  it('keeps two columns apart though their lines are level', () => {
    const columns = [0, 4, 50, 100, 200, 12, 5, 4, 300, 100, 200, 12]
    expect(highlightBoxes(columns, 0, 9)).toHaveLength(2)
  })

  it('gives one rectangle a line on a page that lies on its side, whichever way its lines run', () => {
    // "The people" | "of" | "India" down the page, "decide." on the next line, to the left of it.
    const down = [0, 10, 300, 50, 12, 100, 11, 2, 301, 154, 11, 10, 14, 5, 300, 168, 12, 50, 20, 7, 284, 50, 12, 70]
    expect(highlightBoxes(down, 4, 27)).toEqual([
      { x: 300, y: 50, width: 12, height: 168 },
      { x: 284, y: 50, width: 12, height: 70 },
    ])
    const up = [0, 10, 300, 150, 12, 100, 11, 2, 301, 136, 11, 10]
    expect(highlightBoxes(up, 0, 13)).toEqual([{ x: 300, y: 136, width: 12, height: 114 }])
  })

  it('takes a run set upright whole', () => {
    expect(highlightBoxes([0, 10, 20, 100, 12, 200], 3, 5)).toEqual([{ x: 20, y: 100, width: 12, height: 200 }])
  })
})
