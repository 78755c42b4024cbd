import type { SearchHit, TextRange } from '#contract/search.ts'
import { splitSentences } from '../ingest/split-sentences.ts'
import { isUsableSentence, LIST_MARK } from './is-usable-sentence.ts'

/** A sentence of a passage, with its place in the page's text. */
export interface SourceSentence {
  hit: SearchHit
  /** The passage's rank, from 0. */
  rank: number
  text: string
  startOffset: number
  endOffset: number
  /** With what stands before and after it in the passage: pronouns point there. */
  surroundings: string
}

/** The text of a page; undefined where it is gone. */
export type PageText = (hit: Pick<SearchHit, 'documentId' | 'page'>) => string | undefined

/**
 * Parts of a book that ask rather than tell, or only point. Boxes in the midst of a
 * chapter (activities, cartoons) are not named: the text that goes on after one stands under its heading.
 */
const TASK_HEADING =
  /(?:^|›\s*)(?:exercises?|review questions|projects?|glossary|index|references|bibliography|contents|अभ्यास|प्रश्नावली)\s*$/i

/**
 * The statements of the passages that could stand in an answer, each once, in the
 * passages' order. A sentence that a passage's edge cuts (long ones are parted to fit
 * the embedding model) is taken whole from its page.
 */
export function gatherSentences(hits: readonly SearchHit[], pageText: PageText): SourceSentence[] {
  const seen = new Set<string>()
  const gathered: SourceSentence[] = []
  for (const [rank, hit] of hits.entries()) {
    if (hit.heading && TASK_HEADING.test(hit.heading)) continue
    const ranges = splitSentences(hit.text).map((range) => shift(range, hit.startOffset))
    const page = pageText(hit)
    for (const [position, range] of ranges.entries()) {
      const isEdge = position === 0 || position === ranges.length - 1
      const whole = (isEdge && page !== undefined && wholeSentence(page, range)) || range
      const read = ({ start, end }: TextRange) =>
        page === undefined ? hit.text.slice(start - hit.startOffset, end - hit.startOffset) : page.slice(start, end)
      const marked = read(whole)
      const startOffset = whole.start + (LIST_MARK.exec(marked)?.[0].length ?? 0)
      const text = read({ start: startOffset, end: whole.end })
      const key = text.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').toLowerCase()
      if (seen.has(key) || !isUsableSentence(text)) continue
      seen.add(key)
      const from = ranges[position - 1]?.start ?? whole.start
      const to = ranges[position + 1]?.end ?? whole.end
      gathered.push({
        hit,
        rank,
        text,
        startOffset,
        endOffset: whole.end,
        surroundings: read({ start: from, end: to }),
      })
    }
  }
  return gathered
}

/** How far a cut sentence is looked for on either side. */
const REACH = 1_200

/** The page's sentence that a range is a part of; undefined where the range is whole. */
function wholeSentence(page: string, range: TextRange): TextRange | undefined {
  const from = Math.max(0, range.start - REACH)
  return splitSentences(page.slice(from, range.end + REACH))
    .map((sentence) => shift(sentence, from))
    .find(({ start, end }) => start <= range.start && end >= range.end && end - start > range.end - range.start)
}

function shift({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by }
}
