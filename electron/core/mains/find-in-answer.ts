import type { TextRange } from '#contract/search.ts'
import { wordsOf } from '../search/query-words.ts'

/** Words of questions on any topic: an answer need not take them up. */
const PLAIN = new Set(
  wordsOf(
    `significance importance role meaning issues main concerning impact effects suitable examples limits difficulties
    measures meet light context reference present recent various major aspects extent need challenges way ways
    महत्व भूमिका अर्थ मुद्दे प्रमुख प्रभाव उदाहरण सहित सीमाओं सीमाएँ कठिनाइयाँ उपाय संदर्भ विभिन्न पहलू आवश्यकता चुनौतियाँ जुड़े जुड़ी समाधान`,
  ).map(({ stem }) => stem),
)

/** The words that carry the topic of a question; all of them where none but plain ones are there. */
export function topicalWords(topic: string): Words {
  const words = wordsOf(topic).filter(({ stop }) => !stop)
  const telling = words.filter(({ stem }) => !PLAIN.has(stem))
  return telling.length > 0 ? telling : words
}

/** Their stems. */
export function topicalStems(topic: string): Set<string> {
  return new Set(topicalWords(topic).map(({ stem }) => stem))
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
