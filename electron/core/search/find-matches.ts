import type { TextRange } from '#contract/search.ts'
import { topicWords, wordsOf } from './query-words.ts'

/**
 * Where the query's words stand in a passage, in any of their forms; `asYouType`
 * marks what begins with the last word too. Ranges in order, not overlapping.
 */
export function findMatches(query: string, text: string, { asYouType = false } = {}): TextRange[] {
  const wanted = topicWords(query)
  const stems = new Set(wanted.map(({ stem }) => stem))
  const last = wanted.at(-1)
  const beginning = asYouType && last && last.end === query.length && last.folded.length >= 2 ? last.folded : undefined
  return wordsOf(text)
    .filter(({ stem, folded }) => stems.has(stem) || (beginning !== undefined && folded.startsWith(beginning)))
    .map(({ start, end }) => ({ start, end }))
}
