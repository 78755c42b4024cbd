import { type CodePlan, planCodes } from './coded-draft.ts'
import type { Wish } from './model-prompts.ts'
import type { Layout, QuestionStyleFile } from './question-styles.ts'
import type { Random } from './seeded-random.ts'

/** What a model is asked to write for a question, and how code will set it. */
export interface ModelPlan {
  style: QuestionStyleFile
  wish: Wish
  /** Where the key is to stand, from 0. */
  place: number
  /** For coded styles: the codes, and which of the numbered statements are true. */
  codes?: { layout: Layout; plan: CodePlan }
}

/** Shapes that a small model writes well enough from one passage; the rest are left to the rules. */
export function isForModel(style: QuestionStyleFile | undefined): boolean {
  return style !== undefined && /^(?:term|blank|meaning|statements|odd-statement)$/.test(style.shape)
}

/** A plan that puts the key at the first of `places` that the style allows; the fewest statements first. */
export function planModelQuestion(
  style: QuestionStyleFile,
  { places, optionCount, random }: { places: readonly number[]; optionCount: number; random: Random },
): ModelPlan | undefined {
  const [first = 0] = places
  switch (style.shape) {
    case 'term':
    case 'blank':
    case 'meaning':
      return { style, place: first, wish: { ask: style.shape, optionCount } }
    case 'odd-statement':
      return { style, place: first, wish: { ask: 'statements', trueCount: optionCount - 1, falseCount: 1 } }
    case 'statements': {
      const layouts = style.layouts
        .filter((layout) => layout.options.length >= optionCount)
        .sort((a, b) => a.items - b.items)
      for (const place of places) {
        for (const layout of layouts) {
          const all = Array.from({ length: layout.items }, () => true)
          const plan = planCodes(layout, all, { place, optionCount, random })
          if (!plan) continue
          const trueCount = plan.truths.filter(Boolean).length
          const wish: Wish = { ask: 'statements', trueCount, falseCount: layout.items - trueCount }
          return { style, place, wish, codes: { layout, plan } }
        }
      }
      return undefined
    }
    default:
      return undefined
  }
}
