import { describe, expect, it } from 'vitest'
import { seededRandom } from '../quiz/seeded-random.ts'
import { searchExactly } from './exact-search.ts'
import { packVectors } from './packed-vectors.ts'

const DIMENSION = 48
const random = seededRandom('packed')

function unitVector(): Float32Array {
  const vector = Float32Array.from({ length: DIMENSION }, () => random.next() - 0.5)
  const length = Math.hypot(...vector)
  return vector.map((component) => component / length)
}

const rows = Array.from({ length: 600 }, (_, i) => ({ chunkId: 7 * i + 1, vector: Buffer.from(unitVector().buffer) }))

describe('packVectors', () => {
  it('names all of the nearest and little else', () => {
    const packed = packVectors(rows, rows.length, DIMENSION)
    for (let n = 0; n < 20; n++) {
      const vector = unitVector()
      const maybe = packed.mayBeNearest(vector, 30)
      expect(maybe).toEqual(expect.arrayContaining(searchExactly(rows, vector, 30).map(({ label }) => label)))
      expect(maybe.length).toBeLessThan(60)
    }
  })

  it('names all where as many are wanted, and none of none', () => {
    expect(packVectors(rows, rows.length, DIMENSION).mayBeNearest(unitVector(), 600)).toHaveLength(600)
    expect(packVectors(rows, rows.length, DIMENSION).mayBeNearest(unitVector(), 900)).toHaveLength(600)
    expect(packVectors([], 0, DIMENSION).mayBeNearest(unitVector(), 5)).toEqual([])
  })
})
