import type { QuestionId } from '#contract/ids.ts'
import type { Attempt, OpenQuestion, Response } from '#contract/quiz.ts'

/** As the palette shows a question. Not seen and seen are both blanks. */
export type QuestionStanding = 'unseen' | 'skipped' | 'answered'

export interface PaletteEntry {
  questionId: QuestionId
  standing: QuestionStanding
  /** For review, whether answered or not. */
  marked: boolean
}

/** The response to each question, also to those not answered yet. */
export function responsesOf(
  attempt: Pick<Attempt, 'responses'>,
  questions: readonly Pick<OpenQuestion, 'id'>[],
): ReadonlyMap<QuestionId, Response> {
  const known = new Map(attempt.responses.map((response) => [response.questionId, response]))
  return new Map(questions.map(({ id }) => [id, known.get(id) ?? { questionId: id, chosenIndex: null, marked: false }]))
}

export function paletteOf(responses: ReadonlyMap<QuestionId, Response>, seen: ReadonlySet<QuestionId>): PaletteEntry[] {
  return [...responses.values()].map(({ questionId, chosenIndex, marked }) => ({
    questionId,
    standing: chosenIndex !== null ? 'answered' : seen.has(questionId) ? 'skipped' : 'unseen',
    marked,
  }))
}

export interface AttemptCounts {
  answered: number
  blank: number
  marked: number
  /** Marked and answered: counted in both. */
  markedAnswered: number
}

export function countResponses(responses: ReadonlyMap<QuestionId, Response>): AttemptCounts {
  const all = [...responses.values()]
  const answered = all.filter(({ chosenIndex }) => chosenIndex !== null)
  return {
    answered: answered.length,
    blank: all.length - answered.length,
    marked: all.filter(({ marked }) => marked).length,
    markedAnswered: answered.filter(({ marked }) => marked).length,
  }
}

/** Where a returning person goes on: at the first question without an answer. */
export function firstBlank(responses: ReadonlyMap<QuestionId, Response>): number {
  const index = [...responses.values()].findIndex(({ chosenIndex }) => chosenIndex === null)
  return Math.max(0, index)
}
