import type { Difficulty } from '#contract/quiz.ts'
import { codeHolds, explainingChoices, truthTables } from './arrange-codes.ts'
import { factsForCodes, levelOf } from './question-difficulty.ts'
import type { Code, Layout, QuestionStyleFile } from './question-styles.ts'

const LEVELS: readonly Difficulty[] = ['easy', 'medium', 'hard']
/** Options that exams print. */
const OPTION_COUNTS = [4, 5]
/** Of styles without codes. */
const OF_SHAPE: Record<Exclude<QuestionStyleFile['shape'], 'statements' | 'pairs' | 'explanation'>, Difficulty[]> = {
  term: ['easy', 'medium'],
  blank: ['easy', 'medium'],
  meaning: ['easy'],
  'odd-statement': ['medium'],
  chronology: ['medium', 'hard'],
}

/**
 * The levels that questions of a style can have, the easiest first. Of coded styles they are worked out from
 * what the options say: "how many" leaves one option only when every statement is known, so it is always hard.
 */
export function levelsOf(style: QuestionStyleFile): Difficulty[] {
  if (!('layouts' in style)) return OF_SHAPE[style.shape]
  const found = new Set<Difficulty>()
  for (const layout of style.layouts) {
    for (const level of levelsOfLayout(layout)) {
      found.add(level)
      // Two items at the least are weighed: there is no third level to be found.
      if (found.size === 2) break
    }
  }
  return LEVELS.filter((level) => found.has(level))
}

function* levelsOfLayout(layout: Layout): Generator<Difficulty> {
  for (const truths of truthTables(layout.items)) {
    for (const explains of explainingChoices(truths)) {
      for (const codes of printed(layout)) {
        if (!codes.some((code) => codeHolds(code, { truths, explains }))) continue
        yield levelOf(Math.max(2, factsForCodes({ truths, explains, codes })))
      }
    }
  }
}

/** Every choice of options that a question of the layout may be printed with. */
function* printed({ options, choose }: Layout): Generator<Code[]> {
  const codes = options.map(({ when }) => when)
  for (const count of OPTION_COUNTS.filter((each) => each <= codes.length)) {
    if (choose) yield* chosen(codes, count)
    else yield codes.slice(0, count)
  }
}

function* chosen(codes: readonly Code[], count: number): Generator<Code[]> {
  const [first, ...rest] = codes
  if (count === 0) yield []
  else if (first && codes.length >= count) {
    for (const others of chosen(rest, count - 1)) yield [first, ...others]
    yield* chosen(rest, count)
  }
}
