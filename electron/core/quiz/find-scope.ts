import { COUNTRIES } from './lexicon/places.ts'
import type { SourceSentence } from './read-material.ts'

/** How many sentences a country, once named, is what "the President" is about. */
const REACH = 10

/** Countries that Indian texts name without leaving India for it. */
const AT_HOME = new Set(['Britain', 'Great Britain', 'England', 'United Kingdom', 'UK', 'Pakistan', 'Scotland'])
const ADJECTIVES =
  'South African|Japanese|Nigerian|German|French|American|Russian|Israeli|Canadian|Australian|Swiss|Belgian|Nepali|Chinese|Irish|Italian|Bolivian|Brazilian|Indonesian|Sri Lankan|Soviet|Norwegian|Polish|Iraqi'
const FOREIGN = new RegExp(`\\b(?:${COUNTRIES.filter((name) => !AT_HOME.has(name)).join('|')}|${ADJECTIVES})\\b`)
const HOME = /\bIndia(?:n|ns|’s|'s)?\b/
/** What every country has one of. */
const OF_A_COUNTRY =
  /\b(?:President|Prime Minister|Parliament|parliament|Constitution|constitution|[Gg]overnment|[Ll]egislature|[Cc]ourts?|House|Houses|party|parties|elections?|King|ministers?|[Ee]xecutive|[Jj]udiciary|judges?|states|provinces|members?|voters?|vote|votes|rights|Assembly|Senate|federal|councils?|amendments?)\b/

/**
 * Sentences that speak of another country's institutions without naming it,
 * because a sentence shortly before did: a box on Sri Lanka's President in a
 * book on India's. Out of their place they would be false.
 */
export function findForeignScope(sentences: readonly SourceSentence[]): ReadonlySet<SourceSentence> {
  const foreign = new Set<SourceSentence>()
  let left = 0
  let previous: SourceSentence | undefined
  for (const sentence of sentences) {
    if (
      previous?.documentId !== sentence.documentId ||
      previous.pageNumber !== sentence.pageNumber ||
      previous.heading !== sentence.heading
    )
      left = 0
    previous = sentence
    const namesForeign = FOREIGN.test(sentence.text) || FOREIGN.test(sentence.heading.split(' › ').at(-1) ?? '')
    if (HOME.test(sentence.text)) left = 0
    else if (namesForeign) left = REACH
    else if (left > 0) left--
    if (left > 0 && !FOREIGN.test(sentence.text) && OF_A_COUNTRY.test(sentence.text)) foreign.add(sentence)
  }
  return foreign
}
