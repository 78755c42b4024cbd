import type { Selection } from '#contract/ask.ts'
import { wordsOf } from '../search/query-words.ts'
import { definedTerm } from './defined-term.ts'
import { type Evidence, type EvidenceParts, findEvidence, type JudgedSentence } from './find-evidence.ts'
import { isTouched, locateSelection, selectedPassages } from './selected-passages.ts'

/** What the library has to say on a stretch that a person marked. */
export interface Explanation {
  /** `hits` begin with the marked passages. */
  evidence: Evidence
  /** Sentences from elsewhere that explain it: the meanings of its terms, and what is said of the same thing; best first. */
  explaining: JudgedSentence[]
}

/** Of a longer stretch, the beginning tells what it is about. */
const LETTERS_SEARCHED = 400
const MOST_EXPLAINING = 4
/** A sentence this near in meaning speaks of the same thing. */
const SAME_THING_COSINE = 0.55

/** Looks through the whole library: a term may be explained in another chapter. Throws `not-found`, `cancelled`. */
export async function findExplanation(
  parts: EvidenceParts,
  selection: Selection,
  signal: AbortSignal,
): Promise<Explanation> {
  const marked = locateSelection(parts.db, selection)
  const text = selection.text.slice(0, LETTERS_SEARCHED)
  const evidence = await findEvidence(parts, { text, scope: {} }, signal)
  const own = selectedPassages(parts.db, marked, evidence.hits)
  const isOwn = new Set(own.map(({ chunkId }) => chunkId))
  const stems = new Set(wordsOf(selection.text).flatMap(({ stem, stop }) => (stop ? [] : [stem])))
  const others = evidence.sentences.filter((sentence) => !isTouched(marked, sentence))
  const meanings = others.filter(({ text: said }) => saysMeaningOf(said, stems))
  const same = others.filter(
    (sentence) => !meanings.includes(sentence) && sentence.features.cosine >= SAME_THING_COSINE,
  )
  return {
    evidence: { ...evidence, hits: [...own, ...evidence.hits.filter(({ chunkId }) => !isOwn.has(chunkId))] },
    explaining: [...meanings, ...same].slice(0, MOST_EXPLAINING),
  }
}

/** "A writ of habeas corpus means …" where the marked text has the term. */
function saysMeaningOf(sentence: string, stems: ReadonlySet<string>): boolean {
  const quote = sentence.replace(/\s+/g, ' ').trim()
  const term = definedTerm(quote)
  if (!term) return false
  const words = wordsOf(quote.slice(term.start, term.end)).filter(({ stop }) => !stop)
  return words.length > 0 && words.every(({ stem }) => stems.has(stem))
}
