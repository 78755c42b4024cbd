import type { Code, Layout } from './question-styles.ts'
import type { Random } from './seeded-random.ts'

/** What is true of a coded question's items. */
export interface ItemTruth {
  truths: readonly boolean[]
  /** Where the first is true: which of the true ones after it, numbered from 1, explain it. */
  explains?: readonly number[] | undefined
}

/** Whether an option is right. */
export function codeHolds(code: Code, { truths, explains }: ItemTruth): boolean {
  if ('count' in code) return truths.filter(Boolean).length === code.count
  if ('true' in code) {
    return (
      truths.every((truth, at) => truth === code.true.includes(at + 1)) && code.true.every((n) => n <= truths.length)
    )
  }
  if (!holdsOf(code, truths)) return false
  return code.explains === undefined || code.explains === (explains ?? []).length
}

/** Whether the truths are those, or among those, that the code names. */
export function holdsOf(code: Extract<Code, { truths: unknown }>, truths: readonly boolean[]): boolean {
  return [code.truths].flat().includes(truths.map((truth) => (truth ? 'T' : 'F')).join(''))
}

/** Every choice of statements that may explain the first: of the true ones after it, where it is true itself. */
export function explainingChoices(truths: readonly boolean[]): (number[] | undefined)[] {
  if (!truths[0]) return [undefined]
  const later = truths.flatMap((truth, at) => (truth && at > 0 ? [at + 1] : []))
  return truthTables(later.length).map((chosen) => later.filter((_, at) => chosen[at]))
}

export type LayoutOption = Layout['options'][number]

/**
 * The options to print, in the paper's order, with the right one at `place` (from 0). Undefined when the
 * layout has no right option for that truth, or too few before or after it.
 */
export function arrangeCodes(
  layout: Layout,
  truth: ItemTruth,
  place: number,
  optionCount: number,
  random: Random,
): LayoutOption[] | undefined {
  const key = layout.options.findIndex(({ when }) => codeHolds(when, truth))
  if (key < 0) return undefined
  if (!layout.choose) return key === place ? layout.options.slice(0, optionCount) : undefined
  const indexes = layout.options.map((_, at) => at)
  const before = random.shuffle(indexes.slice(0, key))
  const after = random.shuffle(indexes.slice(key + 1))
  if (before.length < place || after.length < optionCount - 1 - place) return undefined
  return [...before.slice(0, place), key, ...after.slice(0, optionCount - 1 - place)]
    .sort((a, b) => a - b)
    .flatMap((at) => layout.options[at] ?? [])
}

/** Every truth so many items may have. */
export function truthTables(count: number): boolean[][] {
  return Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_, at) => (bits & (1 << at)) !== 0),
  )
}

/**
 * Which item stands at each number such that each false number gets one that can be made false; undefined
 * when too few can. Items keep no order of their own.
 */
export function orderFor(
  truths: readonly boolean[],
  changeable: readonly boolean[],
  random: Random,
): number[] | undefined {
  const all = random.shuffle(truths.map((_, at) => at))
  const falseCount = truths.filter((truth) => !truth).length
  const changed = all.filter((at) => changeable[at]).slice(0, falseCount)
  if (changed.length < falseCount) return undefined
  const kept = all.filter((at) => !changed.includes(at))
  return truths.map((truth) => (truth ? kept.shift() : changed.shift()) as number)
}
