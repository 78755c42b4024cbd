import { type CapitalCounts, findNames, type NameKind } from './find-names.ts'
import { findNumbers } from './find-numbers.ts'
import type { NumberKind } from './number-term.ts'
import { contentWords, foldPhrase } from './quiz-text.ts'

/** A name of the library, ready to stand as an option. */
export interface BankedName {
  text: string
  kind: NameKind
  head: string
  /** Sentences it stands in. */
  mentions: number
  /** Pages it stands on. */
  pages: number
  /** Whether the text calls it "the …". */
  takesThe: boolean
}

/** What the library's sentences offer as wrong options, and what they say, so that no "wrong" option is true elsewhere. */
export interface TermBank {
  names(kind: NameKind): readonly BankedName[]
  find(text: string): BankedName | undefined
  mentions(text: string): number
  /** How often a name must stand in the library to be an option: twice, but once in a few pages of notes. */
  leastMentions: number
  /** The material keeps coming back to it: it is no passing example. */
  isKnown(text: string): boolean
  /** Values of a kind with the noun they count, most frequent first. */
  numbers(kind: NumberKind, unit: string): readonly number[]
  /** Some sentence has `term` and most of `words`: then `term` may well be right there too. */
  supports(term: string, words: readonly string[]): boolean
}

/** Share of a stem's words that make another sentence a rival of it. */
const RIVAL = 0.6

/** A sentence and the page it stands on, under any name that no other page has. */
export interface PagedSentence {
  text: string
  page: string
}

/**
 * Gathers the names and numbers of sentences. A name counts when two sentences
 * have it: one alone may be the slip of a scanner or of the reading of capitals.
 */
export function makeTermBank(sentences: readonly PagedSentence[], capitals: CapitalCounts): TermBank {
  const byText = new Map<string, BankedName & { seen: Set<string> }>()
  const numbers = new Map<string, Map<number, number>>()
  const allPages = new Set<string>()
  for (const { text: sentence, page } of sentences) {
    allPages.add(page)
    for (const { text, kind, head, start } of findNames(sentence, capitals)) {
      if (/\bThe\b|\b(?:\p{Lu}{3,} ){2}/u.test(text)) continue
      const entry = byText.get(text) ?? { text, kind, head, mentions: 0, pages: 0, takesThe: false, seen: new Set() }
      entry.mentions++
      entry.pages = entry.seen.add(page).size
      if (/\b[Tt]he $/.test(sentence.slice(0, start))) entry.takesThe = true
      byText.set(text, entry)
    }
    for (const { kind, unit, value } of findNumbers(sentence)) {
      for (const key of new Set([`${kind} ${unit}`, `${kind} `])) {
        const values = numbers.get(key) ?? new Map<number, number>()
        values.set(value, (values.get(value) ?? 0) + 1)
        numbers.set(key, values)
      }
    }
  }
  const byKind = Map.groupBy(
    [...byText.values()].sort((a, b) => b.pages - a.pages || b.mentions - a.mentions || (a.text < b.text ? -1 : 1)),
    (name) => name.kind,
  )
  const index = makeSentenceIndex(sentences.map((sentence) => sentence.text))
  // Three pages of a book; in a few pages of notes, being named twice is enough.
  const enoughPages = Math.min(3, 1 + Math.floor(allPages.size / 8))
  return {
    names: (kind) => byKind.get(kind) ?? [],
    leastMentions: sentences.length > 300 ? 2 : 1,
    find: (text) => byText.get(text),
    mentions: (text) => byText.get(text)?.mentions ?? 0,
    isKnown: (text) => (byText.get(text)?.pages ?? 0) >= enoughPages && (byText.get(text)?.mentions ?? 0) >= 2,
    numbers: (kind, unit) =>
      [...(numbers.get(`${kind} ${unit}`) ?? [])].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([value]) => value),
    supports(term, words) {
      const phrase = ` ${foldPhrase(term)} `
      const wanted = new Set(words)
      const needed = Math.ceil(wanted.size * RIVAL)
      for (const [at, shared] of index.counts(wanted)) {
        if (shared >= needed && index.folded(at).includes(phrase)) return true
      }
      return false
    },
  }
}

/** Which sentences hold which words. */
function makeSentenceIndex(sentences: readonly string[]) {
  const places = new Map<string, number[]>()
  const folded = sentences.map((sentence, at) => {
    for (const word of new Set(contentWords(sentence))) {
      const list = places.get(word)
      if (list) list.push(at)
      else places.set(word, [at])
    }
    return ` ${foldPhrase(sentence)} `
  })
  return {
    folded: (at: number) => folded[at] ?? '',
    /** How many of the words each sentence holds. */
    counts(words: ReadonlySet<string>): Map<number, number> {
      const counts = new Map<number, number>()
      for (const word of words) for (const at of places.get(word) ?? []) counts.set(at, (counts.get(at) ?? 0) + 1)
      return counts
    },
  }
}
