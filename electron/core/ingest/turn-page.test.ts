import { describe, expect, it } from 'vitest'
import { lineDirection, type PageImage, type QuarterTurns, turnBack, turnImage } from './turn-page.ts'

/** Two rows of three pixels: 1 2 3 over 4 5 6. */
const SIX: PageImage = { width: 3, height: 2, grey: Uint8Array.from([1, 2, 3, 4, 5, 6]), pointsPerPixel: 0.5 }

describe('turning a page', () => {
  it('turns its picture clockwise by quarters', () => {
    const turned = (turns: QuarterTurns) => {
      const { width, height, grey } = turnImage(SIX, turns)
      return [width, height, ...grey]
    }
    expect(turned(0)).toEqual([3, 2, 1, 2, 3, 4, 5, 6])
    expect(turned(1)).toEqual([2, 3, 4, 1, 5, 2, 6, 3])
    expect(turned(2)).toEqual([3, 2, 6, 5, 4, 3, 2, 1])
    expect(turned(3)).toEqual([2, 3, 3, 6, 2, 5, 1, 4])
  })

  it('puts boxes back where the words stand: each pixel of a turned picture to its own place', () => {
    for (const turns of [0, 1, 2, 3] as const) {
      const { width, height, grey } = turnImage(SIX, turns)
      const boxes = [...grey].flatMap((_, at) => [at, 1, at % width, Math.floor(at / width), 1, 1])
      const back = turnBack({ width, height, boxes }, turns)
      expect([back.width, back.height]).toEqual([3, 2])
      for (let i = 0; i < back.boxes.length; i += 6) {
        const [at = 0, , x = 0, y = 0] = back.boxes.slice(i, i + 6)
        expect(SIX.grey[y * 3 + x], `turned ${turns} times, pixel ${at}`).toBe(grey[at])
      }
    }
  })

  it('tells which way lines run, and that it can’t where there are none', () => {
    const stripes = { width: 600, height: 600, grey: new Uint8Array(360_000), pointsPerPixel: 1 }
    // Lines of dashes: an empty row of 10 between rows of 10 with gaps that differ.
    stripes.grey.forEach((_, at) => {
      const [x, y] = [at % 600, Math.floor(at / 600)]
      stripes.grey[at] = y % 20 < 10 && (x + Math.floor(y / 20) * 7) % 12 < 7 ? 0 : 255
    })
    expect(lineDirection(stripes)).toBe('level')
    expect(lineDirection(turnImage(stripes, 1))).toBe('upright')
    expect(lineDirection({ ...stripes, grey: new Uint8Array(360_000).fill(255) })).toBe('unknown')
  })
})
