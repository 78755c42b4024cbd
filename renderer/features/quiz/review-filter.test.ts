import { describe, expect, it } from 'vitest'
import { QuestionId } from '#contract/ids.ts'
import type { Question } from '#contract/quiz.ts'
import { countByFilter, matchesFilter, reviewQuestions } from './review-filter.ts'

const question = (id: string, answerIndex: number) => ({ id: QuestionId.parse(id), answerIndex }) as Question
const response = (id: string, chosenIndex: number | null, marked = false) => ({
  questionId: QuestionId.parse(id),
  chosenIndex,
  marked,
})
const reviewed = reviewQuestions(
  [question('a', 0), question('b', 1), question('c', 2), question('d', 3)],
  [response('c', null, true), response('b', 0, true), response('a', 0)],
)

describe('reviewQuestions', () => {
  it('compares each answer with the key; the first option is an answer, a missing response a blank', () => {
    expect(reviewed.map(({ number, outcome }) => [number, outcome])).toEqual([
      [1, 'correct'],
      [2, 'wrong'],
      [3, 'blank'],
      [4, 'blank'],
    ])
  })
})

describe('countByFilter', () => {
  it('counts as the buttons say', () => {
    expect(countByFilter(reviewed)).toEqual({ all: 4, wrong: 1, blank: 2, correct: 1, marked: 2 })
  })
})

describe('matchesFilter', () => {
  it('shows marked questions whatever became of them', () => {
    expect(reviewed.filter((each) => matchesFilter(each, 'marked')).map(({ number }) => number)).toEqual([2, 3])
  })
})
