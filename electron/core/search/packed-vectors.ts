import { toVector, type VectorRow } from '../store/vectors.rows.ts'

/** Unit vectors of some chunks, kept in a byte a component: a quarter of what they take, and compared as fast. */
export interface PackedVectors {
  /** Ids of the chunks that may be among the `count` nearest to a unit vector, in no order: a few more than those. */
  mayBeNearest(vector: Float32Array, count: number): number[]
}

const MOST = 127
/**
 * How far a cosine of rounded components may be off, on either side. Rounding by a 254th of the largest component of 384 is
 * off by 0.0005 as a rule (its standard deviation): ten times that.
 */
const OFF_BY = 0.005

/** Packs the vectors of `count` chunks at the most. */
export function packVectors(rows: Iterable<VectorRow>, count: number, dimension: number): PackedVectors {
  const ids: number[] = []
  const bytes = new Int8Array(count * dimension)
  const scales = new Float32Array(count)
  for (const row of rows) {
    const vector = toVector(row.vector)
    let largest = 0
    for (let i = 0; i < dimension; i++) largest = Math.max(largest, Math.abs(vector[i] as number))
    const at = ids.length
    const scale = largest / MOST || 1
    scales[at] = scale
    for (let i = 0; i < dimension; i++) bytes[at * dimension + i] = Math.round((vector[i] as number) / scale)
    ids.push(row.chunkId)
  }
  return {
    mayBeNearest(vector, wanted) {
      const cosines = new Float32Array(ids.length)
      for (let at = 0, from = 0; at < ids.length; at++, from += dimension) {
        let sum = 0
        for (let i = 0; i < dimension; i++) sum += (vector[i] as number) * (bytes[from + i] as number)
        cosines[at] = sum * (scales[at] as number)
      }
      const least = cosines.toSorted()[ids.length - wanted] ?? -Infinity
      return ids.filter((_, at) => (cosines[at] as number) >= least - 2 * OFF_BY)
    },
  }
}
