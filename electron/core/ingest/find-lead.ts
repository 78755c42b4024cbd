import { isCaption } from './is-caption.ts'
import { brokenWordLength } from './layout/join-lines.ts'
import { splitSentences } from './split-sentences.ts'

const LONGEST_LEAD = 320
/** Fewer are a caption or a cell. */
const FEWEST_WORDS = 5
/** A date ends what names the source of a quotation. */
const LEFT_OPEN = /[\p{L}\p{M},–-]["'”’)\]]*$/u
/** Goes on with something: a small letter, or one of a script without capitals. */
const GOES_ON = /^[“‘"'(]?[\p{Ll}\p{Lo}]/u
/** A point of a list begins anew, whatever stood before. */
const ITEM = /^\(?(?:\p{Nd}{1,3}|\p{L}|[ivx]{1,4})[.)]\s/u

/**
 * The beginning of a sentence that runs over a page's end: the last words of `above`, a
 * paragraph of the page before, where they are left open and `below` goes on with them; '' where `below` begins by itself.
 * It ends with the space that belongs between, or without one inside a broken word, so
 * that lead + below reads as it was written. Long ones keep their end.
 */
export function findLead(above: string, below: string): string {
  if (!GOES_ON.test(below) || ITEM.test(below) || !LEFT_OPEN.test(above)) return ''
  if (above.split(/\s+/).length < FEWEST_WORDS || isCaption(above)) return ''
  const last = splitSentences(above).at(-1)
  if (!last || above.slice(last.start, last.end).includes('\t')) return ''
  const begun = above.slice(last.start, last.end).replace(/\s+/g, ' ')
  const kept = brokenWordLength(begun, below)
  const lead = kept === undefined ? `${begun} ` : begun.slice(0, kept)
  return lead.length <= LONGEST_LEAD ? lead : `… ${lead.slice(lead.indexOf(' ', lead.length - LONGEST_LEAD) + 1)}`
}
