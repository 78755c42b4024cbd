import type { SearchHit, TextRange } from '#contract/search.ts'
import { splitSentences } from '../ingest/split-sentences.ts'
import { isQuotable, isUsableSentence, LIST_MARKS } from './is-usable-sentence.ts'
import { partLong } from './part-long.ts'

/** A sentence of a passage, with its place in the page's text. */
export interface SourceSentence {
  hit: SearchHit
  /** The passage's rank, from 0. */
  rank: number
  text: string
  startOffset: number
  endOffset: number
  /** With what stands before and after it in the passage: pronouns point there. Of a list's point, with what leads it in. */
  surroundings: string
  /** What leads a list's point in, where it doesn't stand by itself: "A person is qualified if he is …". */
  lead?: string
  /** It reads as a statement by itself: no point of a list, and not begun or ended elsewhere. */
  whole: boolean
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
 * passages' order: sentences, points of lists, and the parts of a law's long ones. A sentence that a passage's edge cuts
 * (long ones are parted to fit the embedding model) is taken whole from its page.
 */
export function gatherSentences(hits: readonly SearchHit[], pageText: PageText): SourceSentence[] {
  const seen = new Set<string>()
  const gathered: SourceSentence[] = []
  for (const [rank, hit] of hits.entries()) {
    if (hit.heading && TASK_HEADING.test(hit.heading)) continue
    const page = pageText(hit)
    const read = ({ start, end }: TextRange) =>
      page === undefined ? hit.text.slice(start - hit.startOffset, end - hit.startOffset) : page.slice(start, end)
    const ranges = splitSentences(hit.text).map((range) => shift(range, hit.startOffset))
    const stretches = ranges.map((range, position): Stretch => {
      const isEdge = position === 0 || position === ranges.length - 1
      const whole = (isEdge && page !== undefined && wholeSentence(page, range)) || range
      const mark = LIST_MARKS.exec(read(whole))?.[0].length ?? 0
      const text = read({ start: whole.start + mark, end: whole.end })
      return { ...whole, text, mark, endsParagraph: /^\s*\n\s*\n/.test(read({ start: whole.end, end: whole.end + 4 })) }
    })
    for (const [position, stretch] of stretches.entries()) {
      const { next, lead = leadAbove(stretches, position, page, hit), ...around } = standing(stretches, position)
      for (const part of partLong(stretch.text)) {
        const startOffset = stretch.start + stretch.mark + part.start
        const isFirst = part.start === 0
        const said = stretch.text.slice(part.start, part.end)
        const whole = isUsableSentence(said)
        if (!whole && !isQuotable(said, { ...around, isPoint: around.isPoint || !isFirst })) continue
        const text = said.replace(GOES_ON_WITH_NEXT, '')
        const key = text.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').toLowerCase()
        if (seen.has(key)) continue
        seen.add(key)
        const before = isFirst ? (lead ?? stretches[position - 1]?.text ?? '') : stretch.text.slice(0, part.start)
        const own = isFirst && lead !== undefined && !whole ? lead : undefined
        gathered.push({
          hit,
          rank,
          text,
          startOffset,
          endOffset: startOffset + text.length,
          surroundings: [before, text, next].filter(Boolean).join('\n'),
          ...(own && { lead: own }),
          whole,
        })
      }
    }
  }
  return gathered
}

/** A sentence of a passage, or a point of a list without its mark. */
interface Stretch extends TextRange {
  text: string
  /** Length of the list's mark before the text. */
  mark: number
  endsParagraph: boolean
}

/** "…; and" */
const GOES_ON_WITH_NEXT = /[;,]\s*(?:and|or)?$/

/** A list is led in by what is left open. */
const LEADS_IN = /[:—–-]["'”’)\]]*$/

/** What stands around a stretch; of a list's point, what leads it in. */
function standing(stretches: readonly Stretch[], position: number) {
  const stretch = stretches[position]
  const next = stretches[position + 1]
  const isPoint = stretch !== undefined && stretch.mark > 0
  const leading = isPoint ? stretches.slice(0, position).findLast(endsList) : undefined
  return {
    isPoint,
    leadsIn: next !== undefined && next.mark > 0,
    endsParagraph: stretch?.endsParagraph ?? false,
    lead: leading && LEADS_IN.test(leading.text) ? leading.text : undefined,
    next: next?.text ?? '',
  }
}

/** No list goes on over it. */
const endsList = ({ mark, text }: Pick<Stretch, 'mark' | 'text'>) => mark === 0 || LEADS_IN.test(text)

/** What leads in a list that the passage begins in the midst of: it stands above on the page. */
function leadAbove(
  stretches: readonly Stretch[],
  position: number,
  page: string | undefined,
  { startOffset }: SearchHit,
): string | undefined {
  const isOfThatList = stretches.slice(0, position).every((stretch) => !endsList(stretch))
  if (page === undefined || !isOfThatList || stretches[position]?.mark === 0) return undefined
  const above = page.slice(Math.max(0, startOffset - REACH), startOffset)
  const leading = splitSentences(above)
    .map(({ start, end }) => above.slice(start, end))
    .findLast((text) => endsList({ mark: LIST_MARKS.exec(text)?.[0].length ?? 0, text }))
  return leading !== undefined && LEADS_IN.test(leading) ? leading : undefined
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
