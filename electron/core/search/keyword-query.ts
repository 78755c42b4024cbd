import { type Word, wordsOf } from './query-words.ts'

/**
 * The FTS5 expression of what a person typed: its topic words, any of them, each
 * quoted so that no character of it is syntax. Undefined when there is no word.
 *
 * `asYouType`: the last word may not be finished yet, so what begins with it counts
 * too. The index holds stems ("constitut"), so a longer beginning ("constitutio") is
 * cut before it is compared. Hindi has no stemmer in FTS5: the stem with any ending is asked for beside the word.
 */
export function keywordQuery(query: string, { asYouType = false } = {}): string | undefined {
  const words = wordsOf(query)
  const last = words.at(-1)
  const typing = asYouType && last && last.end === query.length ? last : undefined
  const topical = words.filter((word) => !word.stop || word === typing)
  const chosen = topical.length > 0 ? topical : words
  const terms = chosen.flatMap((word) => termsOf(word, word === typing))
  return terms.length > 0 ? [...new Set(terms)].join(' OR ') : undefined
}

const LEAST_PREFIX = 3
/** Of what a stemmer takes off while a word is typed: constitut-iona. */
const LONGEST_ENDING = 5

function termsOf(word: Word, unfinished: boolean): string[] {
  const terms = [quote(word.folded)]
  const hindi = /[\u0900-\u097f]/.test(word.folded)
  if (hindi && word.stem.length >= LEAST_PREFIX) terms.push(`${quote(word.stem)} *`)
  if (unfinished && word.folded.length >= 2) {
    const beginning =
      word.folded.length > 6 ? word.folded.slice(0, Math.max(5, word.folded.length - LONGEST_ENDING)) : word.folded
    terms.push(`${quote(beginning)} *`)
  }
  return terms
}

function quote(term: string): string {
  return `"${term.replaceAll('"', '""')}"`
}
