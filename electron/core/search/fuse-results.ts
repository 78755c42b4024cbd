import type { KeywordRow } from '../store/search.rows.ts'

export interface FusedHit {
  chunkId: number
  /** 0..1. */
  score: number
  /** BM25 as a share of the best hit's; undefined when the words did not find it. */
  keyword?: number
  cosine?: number
}

/** The words' share of the score; the rest is the meaning's. */
export interface FusionWeights {
  keyword: number
}

/**
 * One ranking of what the words found and what the vectors found: the weighted sum
 * of BM25 as a share of the best and the cosine. `cosines` holds both kinds of hits.
 */
export function fuseResults(
  keywordRows: readonly KeywordRow[],
  cosines: ReadonlyMap<number, number>,
  weights: FusionWeights,
): FusedHit[] {
  const best = Math.max(...keywordRows.map(({ bm25 }) => bm25), Number.MIN_VALUE)
  const words = new Map(keywordRows.map(({ chunkId, bm25 }) => [chunkId, Math.max(0, bm25) / best]))
  return [...new Set([...words.keys(), ...cosines.keys()])]
    .map((chunkId): FusedHit => {
      const keyword = words.get(chunkId)
      const cosine = cosines.get(chunkId)
      const score = weights.keyword * (keyword ?? 0) + (1 - weights.keyword) * Math.max(0, cosine ?? 0)
      return { chunkId, score, ...(keyword !== undefined && { keyword }), ...(cosine !== undefined && { cosine }) }
    })
    .sort((a, b) => b.score - a.score || a.chunkId - b.chunkId)
}
