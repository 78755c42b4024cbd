import { describe, expect, it } from 'vitest'
import { makeTreeScorer } from './score-trees.ts'

describe('boosted trees', () => {
  const score = makeTreeScorer({
    start: -1,
    trees: ['a<0.5 b<2 b<3 - a<0.2 - - | 1 2 3 4 5 6 7 8', 'b<1 - - - - - - | 10 0 0 0 20 0 0 0'],
  })

  it('add a leaf of each to the start', () => {
    // a < 0.5, b < 2, and no third split: the first leaf.
    expect(score({ a: 0.1, b: 0 })).toBe(-1 + 1 + 10)
    // a < 0.5, b ≥ 2, a ≥ 0.2: the fourth.
    expect(score({ a: 0.3, b: 2 })).toBe(-1 + 4 + 20)
    // a ≥ 0.5, b ≥ 3: the seventh, since there is no third split.
    expect(score({ a: 0.5, b: 3 })).toBe(-1 + 7 + 20)
  })
})
