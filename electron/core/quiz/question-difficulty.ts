import type { Difficulty } from '#contract/quiz.ts'
import { codeHolds, type ItemTruth } from './arrange-codes.ts'
import type { QuestionDraft } from './question-draft.ts'

type Judged = Pick<
  QuestionDraft,
  'answers' | 'options' | 'answerIndex' | 'statements' | 'truths' | 'explains' | 'codes' | 'years'
>

/** Years nearer than this to each other, and other numbers within this share, must be known, not guessed. */
const CLOSE_YEARS = 10
const CLOSE_SHARE = 0.2

/**
 * How hard a question is, by what can be counted: the fewest facts that must be known for one option alone to
 * be left. 1 is easy, 2 medium, 3 and more hard. Of several statements at least two must be weighed; wrong
 * options that lie close to the right one count as one fact more.
 */
export function difficultyOf(draft: Judged): Difficulty {
  return levelOf(factsNeeded(draft))
}

/** The level of a question that takes so many facts. */
export const levelOf = (facts: number): Difficulty => (facts <= 1 ? 'easy' : facts === 2 ? 'medium' : 'hard')

/** The fewest facts, from 1, that leave the key alone. */
export function factsNeeded(draft: Judged): number {
  switch (draft.answers) {
    case 'terms':
      return 1 + Number(areClose(draft.options))
    case 'statements':
      return 2
    case 'codes':
      return Math.max(2, factsForCodes(draft))
    case 'orders':
      return Math.max(2, factsForOrders(draft))
  }
}

/** Whether every option is a number or a year hard by the next. */
function areClose(options: readonly string[]): boolean {
  const numbers = options.map((option) =>
    Number(/\d{4}|\d+(?:\.\d+)?/.exec(option.replace(/,/g, ''))?.[0] ?? Number.NaN),
  )
  if (numbers.some((number) => Number.isNaN(number))) return false
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)]
  const areYears = least >= 1000 && most <= 2100
  return areYears ? most - least <= CLOSE_YEARS : most - least <= Math.max(4, most * CLOSE_SHARE)
}

/** Truths of the items, and after them whether each but the first explains it, where an option speaks of that. */
export function factsForCodes({ truths, explains, codes }: ItemTruth & Pick<Judged, 'codes'>): number {
  const hasReason = codes.some((code) => 'truths' in code && code.explains !== undefined)
  const later = hasReason ? truths.slice(1).map((_, at) => at + 2) : []
  const unknowns = truths.length + later.length
  const worlds = Array.from({ length: 2 ** unknowns }, (_, bits) =>
    Array.from({ length: unknowns }, (_, at) => (bits & (1 << at)) !== 0),
  )
  const actual = [...truths, ...later.map((item) => explains?.includes(item) ?? false)]
  const right = (world: readonly boolean[]) => {
    const truth = {
      truths: world.slice(0, truths.length),
      explains: later.filter((item, at) => world[item - 1] && world[truths.length + at]),
    }
    return codes.flatMap((code, at) => (codeHolds(code, truth) ? [at] : []))
  }
  const fits = (world: readonly boolean[], known: readonly number[]) =>
    known.every((at) => world[at] === actual[at]) && right(world).length > 0
  return fewest(unknowns, (known) => {
    const left = new Set(worlds.filter((world) => fits(world, known)).flatMap(right))
    return left.size === 1
  })
}

/** Events whose years must be known for one of the orders to be left. */
function factsForOrders({ options, years }: Judged): number {
  const orders = options.map((option) => (option.match(/\d+/g) ?? []).map((item) => Number(item) - 1))
  return fewest(
    years.length,
    (known) =>
      orders.filter((order) => {
        const told = order.filter((event) => known.includes(event)).map((event) => years[event] ?? 0)
        return told.every((year, at) => at === 0 || year > (told[at - 1] ?? 0))
      }).length === 1,
  )
}

/** The size of the smallest set out of `count` things that settles; all of them where none does. */
function fewest(count: number, settles: (known: readonly number[]) => boolean): number {
  const sets = Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_, at) => at).filter((at) => (bits & (1 << at)) !== 0),
  )
  return sets.reduce((least, known) => (known.length < least && settles(known) ? known.length : least), count)
}
