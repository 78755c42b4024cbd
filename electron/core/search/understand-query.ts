import { foldText } from '../ingest/fold-text.ts'
import { findReferences } from './find-references.ts'
import { chooseWords } from './keyword-query.ts'
import { type LibraryWords, slipsAllowed } from './library-words.ts'
import { parseQuery } from './parse-query.ts'
import { isHindi, type Word, wordsOf } from './query-words.ts'
import { romanKey } from './roman-key.ts'
import { ROMAN_STOPWORDS, STOPWORDS } from './stopwords.ts'
import type { TermLookup, TermMatch } from './term-groups.ts'
import { expressionsOf, toWay, toWayWord, type Way } from './word-way.ts'

/** One thing a query asks for, and all the ways of saying it. */
export interface Concept {
  /** The first is what was typed. */
  ways: Way[]
  /** Its share of the query: rarer words tell more. */
  rarity: number
}

/** What the words of a query mean in this library. */
export interface UnderstoodQuery {
  /** Each word that carries the topic. */
  concepts: Concept[]
  /** Terms of several words: where one of their other names is found, their words count as found. */
  spans: { concepts: Concept[]; ways: Way[] }[]
  /** FTS5 expression that finds any of it; undefined without words. */
  expression: string | undefined
  /** Must be there, each. */
  phrases: Way[]
  excluded: Way[]
  /** What is embedded: slips mended, abbreviations written out. */
  meaning: string
  /** The share of the query that only words can settle: numbers of a law's parts, Hindi in Latin letters. */
  literalShare: number
  /** Of that, the Hindi in Latin letters. */
  soundShare: number
  hindi: boolean
  /** Words that were taken for others, as they were typed and as stems of the library. */
  corrections: { typed: string; start: number; end: number; stem: string }[]
  /** Other names that were looked for too. */
  alsoSearched: string[]
}

export interface UnderstandQueryOptions {
  words: LibraryWords
  terms: TermLookup
  passageCount: number
}

/** A misspelt word that stands in the library by a slip of its own: its neighbour is so many times commoner. */
const COMMONER = 50
const CORRECTED_WEIGHT = 0.9
const SOUND_WEIGHT = 0.9
/** Of a word that has the consonants alone of the one that was typed. */
const NEAR_SOUND_WEIGHT = 0.8
/** Shorter words sound like too many others; these are compared only where nothing speaks for English. */
const LEAST_SOUNDED = 3
/** Hindi words of the library that sound like one typed in Latin letters. */
const MOST_SOUNDS = 3
const MOST_SHOWN = 6

