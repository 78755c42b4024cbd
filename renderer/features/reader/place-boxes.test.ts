import { describe, expect, it } from 'vitest'
import { placeBoxes, type Turn } from './place-boxes.ts'

const page = { width: 600, height: 800 }
// The margin of 12 % of the height is 2.4 points.
const box = { x: 62.4, y: 82.4, width: 295.2, height: 20 }

const rounded = (turn: Turn) =>
  placeBoxes([box], page, turn).map((placed) =>
    Object.fromEntries(Object.entries(placed).map(([key, value]) => [key, Math.round(value * 1e6) / 1e6])),
  )

describe('placeBoxes', () => {
  it('gives shares of the page, with a margin', () => {
    expect(rounded(0)).toEqual([{ left: 0.1, top: 0.1, width: 0.5, height: 0.031 }])
  })

  it('follows the page when it is turned', () => {
    expect(rounded(90)).toEqual([{ left: 0.869, top: 0.1, width: 0.031, height: 0.5 }])
    expect(rounded(180)).toEqual([{ left: 0.4, top: 0.869, width: 0.5, height: 0.031 }])
    expect(rounded(270)).toEqual([{ left: 0.1, top: 0.4, width: 0.031, height: 0.5 }])
  })

  it('grows a line that runs down the page no more than one across it', () => {
    const [placed] = placeBoxes([{ x: 82.4, y: 62.4, width: 20, height: 295.2 }], { width: 800, height: 600 })
    expect(placed?.left).toBeCloseTo(0.1)
    expect(placed?.width).toBeCloseTo(0.031)
  })

  it('cuts at the edge of the page and drops what lies outside', () => {
    const placed = placeBoxes(
      [
        { x: 580, y: 10, width: 100, height: 10 },
        { x: 700, y: 10, width: 100, height: 10 },
      ],
      page,
    )
    expect(placed).toHaveLength(1)
    expect((placed[0]?.left ?? 0) + (placed[0]?.width ?? 0)).toBe(1)
  })

  it('has nothing to place on a page without a size', () => {
    expect(placeBoxes([box], { width: 0, height: 0 })).toEqual([])
  })
})
