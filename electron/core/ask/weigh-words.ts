import { keywordQuery } from '../search/keyword-query.ts'
import { topicWords, type Word, wordsOf } from '../search/query-words.ts'
import type { ReadDb } from '../store/connection.ts'
import { countChunks, countKeywordRows } from '../store/search.rows.ts'

/** A topic word of a question and how much it tells: rare words tell most. */
export interface WeighedWord {
  word: Word
  /** Its share of the question's weight; the shares add up to 1. */
  share: number
  /** Passages of the library that hold it. */
  passageCount: number
  /** A name, a number, a superlative or a word for now: it can't be said in other words. */
  isName: boolean
}

/** A small library makes every word look rare: it is counted as if it had this many passages. */
const LEAST_PASSAGE_COUNT = 200

/** The question's topic words, each once, by inverse document frequency in the library. */
export function weighWords(db: ReadDb, question: string): WeighedWord[] {
  const words = [...new Map(topicWords(question).map((word) => [word.stem, word])).values()]
  const counts = countKeywordRows(
    db,
    words.map(({ folded }) => keywordQuery(folded) ?? '""'),
  )
  const passages = Math.max(countChunks(db), LEAST_PASSAGE_COUNT)
  const weights = counts.map((count) => Math.log((passages + 1) / (count + 0.5)))
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1
  return words.map((word, i) => ({
    word,
    share: (weights[i] ?? 0) / total,
    passageCount: counts[i] ?? 0,
    isName: isName(question, word),
  }))
}

/** "Who is the present Chief Justice?" is not answered by what a book says of Chief Justices. */
const EXACT =
  /^(?:first|second|third|last|next|present|current|currently|today|incumbent|latest|newest|longest|shortest|largest|biggest|smallest|highest|lowest|tallest|deepest|oldest|youngest|richest|poorest|fastest|वर्तमान|आज|सबसे)$/i

/** Capitals inside a sentence, acronyms, and numbers. In a question all in capitals or all in small letters there are no names to see. */
function isName(question: string, { text, start }: Word): boolean {
  if (/\d|[०-९]/.test(text) || EXACT.test(text)) return true
  if (!/\p{Ll}/u.test(question)) return false
  if (/^\p{Lu}{2,}$/u.test(text)) return true
  return start > 0 && /^\p{Lu}/u.test(text) && !/[.?!]["”’]?\s*$/.test(question.slice(0, start))
}

/** The stems of a text. */
export function stemsOf(text: string): Set<string> {
  return new Set(wordsOf(text).map(({ stem }) => stem))
}

/** The share of the question's weight whose words are among the stems, 0..1. */
export function coverage(words: readonly WeighedWord[], stems: ReadonlySet<string>): number {
  return words.reduce((sum, { word, share }) => (stems.has(word.stem) ? sum + share : sum), 0)
}
