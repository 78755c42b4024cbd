/** A passage that words or vectors found. */
export interface Candidate {
  chunkId: number
  /** The share of the query's words that it names, by rarity, 0..1. */
  coverage: number
  /** Its BM25 as a share of the best there could be, 0..1; 0 where FTS5 did not find it. */
  bm25: number
  cosine?: number
}

export interface FusedHit {
  chunkId: number
  /** 0..1. */
  score: number
  /** What the words speak for it, 0..1: the part of `score` that is not the meaning's. */
  words: number
  /** The share of the query's words that it names; undefined when it names none. */
  keyword?: number
  cosine?: number
}

/** How the two kinds of evidence are weighed. */
export interface FusionWeights {
  /** The words' share of the score; the rest is the meaning's. */
  keyword: number
  /** BM25's share of what the words count for; the rest is the coverage's. */
  bm25: number
}

/**
 * One ranking of what the words found and what the vectors found: the weighted sum of
 * the words' evidence and the cosine. How much of the query a passage names compares
 * across queries, where BM25 over the best hit's does not: a question in other words
 * than the text's has a best hit by chance too. Measured in docs/decisions.
 */
export function fuseResults(candidates: readonly Candidate[], weights: FusionWeights): FusedHit[] {
  return candidates
    .map(({ chunkId, coverage, bm25, cosine }): FusedHit => {
      const words = (1 - weights.bm25) * coverage + weights.bm25 * bm25
      const score = weights.keyword * words + (1 - weights.keyword) * Math.max(0, cosine ?? 0)
      return {
        chunkId,
        score,
        words,
        ...(coverage > 0 && { keyword: coverage }),
        ...(cosine !== undefined && { cosine }),
      }
    })
    .sort((a, b) => b.score - a.score || a.chunkId - b.chunkId)
}
