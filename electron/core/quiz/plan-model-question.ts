import type { Difficulty } from '#contract/quiz.ts'
import { arrangeCodes, explainingChoices, truthTables } from './arrange-codes.ts'
import { type CodePlan, planCodes } from './coded-draft.ts'
import { REASON_TOLD } from './find-explanations.ts'
import { levelsOf } from './levels-of-style.ts'
import type { Wish } from './model-prompts.ts'
import type { Passage } from './passages.ts'
import { factsForCodes, levelOf } from './question-difficulty.ts'
import type { Layout, QuestionStyleFile } from './question-styles.ts'
import type { Random } from './seeded-random.ts'

/** What a model is asked to write for a question, and how code will set it. */
export interface ModelPlan {
  style: QuestionStyleFile
  wish: Wish
  /** Where the key is to stand, from 0. */
  place: number
  /** For coded styles: the codes, and which of the numbered items are true. */
  codes?: { layout: Layout; plan: CodePlan }
  optionCount: number
  random: Random
}

/** Events of one question, at the most and at the least. */
const MOST_EVENTS = 4
const LEAST_EVENTS = 3
/** Where a reason may be of two parts. */
const REASONS_TOLD = /\bbecause\b[^.?!]*\band\b|क्योंकि[^।?!]* (?:और|तथा|एवं) /u

/**
 * Whether a model writes questions of that style and level. A term with close options can't be asked for
 * before the options are there: those are left to the rules.
 */
export function isForModel(style: QuestionStyleFile | undefined, level: Difficulty | undefined): boolean {
  return style !== undefined && !(level === 'medium' && levelsOf(style).includes('easy'))
}

/** Shapes that few passages have the matter for: where no passage has it, the rules take it from several pages. */
export function isScarce(style: QuestionStyleFile | undefined): boolean {
  return style !== undefined && /^(?:pairs|explanation|chronology)$/.test(style.shape)
}

/**
 * A plan that puts the key at the first of `places` that the style allows, and takes what the passage can give;
 * the fewest statements first. Undefined where the passage has not the matter for it.
 */
export function planModelQuestion(
  style: QuestionStyleFile,
  {
    places,
    optionCount,
    random,
    passage,
    level,
  }: {
    places: readonly number[]
    optionCount: number
    random: Random
    passage: Pick<Passage, 'text' | 'sentences'>
    level?: Difficulty | undefined
  },
): ModelPlan | undefined {
  const [first = 0] = places
  const common = { style, optionCount, random }
  switch (style.shape) {
    case 'term':
    case 'blank':
    case 'meaning':
      return { ...common, place: first, wish: { ask: style.shape, optionCount } }
    case 'odd-statement':
      return { ...common, place: first, wish: { ask: 'statements', trueCount: optionCount - 1, falseCount: 1 } }
    case 'chronology': {
      const count = Math.min(MOST_EVENTS, yearsIn(passage.text))
      return count < LEAST_EVENTS ? undefined : { ...common, place: first, wish: { ask: 'events', count } }
    }
    case 'explanation':
      return planExplanation()
    case 'statements':
    case 'pairs': {
      const arePairs = style.shape === 'pairs'
      for (const { layout, plan } of codePlans()) {
        const trueCount = plan.truths.filter(Boolean).length
        const falseCount = layout.items - trueCount
        // Right halves of wrong pairs change places; for a single one there is another pair to take it from.
        const count = layout.items + (falseCount === 1 ? 1 : 0)
        if (arePairs && passage.sentences.length < count) continue
        const wish: Wish = arePairs ? { ask: 'pairs', count } : { ask: 'statements', trueCount, falseCount }
        return { ...common, place: plan.place, wish, codes: { layout, plan } }
      }
      return undefined
    }
  }

  function* codePlans(): Generator<{ layout: Layout; plan: CodePlan }> {
    if (!('layouts' in style)) return
    const layouts = style.layouts
      .filter((layout) => layout.options.length >= optionCount)
      .sort((a, b) => a.items - b.items)
    for (const place of places) {
      for (const layout of layouts) {
        const all = Array.from({ length: layout.items }, () => true)
        const plan = planCodes(layout, all, { place, optionCount, random })
        if (plan && suits(plan)) yield { layout, plan }
      }
    }
  }

  /** A statement and one or two more: which of them are changed, and which of the true ones explain it. */
  function planExplanation(): ModelPlan | undefined {
    if (!('layouts' in style)) return undefined
    const layout = style.layouts.find(({ options }) => options.length >= optionCount)
    if (!layout) return undefined
    for (const place of places) {
      for (const truths of random.shuffle(truthTables(layout.items))) {
        for (const explains of explainingChoices(truths).reverse()) {
          if (!mayTell(explains?.length ?? 0)) continue
          const options = arrangeCodes(layout, { truths, explains }, place, optionCount, random)
          if (!options) continue
          const plan: CodePlan = { truths, options, place, order: truths.map((_, at) => at), explains }
          if (suits(plan)) return { ...common, place, wish: wishFor(plan), codes: { layout, plan } }
        }
      }
    }
    return undefined
  }

  function mayTell(reasonCount: number): boolean {
    return reasonCount === 0 || (reasonCount === 1 ? REASON_TOLD : REASONS_TOLD).test(passage.text)
  }

  function wishFor({ truths, explains = [] }: CodePlan): Wish {
    const trueCount = truths.filter(Boolean).length
    const falseCount = truths.length - trueCount
    if (explains.length > 0) {
      const others = { trueCount: trueCount - 1 - explains.length, falseCount }
      return { ask: 'reasons', reasonCount: explains.length, ...others }
    }
    return { ask: 'statements', trueCount, falseCount, ...(falseCount === 0 && { apart: true }) }
  }

  function suits({ truths, explains, options }: CodePlan): boolean {
    if (level === undefined) return true
    return levelOf(Math.max(2, factsForCodes({ truths, explains, codes: options.map(({ when }) => when) }))) === level
  }
}

function yearsIn(text: string): number {
  return new Set(text.match(/\b(?:1\d{3}|20\d\d)\b/g)).size
}
