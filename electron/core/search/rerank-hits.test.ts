import { describe, expect, it } from 'vitest'
import { rerankHits } from './rerank-hits.ts'

const hit = (chunkId: number, score: number, words = 0.5) => ({ chunkId, score, words, cosine: 0.4 })

describe('rerankHits', () => {
  it('puts the first hits in the order of their tokens, and leaves the others below as they were', () => {
    const hits = [hit(1, 0.9), hit(2, 0.8), hit(3, 0.7), hit(4, 0.6), hit(5, 0.5)]
    const ranked = rerankHits(
      hits,
      new Map([
        [1, 0.2],
        [2, 0.5],
        [3, 0.3],
      ]),
    )
    expect(ranked.map(({ chunkId }) => chunkId)).toEqual([2, 3, 1, 4, 5])
    const scores = ranked.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  })

  it('still hears the words where the tokens are alike', () => {
    const ranked = rerankHits(
      [hit(1, 0.9, 0.2), hit(2, 0.8, 1)],
      new Map([
        [1, 0.4],
        [2, 0.4],
      ]),
    )
    expect(ranked.map(({ chunkId }) => chunkId)).toEqual([2, 1])
  })
})
