import type { Question, Response } from '#contract/quiz.ts'

export const REVIEW_FILTERS = ['all', 'wrong', 'blank', 'correct', 'marked'] as const
export type ReviewFilter = (typeof REVIEW_FILTERS)[number]

export interface ReviewedQuestion {
  /** From 1, as in the test. */
  number: number
  question: Question
  /** null is a blank. */
  chosenIndex: number | null
  marked: boolean
  /** How long it was in view, as far as is known. */
  spentMs: number
  outcome: 'correct' | 'wrong' | 'blank'
}

/** Each question beside what was answered, in the order of the test. */
export function reviewQuestions(questions: readonly Question[], responses: readonly Response[]): ReviewedQuestion[] {
  const byQuestion = new Map(responses.map((response) => [response.questionId, response]))
  return questions.map((question, index) => {
    const { chosenIndex = null, marked = false, spentMs = 0 } = byQuestion.get(question.id) ?? {}
    const outcome = chosenIndex === null ? 'blank' : chosenIndex === question.answerIndex ? 'correct' : 'wrong'
    return { number: index + 1, question, chosenIndex, marked, spentMs, outcome }
  })
}

/** A dropped question is neither right nor wrong. */
export function matchesFilter({ question, outcome, marked }: ReviewedQuestion, filter: ReviewFilter): boolean {
  return filter === 'all' || (filter === 'marked' ? marked : outcome === filter && !question.dropped)
}

export function countByFilter(reviewed: readonly ReviewedQuestion[]): Record<ReviewFilter, number> {
  const count = (filter: ReviewFilter) => reviewed.filter((each) => matchesFilter(each, filter)).length
  return {
    all: reviewed.length,
    wrong: count('wrong'),
    blank: count('blank'),
    correct: count('correct'),
    marked: count('marked'),
  }
}
