import { expect, it } from 'vitest'
import { SHIPPED_STYLES } from '../testing/quiz-bench.ts'
import { levelsOf } from './levels-of-style.ts'

it('works out from its options how hard questions of each style can be', () => {
  const levels = Object.fromEntries([...SHIPPED_STYLES].map(([id, style]) => [id, levelsOf(style)]))
  expect(levels).toEqual({
    statements: ['medium', 'hard'],
    direct: ['easy', 'medium'],
    negative: ['medium'],
    // Every statement must be known before one number is left.
    'how-many': ['hard'],
    pairs: ['medium', 'hard'],
    'two-statements': ['medium', 'hard'],
    'three-statements': ['medium', 'hard'],
    'assertion-reason': ['medium', 'hard'],
    chronology: ['medium', 'hard'],
    definition: ['easy'],
    cloze: ['easy', 'medium'],
  })
})
