import { describe, expect, it } from 'vitest'
import { resultsBy, slowest, worthOfAnswering } from './analyse-attempt.ts'
import type { ReviewedQuestion } from './review-filter.ts'

const scheme = { name: 'GS', correctUnits: 12, wrongUnits: -4, blankUnits: 0 }
const reviewed = (
  number: number,
  outcome: ReviewedQuestion['outcome'],
  options: { style?: string; spentMs?: number; dropped?: 'reported' } = {},
): ReviewedQuestion => ({
  number,
  question: {
    style: options.style ?? 'direct',
    options: ['a', 'b', 'c', 'd'],
    ...(options.dropped ? { dropped: options.dropped } : {}),
  } as ReviewedQuestion['question'],
  chosenIndex: outcome === 'blank' ? null : 0,
  marked: false,
  outcome,
  spentMs: options.spentMs ?? 0,
})

describe('resultsBy', () => {
  it('counts each group and its marks, the largest first, without what was dropped', () => {
    const results = resultsBy(
      [
        reviewed(1, 'correct', { style: 'pairs' }),
        reviewed(2, 'wrong'),
        reviewed(3, 'correct'),
        reviewed(4, 'blank'),
        reviewed(5, 'wrong', { dropped: 'reported' }),
      ],
      scheme,
      ({ question }) => question.style,
    )
    expect(results).toEqual([
      { name: 'direct', total: 3, correct: 1, wrong: 1, blank: 1, accuracy: 0.5, units: 8 },
      { name: 'pairs', total: 1, correct: 1, wrong: 0, blank: 0, accuracy: 1, units: 12 },
    ])
  })
})

describe('worthOfAnswering', () => {
  it('sets what answers brought beside a blind guess and the break-even', () => {
    const worth = worthOfAnswering([reviewed(1, 'correct'), reviewed(2, 'wrong'), reviewed(3, 'blank')], scheme)
    expect(worth).toEqual({ answered: 2, perAnswerUnits: 4, blindUnits: 0, breakEven: 0.25 })
  })

  it('says nothing where nothing was answered', () => {
    expect(worthOfAnswering([reviewed(1, 'blank')], scheme)).toBeUndefined()
  })
})

describe('slowest', () => {
  it('names the questions that took longest', () => {
    const all = [reviewed(1, 'blank', { spentMs: 5 }), reviewed(2, 'wrong', { spentMs: 90 }), reviewed(3, 'correct')]
    expect(slowest(all, 5).map(({ number }) => number)).toEqual([2, 1])
  })
})
