import type { Difficulty } from '#contract/quiz.ts'
import { arrangeCodes, truthTables } from './arrange-codes.ts'
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

  /** Two true statements and whether the one explains the other, or one of them or both changed. */
  function planExplanation(): ModelPlan | undefined {
    if (!('layouts' in style)) return undefined
    const [layout] = style.layouts.filter(({ options }) => options.length >= optionCount)
    if (!layout) return undefined
    const tellsReason = REASON_TOLD.test(passage.text)
    for (const place of places) {
      for (const truths of random.shuffle(truthTables(2))) {
        const areTrue = truths.every(Boolean)
        for (const explains of areTrue ? [true, false] : [undefined]) {
          if (explains && !tellsReason) continue
          const options = arrangeCodes(layout, { truths, explains }, place, optionCount, random)
          if (!options) continue
          const plan: CodePlan = { truths: [...truths], options, place, order: [0, 1], ...(areTrue && { explains }) }
          if (!suits(plan)) continue
          const trueCount = truths.filter(Boolean).length
          const statements: Wish = { ask: 'statements', trueCount, falseCount: 2 - trueCount }
          const wish: Wish = explains ? { ask: 'reason' } : areTrue ? { ...statements, apart: true } : statements
          return { ...common, place, wish, codes: { layout, plan } }
        }
      }
    }
    return undefined
  }

  function suits({ truths, explains, options }: CodePlan): boolean {
    if (level === undefined) return true
    return levelOf(Math.max(2, factsForCodes({ truths, explains, codes: options.map(({ when }) => when) }))) === level
  }
}

function yearsIn(text: string): number {
  return new Set(text.match(/\b(?:1\d{3}|20\d\d)\b/g)).size
}
