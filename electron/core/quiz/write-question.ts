import type { Difficulty, QuestionStyle } from '#contract/quiz.ts'
import type { CheckFailure } from './check-question.ts'
import type { Seat } from './plan-questions.ts'
import type { QuestionDraft } from './question-draft.ts'

/** The name of the check a candidate failed, or why there was no candidate: no readable reply, not as hard as wished, or the model did not find its own answer. */
export type DropReason = CheckFailure['check'] | 'reply' | 'level' | 'round-trip'

/** What became of one candidate. */
export type Tried =
  | { kept: QuestionDraft }
  /** `key` names what it was made from, so that it is not tried again. */
  | { dropped: { key: string; reason: DropReason } }

/** What a writer may know of the quiz so far. */
export interface SeatState {
  /** Places the key of a question of that style may take, best first. */
  places(style: QuestionStyle): readonly number[]
  /** Spoken for by another question of the quiz: a sentence as in QuestionDraft.facts. */
  isUsed(fact: string): boolean
  /** Dropped before. */
  isSpent(key: string): boolean
  /** How hard the question is to be; undefined where that does not matter. */
  level: Difficulty | undefined
  /** Look outside the seat's own stretch too. */
  anywhere: boolean
  /** The stretch of each question that is there. */
  filledStretches: readonly number[]
  /** All that is wrong with a draft, in the order of the checks. */
  check(draft: QuestionDraft): Promise<CheckFailure[]>
  signal: AbortSignal
}

/** Rules or a model: both fill seats, and both are judged by the same checks. */
export interface QuestionWriter {
  /** Tells of each candidate as it is tried, and ends with the first that is kept or when there is nothing left to try. */
  fill(seat: Seat, state: SeatState): AsyncGenerator<Tried>
}
