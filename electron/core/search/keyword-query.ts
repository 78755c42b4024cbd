import { type Word, wordsOf } from './query-words.ts'
import { expressionsOf, toWayWord } from './word-way.ts'

/**
 * The FTS5 expression of what a person typed: its topic words, any of them.
 * Undefined when there is no word. `asYouType`: the last word may not be finished
 * yet, so what begins with it counts too.
 */
export function keywordQuery(query: string, { asYouType = false } = {}): string | undefined {
  const { words, typing } = chooseWords(query, asYouType)
  const terms = words.flatMap((word) =>
    expressionsOf({ words: [toWayWord(word)], weight: 1, unfinished: word === typing }),
  )
  return terms.length > 0 ? [...new Set(terms)].join(' OR ') : undefined
}

/** The words that are looked for: those that carry the topic and the one being typed; all where there is none. */
export function chooseWords(query: string, asYouType: boolean): { words: Word[]; typing: Word | undefined } {
  const words = wordsOf(query)
  const last = words.at(-1)
  const typing = asYouType && last && last.end === query.length ? last : undefined
  const topical = words.filter((word) => !word.stop || word === typing)
  return { words: topical.length > 0 ? topical : words, typing }
}
