import type { TextRange } from '#contract/search.ts'

export interface CountedSentence extends TextRange {
  tokens: number
  /** A blank line follows. */
  endsParagraph: boolean
}

/** A cut inside a paragraph is as bad as a chunk a third off its target size. */
const PARAGRAPH_CUT_COST = 0.1

/**
 * Groups a section's sentences into chunks of about equal size near `target`
 * tokens and never over `most`, cutting between paragraphs where it can: the
 * grouping of least total cost, found by dynamic programming. A sentence over
 * `most` stands alone.
 */
export function packSentences(
  sentences: readonly CountedSentence[],
  { target, most }: { target: number; most: number },
): TextRange[] {
  const total = sentences.reduce((sum, { tokens }) => sum + tokens, 0)
  const [first] = sentences
  const last = sentences.at(-1)
  if (!first || !last) return []
  if (total <= Math.min(target * 1.1, most)) return [{ start: first.start, end: last.end }]
  // An even share, so that a section does not end in a scrap.
  const aim = total / Math.max(1, Math.round(total / target))

  /** Of the best grouping of the first n sentences: its cost and where its last chunk begins. */
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }]
  for (let to = 1; to <= sentences.length; to++) {
    const isParagraphEnd = to === sentences.length || sentences[to - 1]?.endsParagraph
    let tokens = 0
    let found: { cost: number; from: number } | undefined
    for (let from = to - 1; from >= 0; from--) {
      tokens += sentences[from]?.tokens ?? 0
      if (tokens > most && from < to - 1) break
      const miss = (tokens - aim) / aim
      const cost = (best[from]?.cost ?? 0) + miss * miss + (isParagraphEnd ? 0 : PARAGRAPH_CUT_COST)
      if (!found || cost < found.cost) found = { cost, from }
    }
    best.push(found ?? { cost: Number.POSITIVE_INFINITY, from: to - 1 })
  }

  const ranges: TextRange[] = []
  for (let to = sentences.length; to > 0; ) {
    const from = best[to]?.from ?? to - 1
    const start = sentences[from]?.start ?? 0
    ranges.unshift({ start, end: sentences[to - 1]?.end ?? start })
    to = from
  }
  return ranges
}
