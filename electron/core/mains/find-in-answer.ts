import type { TextRange } from '#contract/search.ts'
import { wordsOf } from '../search/query-words.ts'

/** Stems that carry the topic of a question. */
export function topicalStems(topic: string): Set<string> {
  return new Set(wordsOf(topic).flatMap(({ stem, stop }) => (stop ? [] : [stem])))
}

/** Where words that show something stand in a text: compared whole, as they are written but for their case. */
export function findSignals(
  text: string,
  signals: { en: readonly string[]; hi: readonly string[] } | undefined,
): TextRange[] {
  if (!signals) return []
  const words = wordsOf(text)
  return [...signals.en, ...signals.hi].flatMap((signal) => {
    const wanted = wordsOf(signal).map(({ folded }) => folded)
    return placesOf(words, wanted, (word) => word.folded)
  })
}

/** Where terms stand in a text, in any of their forms. */
export function findTerms(text: string, terms: readonly string[]): (TextRange & { term: string })[] {
  const words = wordsOf(text)
  return terms.flatMap((term) => {
    const wanted = wordsOf(term).map(({ stem }) => stem)
    return placesOf(words, wanted, ({ stem }) => stem).map((range) => ({ ...range, term }))
  })
}

type Words = ReturnType<typeof wordsOf>

function placesOf(words: Words, wanted: readonly string[], of: (word: Words[number]) => string): TextRange[] {
  if (wanted.length === 0) return []
  const places: TextRange[] = []
  for (let i = 0; i + wanted.length <= words.length; i++) {
    const [first, last] = [words[i], words[i + wanted.length - 1]]
    if (first && last && wanted.every((each, k) => of(words[i + k] as Words[number]) === each)) {
      places.push({ start: first.start, end: last.end })
    }
  }
  return places
}
