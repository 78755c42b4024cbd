import type { FusedHit } from './fuse-results.ts'

/** How many of a ranking are compared closely: what is further down is seldom what was asked for. */
export const RERANKED_COUNT = 30

/** Of the closer score; measured in docs/decisions/0016, flat around these. */
const WORDS_SHARE = 0.15
/** Tokens' share of what is not the words'; the rest is the whole passage's cosine. */
const TOKENS_SHARE = 0.65
/** Brings nearness by tokens to where cosines of the same passages lie, and as wide. */
const NEARNESS_OFFSET = 0.1
const NEARNESS_SCALE = 1.4

/**
 * A ranking whose first hits are put in order by their nearness token by token, beside their words and their cosine.
 * Hits without a nearness stay below them in the order they have.
 */
export function rerankHits(hits: readonly FusedHit[], nearness: ReadonlyMap<number, number>): FusedHit[] {
  const close = hits
    .flatMap((hit) => {
      const near = nearness.get(hit.chunkId)
      return near === undefined ? [] : [{ ...hit, score: closerScore(hit, near) }]
    })
    .sort((a, b) => b.score - a.score || a.chunkId - b.chunkId)
  const least = close.at(-1)?.score ?? 1
  const others = hits
    .filter(({ chunkId }) => !nearness.has(chunkId))
    .map((hit) => ({ ...hit, score: Math.min(hit.score, least) }))
  return [...close, ...others]
}

function closerScore({ words, cosine = 0 }: FusedHit, nearness: number): number {
  const tokens = NEARNESS_SCALE * (nearness - NEARNESS_OFFSET)
  const meaning = TOKENS_SHARE * tokens + (1 - TOKENS_SHARE) * cosine
  return Math.max(0, WORDS_SHARE * words + (1 - WORDS_SHARE) * meaning)
}
