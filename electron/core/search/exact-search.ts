import type { VectorHit } from '../ports.ts'
import { toVector, type VectorRow } from '../store/vectors.rows.ts'

/** The `limit` rows nearest to `vector` by cosine, best first: every row is looked at. Unit vectors. */
export function searchExactly(rows: Iterable<VectorRow>, vector: Float32Array, limit: number): VectorHit[] {
  const best: VectorHit[] = []
  for (const row of rows) {
    const score = cosine(vector, toVector(row.vector))
    if (best.length === limit && score <= (best.at(-1)?.score ?? 0)) continue
    let at = best.length
    while (at > 0 && (best[at - 1]?.score ?? 0) < score) at--
    best.splice(at, 0, { label: row.chunkId, score })
    if (best.length > limit) best.pop()
  }
  return best
}

/** Cosine of two unit vectors. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0
  // Index loop: this runs for every vector of a library.
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}
