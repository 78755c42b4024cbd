import type { MarkingScheme } from '#contract/quiz.ts'
import type { ReviewedQuestion } from './review-filter.ts'

/** How a group of questions went. */
export interface GroupResult {
  name: string
  total: number
  correct: number
  wrong: number
  blank: number
  /** Of the answers given, 0..1; undefined where none was. */
  accuracy: number | undefined
  units: number
}

/** What giving answers was worth. */
export interface GuessResult {
  answered: number
  /** Marks an answer brought on average in units of 1/36. */
  perAnswerUnits: number
  /** What a blind guess is worth on average in units of 1/36, among the options of these questions. */
  blindUnits: number
  /** The accuracy below which answering costs marks, 0..1. */
  breakEven: number
}

/** Right, wrong and blank by group, the largest group first; dropped questions are left out. */
export function resultsBy(
  reviewed: readonly ReviewedQuestion[],
  scheme: MarkingScheme,
  groupOf: (each: ReviewedQuestion) => string,
): GroupResult[] {
  const groups = Map.groupBy(
    reviewed.filter(({ question }) => !question.dropped),
    groupOf,
  )
  return [...groups]
    .map(([name, list]) => {
      const count = (outcome: ReviewedQuestion['outcome']) => list.filter((each) => each.outcome === outcome).length
      const [correct, wrong, blank] = [count('correct'), count('wrong'), count('blank')]
      return {
        name,
        total: list.length,
        correct,
        wrong,
        blank,
        accuracy: correct + wrong > 0 ? correct / (correct + wrong) : undefined,
        units: correct * scheme.correctUnits + wrong * scheme.wrongUnits + blank * scheme.blankUnits,
      }
    })
    .sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1))
}

/** What answering brought beside leaving blank; undefined where nothing was answered. */
export function worthOfAnswering(
  reviewed: readonly ReviewedQuestion[],
  scheme: MarkingScheme,
): GuessResult | undefined {
  const answered = reviewed.filter(({ question, outcome }) => !question.dropped && outcome !== 'blank')
  if (answered.length === 0) return undefined
  const correct = answered.filter(({ outcome }) => outcome === 'correct').length
  const { correctUnits, wrongUnits, blankUnits } = scheme
  const chance = answered.reduce((sum, { question }) => sum + 1 / question.options.length, 0) / answered.length
  return {
    answered: answered.length,
    perAnswerUnits: (correct * correctUnits + (answered.length - correct) * wrongUnits) / answered.length,
    blindUnits: chance * correctUnits + (1 - chance) * wrongUnits,
    breakEven: (blankUnits - wrongUnits) / (correctUnits - wrongUnits),
  }
}

/** The questions that took longest, with their times; those without a known time are left out. */
export function slowest(reviewed: readonly ReviewedQuestion[], count: number): ReviewedQuestion[] {
  return reviewed
    .filter(({ spentMs }) => spentMs > 0)
    .toSorted((a, b) => b.spentMs - a.spentMs)
    .slice(0, count)
}