/** Reads a query as the library can answer it. The library's words are loaded where a word is unknown. */
export async function understandQuery(
  query: string,
  { words: library, terms, passageCount }: UnderstandQueryOptions,
  { asYouType }: { asYouType: boolean },
): Promise<UnderstoodQuery> {
  const parsed = parseQuery(query)
  const all = wordsOf(parsed.text)
  const { words: chosen, typing } = chooseWords(parsed.text, asYouType)
  const references = findReferences(all)
  const inReference = new Set(references.flatMap(({ from, to }) => all.slice(from, to).map(({ start }) => start)))
  const matches = terms.find(all)
  const corrections: UnderstoodQuery['corrections'] = []
  const also = new Set<string>()
  const spans: UnderstoodQuery['spans'] = []
  const bySound = new Set<Concept>()
  const replaced: { start: number; end: number; text: string }[] = []

  const romanGrammar = findRomanGrammar(all)
  const byStart = new Map<number, Concept>()
  const add = (start: number, ways: Way[]): Concept => {
    const concept = { ways, rarity: rarityOf(ways, library, passageCount) }
    byStart.set(start, concept)
    return concept
  }

  const unknown: { word: Word; concept: Concept }[] = []
  const short: typeof unknown = []
  let isKnownInLatin = false
  for (const word of chosen) {
    if (inReference.has(word.start) || romanGrammar.has(word.start)) continue
    const concept = add(word.start, [
      { words: [toWayWord(word)], weight: 1, ...(word === typing && { unfinished: true }) },
    ])
    const named = matches.some(({ from, to }) => all.slice(from, to).some(({ start }) => start === word.start))
    const count = library.count(word.stem) + (word.stem === word.folded ? 0 : library.count(word.folded))
    if (count > 0 && isLatin(word)) isKnownInLatin = true
    if (named || count * COMMONER >= passageCount || count > 2 || /\d/.test(word.folded)) continue
    if (word === typing && library.hasPrefix(word.folded.slice(0, Math.max(3, word.folded.length - 2)))) continue
    if (slipsAllowed(word.stem) > 0) unknown.push({ word, concept })
    else if (count === 0 && isLatin(word) && word.folded.length >= LEAST_SOUNDED) short.push({ word, concept })
  }
  const isRoman = romanGrammar.size > 0 || !isKnownInLatin
  if (isRoman) unknown.push(...short)
  if (unknown.length > 0) await library.load()
  for (const { word, concept } of unknown) {
    const count = library.count(word.stem)
    const sounds = isLatin(word) && count === 0 ? library.soundingLike(word.folded) : []
    const near = library.correct(word.stem)
    const trusted = near && near.term !== word.stem && near.count > count * COMMONER ? near : undefined
    const alike = sounds.length > 0 || trusted || count > 0 || !isLatin(word) ? [] : library.soundingNearly(word.folded)
    const heard = [...sounds, ...alike].slice(0, MOST_SOUNDS)
    if (heard.length > 0) {
      const weight = sounds.length > 0 ? SOUND_WEIGHT : NEAR_SOUND_WEIGHT
      concept.ways.push(...heard.flatMap(({ term }) => toWay(term, weight) ?? []))
      for (const { term } of heard) also.add(term)
      if (sounds.length > 0 || isRoman) bySound.add(concept)
    } else if (trusted) {
      concept.ways.push({ words: [{ folded: trusted.term, stem: stemOfTerm(trusted.term) }], weight: CORRECTED_WEIGHT })
      corrections.push({ typed: word.text, start: word.start, end: word.end, stem: trusted.term })
    } else {
      // Between words of Hindi grammar, what the library has nowhere is Hindi too, and no English for the model.
      if (romanGrammar.size > 0 && count === 0) bySound.add(concept)
      continue
    }
    concept.rarity = rarityOf(concept.ways, library, passageCount)
  }

  for (const match of matches) {
    const others = match.others.filter(({ way }) => isInLibrary(way, library))
    if (others.length === 0) continue
    const children = all.slice(match.from, match.to).flatMap(({ start }) => byStart.get(start) ?? [])
    if (children.length === 0) continue
    if (match.bySound) for (const concept of children) bySound.add(concept)
    const ways = others.map(({ way }) => way)
    const [only] = children
    if (children.length === 1 && only) {
      only.ways.push(...ways)
      only.rarity = rarityOf(only.ways, library, passageCount)
    } else spans.push({ concepts: children, ways })
    for (const { text, kind } of others) if (kind === 'same') also.add(text)
  }
  for (const match of matches) writeOut(match, all, replaced)
  for (const { start, end } of all) {
    const isWritten = replaced.some((part) => part.start < end && part.end > start)
    if (romanGrammar.has(start) && !isWritten) replaced.push({ start, end, text: '' })
  }

  const sound = [...bySound].reduce((sum, concept) => sum + concept.rarity, 0)
  let literal = sound
  for (const reference of references) {
    const start = all[reference.from]?.start ?? 0
    const concept = add(start, reference.ways)
    literal += concept.rarity
  }
  const concepts = [...byStart.values()]
  const total = concepts.reduce((sum, { rarity }) => sum + rarity, 0)
  const heard = total === 0 ? 0 : sound / total
  const soundShare = heard >= MOSTLY_SOUND && references.length === 0 ? 1 : heard
  const looked = [...concepts.flatMap(({ ways }) => ways), ...spans.flatMap(({ ways }) => ways)]
  const expressions = looked.flatMap(expressionsOf)
  return {
    concepts,
    spans,
    expression: expressions.length > 0 ? [...new Set(expressions)].join(' OR ') : undefined,
    phrases: parsed.phrases.flatMap((phrase) => toWay(phrase, 1) ?? []),
    excluded: parsed.excluded.flatMap((text) => toWay(text, 1) ?? []),
    meaning: rewrite(parsed.text, replaced).replace(/\s+/g, ' ').trim(),
    literalShare: Math.max(soundShare, total === 0 ? 0 : literal / total),
    soundShare,
    hindi: isHindi(query),
    corrections,
    alsoSearched: [...also].slice(0, MOST_SHOWN),
  }
}

