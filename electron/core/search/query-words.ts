import { foldText } from '../ingest/fold-text.ts'
import { stemWord } from './stem-word.ts'
import { STOPWORDS } from './stopwords.ts'

/** A word of a text. Two words are the same for search when their stems are. */
export interface Word {
  /** As it stands in the text. */
  text: string
  /** Folded, lower case, without Latin diacritics: as the keyword index compares it. */
  folded: string
  stem: string
  /** UTF-16 offsets into the text. */
  start: number
  end: number
  /** Carries no topic. */
  stop: boolean
}

/** What the keyword index takes for a word: letters, marks and digits of any script, joiners inside it. */
const WORD = /[\p{L}\p{N}\p{M}\p{Co}](?:[\p{L}\p{N}\p{M}\p{Co}\u00ad]|\u200c|\u200d)*/gu

/** The words of a text, in order. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  for (const match of text.matchAll(WORD)) {
    const folded = foldWord(match[0])
    if (folded === '') continue
    words.push({
      text: match[0],
      folded,
      stem: stemOf(folded),
      start: match.index,
      end: match.index + match[0].length,
      stop: isStopword(match[0], folded),
    })
  }
  return words
}

/** The words of a query that carry its topic; all of them where none does. */
export function topicWords(query: string): Word[] {
  const words = wordsOf(query)
  const topical = words.filter((word) => !word.stop)
  return topical.length > 0 ? topical : words
}

export function foldWord(word: string): string {
  return foldText(word).toLowerCase().normalize('NFD').replace(LATIN_MARKS, '').normalize('NFC')
}

/** True where most letters are Devanagari. */
export function isHindi(text: string): boolean {
  const devanagari = text.match(/[\u0904-\u0939\u0958-\u0961]/g)?.length ?? 0
  const latin = text.match(/[A-Za-z]/g)?.length ?? 0
  return devanagari > latin
}

const LATIN_MARKS = /[\u0300-\u036f]/g

/** WHO, IT and US are names, who, it and us are not: an acronym keeps its meaning. */
function isStopword(word: string, folded: string): boolean {
  return STOPWORDS.has(folded) && !/^[A-Z]{2,}$/.test(word)
}

const stems = new Map<string, string>()
const MOST_STEMS = 50_000

/** Stems are asked for the same words over and over while passages are compared. */
function stemOf(folded: string): string {
  let stem = stems.get(folded)
  if (stem === undefined) {
    if (stems.size >= MOST_STEMS) stems.clear()
    stem = stemWord(folded)
    stems.set(folded, stem)
  }
  return stem
}
