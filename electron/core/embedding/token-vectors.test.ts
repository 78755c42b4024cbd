import { describe, expect, it } from 'vitest'
import { compareTokenVectors, packedLength, packTokenVectors } from './token-vectors.ts'

/** The same numbers in any run, -1..1. */
function numbers(count: number, seed: number): Float32Array<ArrayBuffer> {
  let state = seed
  return Float32Array.from({ length: count }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9
    return (state | 0) / 2 ** 31
  })
}

function unit(vector: Float32Array): Float32Array<ArrayBuffer> {
  const length = Math.hypot(...vector)
  return Float32Array.from(vector, (component) => component / length)
}

describe('packTokenVectors', () => {
  it('keeps the signs of the sums of neighbours among the rows that are kept, lowest bit first', () => {
    const rows = Float32Array.from(
      [
        [1, -1, 0.5, 0, 2, -2, 1, 1],
        [9, 9, 9, 9, 9, 9, 9, 9], // not kept
        [-2, 0, 0, 1, 0, 3, -2, 0],
        [-1, -1, 1, 1, 1, 1, 1, -1],
      ].flat(),
    )
    // Row 0 + row 2: -1 -1 0.5 1 2 1 -1 1; row 3 alone.
    expect([...packTokenVectors(rows, 8, [0, 2, 3])]).toEqual([0b10111100, 0b01111100])
    expect(packTokenVectors(rows, 8, [])).toHaveLength(0)
  })
})

// Three bytes, a multiple of four, and some more than that.
describe.each([24, 64, 88])('compareTokenVectors of %i components', (dimension) => {
  const questionCount = 5
  const vectors = new Float32Array(questionCount * dimension)
  for (let i = 0; i < questionCount; i++) vectors.set(unit(numbers(dimension, 100 + i)), i * dimension)
  const weights = Float32Array.from([1, 0.35, 1, 0, 1])

  it('is the weighted mean of the greatest cosines to the signs', () => {
    const rows = numbers(7 * dimension, 7)
    const packed = packTokenVectors(rows, dimension, [0, 1, 2, 3, 4, 5, 6])
    const sums = Array.from({ length: 4 }, (_, pair) =>
      Array.from({ length: dimension }, (_, i) => {
        const at = (row: number) => rows[row * dimension + i] as number
        return at(pair * 2) + at(Math.min(pair * 2 + 1, 6)) > 0 ? 1 : -1
      }),
    )
    let expected = 0
    for (let token = 0; token < questionCount; token++) {
      const cosines = sums.map((signs) =>
        signs.reduce(
          (sum, sign, i) => sum + (sign * (vectors[token * dimension + i] as number)) / Math.sqrt(dimension),
          0,
        ),
      )
      expected += (weights[token] as number) * Math.max(...cosines)
    }
    const [near] = compareTokenVectors({ vectors, weights, dimension }, [packed])
    expect(near).toBeCloseTo(expected / 3.35, 5)
  })

  it('is nearest to its own tokens', () => {
    const doubled = Array.from({ length: questionCount }, (_, i) => [i, i]).flat()
    const [own = 0, other = 0] = compareTokenVectors({ vectors, weights, dimension }, [
      packTokenVectors(vectors, dimension, doubled),
      packTokenVectors(numbers(10 * dimension, 3), dimension, [0, 1, 2, 3, 4, 5]),
    ])
    expect(own).toBeGreaterThan(0.7)
    expect(other).toBeLessThan(own - 0.2)
  })

  it('tells nothing of a passage without token vectors, or with those of another dimension', () => {
    const own = packTokenVectors(vectors, dimension, [0, 1])
    const others = [new Uint8Array(), new Uint8Array(packedLength(dimension) + 1)]
    const [none, foreign, near] = compareTokenVectors({ vectors, weights, dimension }, [...others, own])
    expect([none, foreign]).toEqual([undefined, undefined])
    expect(near).toBeGreaterThan(0)
  })
})
