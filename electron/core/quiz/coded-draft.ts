import { arrangeCodes, type ItemTruth, type LayoutOption, orderFor, truthTables } from './arrange-codes.ts'
import { PLAIN_TERMS, type QuestionDraft, type QuotedSpan } from './question-draft.ts'
import type { CodedStyle, Layout } from './question-styles.ts'
import { foldPhrase } from './quiz-text.ts'
import type { WriteContext } from './rules-material.ts'
import type { Random } from './seeded-random.ts'

/** An item of a coded question: a statement or a pair, and why it is right or wrong. */
export interface CodedItem {
  text: string
  isTrue: boolean
  /** The folded sentence it rests on. */
  fact: string
  /** What decides: the changed term as it stands in the text, or the item itself. */
  decides: string
  reason: string
}

/** Truths, the order of the items behind them, and the options that put the key where it is wished. */
export interface CodePlan extends ItemTruth {
  order: number[]
  options: LayoutOption[]
  place: number
}

/**
 * A truth for `changeable.length` items that puts the key at `place`: false ones fall on items that can be
 * made false. `allows` rules truths out. Undefined when none fits.
 */
export function planCodes(
  layout: Layout,
  changeable: readonly boolean[],
  wish: { place: number; optionCount: number; random: Random; allows?: (truths: readonly boolean[]) => boolean },
): CodePlan | undefined {
  const { place, optionCount, random, allows = () => true } = wish
  for (const truths of random.shuffle(truthTables(changeable.length))) {
    if (!allows(truths)) continue
    const options = arrangeCodes(layout, { truths }, place, optionCount, random)
    const order = options && orderFor(truths, changeable, random)
    if (options && order) return { truths, order, options, place }
  }
  return undefined
}

/** The layouts of a style for so many items that have options enough for the paper. */
export function layoutsFor(
  style: CodedStyle,
  items: number,
  { optionCount }: Pick<WriteContext, 'optionCount'>,
): Layout[] {
  return style.layouts.filter((layout) => layout.items === items && layout.options.length >= optionCount)
}

/** A question from its items in the order they are numbered. */
export function codedDraft(
  style: CodedStyle,
  layout: Layout,
  {
    language,
    name,
    items,
    sources,
    plan,
    explanation,
  }: {
    language: 'en' | 'hi'
    /** What all items are about, with its article. */
    name?: string | undefined
    items: readonly CodedItem[]
    sources: readonly [QuotedSpan, ...QuotedSpan[]]
    plan: Pick<CodePlan, 'options' | 'place' | 'explains'>
    /** Instead of the items' own reasons one after the other. */
    explanation?: string
  },
): QuestionDraft {
  const [source, ...otherSources] = distinctSpans(sources)
  const about = name === undefined ? undefined : style.stemAbout?.[language].replace('{name}', name)
  return {
    ...PLAIN_TERMS,
    style: style.id,
    engine: 'rules',
    stem: about ?? style.stem[language],
    statements: items.map(({ text }) => text),
    labels: labelsOf(style, language),
    prompt: layout.prompt[language],
    answers: 'codes',
    options: plan.options.map((option) => option[language]),
    answerIndex: plan.place,
    explanation: explanation ?? items.map(({ reason }) => reason).join(' '),
    ...source,
    otherSources,
    facts: [...new Set(items.map(({ fact }) => fact))],
    answer: foldPhrase(items.map(({ decides }) => decides).join(' ')),
    truths: items.map(({ isTrue }) => isTrue),
    ...(plan.explains === undefined ? {} : { explains: plan.explains }),
    codes: plan.options.map(({ when }) => when),
  }
}

/** What stands before each item; empty for plain numbers. */
export function labelsOf(style: CodedStyle, language: 'en' | 'hi'): string[] {
  return ('labels' in style && style.labels?.[language]) || []
}

export function distinctSpans(spans: readonly [QuotedSpan, ...QuotedSpan[]]): [QuotedSpan, ...QuotedSpan[]] {
  const [first, ...rest] = spans
  const kept: [QuotedSpan, ...QuotedSpan[]] = [first]
  for (const span of rest) {
    const isKnown = kept.some(
      (other) =>
        other.documentId === span.documentId &&
        other.pageNumber === span.pageNumber &&
        other.startOffset <= span.startOffset &&
        span.endOffset <= other.endOffset,
    )
    if (!isKnown) kept.push(span)
  }
  return kept
}
