import { describe, expect, it } from 'vitest'
import { SHIPPED_STYLES } from '../testing/quiz-bench.ts'
import { difficultyOf, factsNeeded } from './question-difficulty.ts'
import type { CodedStyle, Layout } from './question-styles.ts'

const terms = (...options: string[]) => ({ answers: 'terms' as const, options, answerIndex: 0, ...NOTHING })
const NOTHING = { statements: [], truths: [], codes: [], years: [] }
const layoutOf = (style: string, items: number) =>
  (SHIPPED_STYLES.get(style) as CodedStyle).layouts.find((layout) => layout.items === items) as Layout
const coded = (layout: Layout, truths: boolean[], explains?: number[]) => ({
  answers: 'codes' as const,
  ...NOTHING,
  options: layout.options.map(({ en }) => en),
  answerIndex: 0,
  statements: truths.map(String),
  truths,
  ...(explains === undefined ? {} : { explains }),
  codes: layout.options.slice(0, 4).map(({ when }) => when),
})

describe('how hard a question is', () => {
  it('is easy where one fact answers, and harder by one where the options lie close', () => {
    expect(difficultyOf(terms('Governor', 'Speaker', 'President', 'Judge'))).toBe('easy')
    expect(difficultyOf(terms('1946', '1919', '1935', '1858'))).toBe('easy')
    expect(difficultyOf(terms('1946', '1947', '1949', '1950'))).toBe('medium')
    expect(difficultyOf(terms('100 members', '389 members', '299 members', '15 members'))).toBe('easy')
    expect(difficultyOf(terms('Article 14', 'Article 15', 'Article 16', 'Article 17'))).toBe('medium')
  })

  it('counts the statements that must be known before one code is left', () => {
    expect(factsNeeded(coded(layoutOf('statements', 2), [true, false]))).toBe(2)
    expect(difficultyOf(coded(layoutOf('how-many', 3), [true, false, true]))).toBe('hard')
    // "1 only", "2 only", "3 only", "1 and 2 only": knowing that 3 holds is enough, but all must be read.
    expect(difficultyOf(coded(layoutOf('statements', 3), [false, false, true]))).toBe('medium')
  })

  it('counts the reason as a fact of its own', () => {
    const layout = layoutOf('two-statements', 2)
    expect(factsNeeded(coded(layout, [true, true], [2]))).toBe(3)
    expect(factsNeeded(coded(layout, [true, true], []))).toBe(3)
    expect(difficultyOf(coded(layout, [true, false]))).toBe('medium')
  })

  it('counts of three statements each reason that an option speaks of', () => {
    const layout = layoutOf('three-statements', 3)
    expect(factsNeeded(coded(layout, [true, true, true], [2, 3]))).toBe(4)
    // II is correct and does not explain I: no option says that neither does.
    expect(factsNeeded(coded(layout, [true, true, true], [3]))).toBe(2)
    // II wrong and III correct: only one code is left, whatever explains.
    expect(difficultyOf(coded(layout, [true, false, true], [3]))).toBe('medium')
    expect(difficultyOf(coded(layout, [true, false, false], []))).toBe('medium')
  })

  it('counts the years that settle an order', () => {
    const order = {
      ...NOTHING,
      answers: 'orders' as const,
      statements: ['a', 'b', 'c', 'd'],
      years: [1919, 1935, 1946, 1950],
      answerIndex: 0,
    }
    expect(
      difficultyOf({ ...order, options: ['1 – 2 – 3 – 4', '2 – 1 – 3 – 4', '1 – 3 – 2 – 4', '1 – 2 – 4 – 3'] }),
    ).toBe('hard')
    expect(
      difficultyOf({ ...order, options: ['1 – 2 – 3 – 4', '2 – 1 – 3 – 4', '2 – 1 – 4 – 3', '2 – 3 – 1 – 4'] }),
    ).toBe('medium')
  })
})