/** From here on a query is Hindi, and its English names and numbers are no more for the model than the rest. */
const MOSTLY_SOUND = 1 / 3

/** Of a query's words beyond its references, at least so many belong to Hindi grammar where the query is Hindi. */
const LEAST_ROMAN_SHARE = 0.25
/** Those that English has too, or that are names of their own: they tell nothing of the language. */
const ALSO_ENGLISH = new Set('the to is in us un me he hi ho par main pe se na ya bad kin lie tab jab sab h'.split(' '))

/** By sound, so that any spelling of a longer one is known. */
const GRAMMAR_SOUNDS = new Set(
  [...STOPWORDS].filter((word) => /[\u0900-\u097f]/.test(word)).map((word) => romanKey(word)),
)
const LEAST_SOUNDED_GRAMMAR = 4

const isLatin = ({ folded }: Word) => /^[a-z]+$/.test(folded)

const isRomanGrammar = ({ text, folded }: Word): boolean =>
  !/^[A-Z]{2,}$/.test(text) &&
  (ROMAN_STOPWORDS.has(folded) ||
    (folded.length >= LEAST_SOUNDED_GRAMMAR && /^[a-z]+$/.test(folded) && GRAMMAR_SOUNDS.has(romanKey(folded))))

/** Starts of the words of grammar in a query that is Hindi in Latin letters; none of an English one. */
function findRomanGrammar(words: readonly Word[]): Set<number> {
  const grammar = words.filter(isRomanGrammar)
  const telling = grammar.filter(({ folded }) => ROMAN_STOPWORDS.has(folded) && !ALSO_ENGLISH.has(folded))
  if (telling.length === 0 || grammar.length < words.length * LEAST_ROMAN_SHARE) return new Set()
  // A query of nothing else is looked for as it stands.
  if (grammar.length === words.length) return new Set()
  return new Set(grammar.map(({ start }) => start))
}

/** BM25's weight of a word: of its most usual way, or of whatever is found in its place. */
function rarityOf(ways: readonly Way[], library: LibraryWords, passageCount: number): number {
  const counts = ways.map((way) => countOf(way, library))
  const count = counts[0] || Math.max(0, ...counts)
  return Math.log(1 + (passageCount - count + 0.5) / (count + 0.5))
}

/** At most so many passages hold a way: as many as its rarest word. */
function countOf({ words }: Way, library: LibraryWords): number {
  return Math.min(...words.map(({ folded, stem }) => Math.max(library.count(stem), library.count(folded))))
}

const isInLibrary = (way: Way, library: LibraryWords) => countOf(way, library) > 0

/** An English term of the index is a stem already. */
function stemOfTerm(term: string): string {
  return /[\u0900-\u097f]/.test(term) ? (wordsOf(term)[0]?.stem ?? term) : term
}

/** The model reads whole English words: what is short or sounds Hindi is written out for it. */
function writeOut(
  match: TermMatch,
  words: readonly Word[],
  replaced: { start: number; end: number; text: string }[],
): void {
  const [first, last] = [words[match.from], words[match.to - 1]]
  if (!first || !last || match.kind !== 'same') return
  if (replaced.some(({ start, end }) => first.start < end && last.end > start)) return
  const isShort = match.to - match.from === 1 && /^[A-Z][A-Z&]+s?$/.test(first.text)
  if (!isShort && !match.bySound) return
  const english = match.others
    .map(({ text }) => text)
    .filter((text) => /^[A-Za-z][A-Za-z' ()-]+$/.test(text) && !/^[A-Z]+s?$/.test(text))
  const [longest] = english.sort((a, b) => b.length - a.length)
  if (longest) replaced.push({ start: first.start, end: last.end, text: longest })
}

function rewrite(text: string, replaced: readonly { start: number; end: number; text: string }[]): string {
  let written = ''
  let at = 0
  for (const { start, end, text: by } of [...replaced].sort((a, b) => a.start - b.start)) {
    written += `${text.slice(at, start)}${by}`
    at = end
  }
  return foldText(written + text.slice(at))
}
