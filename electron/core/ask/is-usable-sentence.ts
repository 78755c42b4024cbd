import { wordsOf } from '../search/query-words.ts'

const FEWEST_WORDS = 5
const MOST_WORDS = 90

/**
 * Whether a stretch of a page reads as a statement that can stand in an answer:
 * not a question or an exercise, not a heading, a caption, a table's row or a
 * fragment cut off by the end of a page.
 */
export function isUsableSentence(text: string): boolean {
  const plain = text.replace(/\s+/g, ' ').trim()
  const count = wordsOf(plain).length
  if (count < FEWEST_WORDS || count > MOST_WORDS) return false
  return endsAsStatement(plain) && beginsAsStatement(plain) && !isTask(plain) && !isRubble(plain)
}

/** More would be read to the half only; what is left of a long sentence of law is parted (`partLong`). */
const MOST_QUOTED_WORDS = 130
/** "He was 77 then." */
const FEWEST_QUOTED_WORDS = 4
/** Of what is begun elsewhere, or not ended. */
const FEWEST_OPEN_WORDS = 8

/** How a stretch stands on its page. */
export interface Standing {
  /** A point of a list, or a part of a sentence. */
  isPoint: boolean
  /** A point of a list comes next. */
  leadsIn: boolean
  endsParagraph: boolean
}

/**
 * Whether a stretch that is no statement by itself can be quoted all the same: a point of a list, a sentence whose beginning stands
 * on the page before, a paragraph of law that ends without a full stop or in a proviso. Whoever quotes it shows that it is a part.
 */
export function isQuotable(text: string, { isPoint, leadsIn, endsParagraph }: Standing): boolean {
  const plain = text.replace(/\s+/g, ' ').trim()
  const words = wordsOf(plain)
  const count = words.length
  if (count < FEWEST_QUOTED_WORDS || count > MOST_QUOTED_WORDS) return false
  const isLong = count >= FEWEST_OPEN_WORDS
  const begins = isPoint || beginsAsStatement(plain) || (isLong && /^["'“‘«([]*\p{Ll}/u.test(plain))
  const ends =
    endsAsStatement(plain) ||
    (isPoint && !ASKS_OR_LEADS.test(plain)) ||
    (isLong && /:$/.test(plain) && !leadsIn) ||
    (isLong && endsParagraph && STATES.test(plain) && !words.at(-1)?.stop && !/[?:,—–-]["'”’»)\]]*$/.test(plain))
  return begins && ends && !POINTS_AT_WHAT_IS_SAID.test(plain) && !isTask(plain) && !isRubble(plain)
}

const ASKS_OR_LEADS = /[?:—–]["'”’»)\]]*$/
const STATES = /\b(?:is|are|was|were|be|been|shall|may|must|can|will|would|should|has|have|had)\b/

/** Marks that begin a list's item: taken off a quote, since they are no part of what it says. */
export const LIST_MARK = /^(?:[•●○◦▪■◆❖➢►✓√±*–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+/
/** "(b) (i) …" has two of them. */
export const LIST_MARKS = new RegExp(`^(?:${LIST_MARK.source.slice(1)}){1,2}`)

function endsAsStatement(text: string): boolean {
  return /[.!।॥;:…]["'”’»)\]]*(?:\d{1,2})?$/.test(text) && !/[:?]["'”’»)\]]*$/.test(text)
}

/** What such a sentence says, the one before it says: "Herein lies the potential of Parliament." */
const POINTS_AT_WHAT_IS_SAID =
  /^["'“‘«([]*(?:Herein|Therein|Here|Hence|Thence|Thus|So) (?:lies?|lay|rests?|rested|comes?|came|arises?|arose|begins?|began)\b/

function beginsAsStatement(text: string): boolean {
  const plain = text.replace(LIST_MARK, '')
  return /^["'“‘«([]*(?:\p{Lu}|\d|\p{Lo})/u.test(plain) && !POINTS_AT_WHAT_IS_SAID.test(plain)
}

const TASK =
  /^(?:Q(?:uestion)?s?\s*[.:\d]|Ex(?:ercise)?s?\s*[.:\d]|Fig(?:ure)?\.?\s*\d|Table\s*\d|Map\s*\d|Box\s*\d|Activity\b|Do you\b|Can you\b|Discuss\b|Explain\b|Describe\b|List\b|Find out\b|Make a\b|Match\b|Fill\b|State whether\b|Give (?:reasons|examples|two|three)\b|Write (?:a|an|down|short)\b|Name (?:the|any|two|three)\b|Identify\b|Read (?:the|this|a)\b|Look at\b|Imagine\b|Suppose\b|Let us\b|Think (?:of|about)\b|Consider the following|Which of the\b|Collect\b|Prepare\b|Conduct\b|Enact\b|Here (?:is|are)\b|Read a cartoon|चर्चा (?:कीजिए|करें)|बताइए|लिखिए|पता (?:कीजिए|करें|लगाइए)|चित्र\s*\d)/i
const ABOUT_THE_BOOK =
  /\b(?:Give reasons for your answer|(?:you|we) (?:have|had|will|shall|are going to) (?:already |also |now )?(?:study|studied|see|seen|read|learn|learnt|learned|discuss|discussed|noted?|look)\b[^,]*|(?:this|next|last|previous|first|earlier) chapter|Copyright|All rights reserved|Reprint \d{4})\b/i

function isTask(text: string): boolean {
  return TASK.test(text.replace(LIST_MARK, '')) || ABOUT_THE_BOOK.test(text)
}

/** A form with blanks to fill in: oaths and certificates of the law state nothing. */
const BLANK = /[.…_]{5,}/

/** Tables, lists of names and broken text: too few small words, or too many capitals, digits and single letters. */
function isRubble(text: string): boolean {
  const words = wordsOf(text)
  if (BLANK.test(text)) return true
  if (/[\u0900-\u097f]/.test(text)) return false
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0
  if (letters < text.length * 0.55 || capitals > letters * 0.35) return true
  const small = words.filter(({ stop }) => stop).length
  const single = words.filter(
    ({ text: word, end }) => word.length === 1 && !/[aAI\d]/.test(word) && text[end] !== '.',
  ).length
  return small < words.length * 0.15 || single > words.length * 0.2
}
