import { type Word, wordsOf } from './query-words.ts'
import { STOPWORDS } from './stopwords.ts'

/** One way to say what is asked for: a word, or words one after the other. */
export interface Way {
  words: readonly WayWord[]
  /** What it counts for when it is found, 0..1: 1 for the thing itself, less for something near it. */
  weight: number
  /** Words may stand so far apart, in any order; without it they follow each other. */
  within?: number
  /** The last word may go on: it is being typed. */
  unfinished?: boolean
  /** Counts only where it begins a line and a full stop follows: "356. Provisions in case of …". */
  asNumberOfParagraph?: boolean
}

export interface WayWord {
  folded: string
  stem: string
}

export function toWay(text: string, weight: number): Way | undefined {
  const words = wordsOf(text).map(toWayWord)
  return words.length > 0 ? { words, weight } : undefined
}

export const toWayWord = ({ folded, stem }: Word): WayWord => ({ folded, stem })

const LEAST_PREFIX = 3
/** Of what a stemmer takes off while a word is typed: constitut-iona. */
const LONGEST_ENDING = 5

/**
 * The FTS5 expressions that find a way. Each word is quoted, so that no character
 * of it is syntax. The index holds stems ("constitut"), so the beginning of a word
 * that is being typed ("constitutio") is cut before it is compared. Hindi has no
 * stemmer in FTS5: the stem with any ending is asked for beside the word.
 */
export function expressionsOf({ words, within, unfinished = false }: Way): string[] {
  const [word] = words
  if (!word) return []
  if (words.length > 1) {
    // The passages of "of" and "the" take longer to go through than all others: what is found is compared word by word later.
    const content = words.filter(({ folded }) => !STOPWORDS.has(folded))
    const [only] = content
    if (within === undefined && content.length < words.length && only) {
      if (content.length === 1) return [quote(only.folded)]
      return [`NEAR(${content.map(({ folded }) => quote(folded)).join(' ')}, ${words.length})`]
    }
    if (within === undefined) return [quote(words.map(({ folded }) => folded).join(' '))]
    return [`NEAR(${words.map(({ folded }) => quote(folded)).join(' ')}, ${within})`]
  }
  const expressions = [quote(word.folded)]
  if (/[\u0900-\u097f]/.test(word.folded) && word.stem.length >= LEAST_PREFIX) expressions.push(`${quote(word.stem)} *`)
  if (unfinished && word.folded.length >= 2) expressions.push(`${quote(beginningOf(word.folded))} *`)
  return expressions
}

function beginningOf(folded: string): string {
  return folded.length > 6 ? folded.slice(0, Math.max(5, folded.length - LONGEST_ENDING)) : folded
}

function quote(term: string): string {
  return `"${term.replaceAll('"', '""')}"`
}
