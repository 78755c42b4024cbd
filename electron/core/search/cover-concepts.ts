import type { TextRange } from '#contract/search.ts'
import { foldWord } from './query-words.ts'
import { stemWord } from './stem-word.ts'
import type { Concept, UnderstoodQuery } from './understand-query.ts'
import type { Way } from './word-way.ts'

/** Where the words that are looked for stand in a text. */
interface Place {
  /** The word's number in the text, from 0. */
  position: number
  start: number
  end: number
}

/** Looks for concepts in passages: how much of what was asked a passage names, and where. */
export interface ConceptCoverer {
  /** The share of the query, by rarity, that a passage names, 0..1. Its heading counts as its words. */
  cover(passage: { heading: string; lead?: string; text: string }): number
  /** Where the words stand in a text, in order, not overlapping. */
  places(text: string): TextRange[]
  /** Whether a text has every phrase and none of what is excluded. */
  admits(passage: { title: string; heading: string; lead: string; text: string }): boolean
}

/** What a term of several words counts for where its words stand apart. */
const SCATTERED = 0.7

const WORD = /[\p{L}\p{N}\p{M}\p{Co}](?:[\p{L}\p{N}\p{M}\p{Co}\u00ad]|\u200c|\u200d)*/gu

export function makeConceptCoverer(query: UnderstoodQuery): ConceptCoverer {
  const { concepts, spans, phrases, excluded } = query
  const ways = [
    ...concepts.flatMap((concept) => concept.ways),
    ...spans.flatMap((span) => span.ways),
    ...phrases,
    ...excluded,
  ]
  const wanted = new Set(ways.flatMap(({ words }) => words.map(({ stem }) => stem)))
  const beginnings = ways.filter(({ unfinished }) => unfinished).flatMap(({ words }) => words.at(-1)?.folded ?? [])
  const total = concepts.reduce((sum, { rarity }) => sum + rarity, 0)

  /** Words of a text that are looked for, by stem; those that begin as the unfinished word does, under that beginning. */
  function placesOf(text: string): Map<string, Place[]> {
    const into = new Map<string, Place[]>()
    let position = 0
    for (const match of text.matchAll(WORD)) {
      const { folded, stem } = formsOf(match[0])
      if (folded === '') continue
      position++
      const keys = beginnings
        .filter((beginning) => beginning.length >= 2 && folded.startsWith(beginning))
        .map((beginning) => `${beginning}*`)
      if (wanted.has(stem)) keys.push(stem)
      for (const key of keys) {
        const places = into.get(key)
        const place = { position, start: match.index, end: match.index + match[0].length }
        if (places) places.push(place)
        else into.set(key, [place])
      }
    }
    return into
  }

  function creditOf(way: Way, places: Map<string, Place[]>, text: string): number {
    return findWay(way, places, text).length > 0 ? way.weight : scatteredCredit(way, places)
  }

  function conceptCredit({ ways: own }: Concept, places: Map<string, Place[]>, text: string): number {
    let best = 0
    for (const way of own) if (way.weight > best) best = Math.max(best, creditOf(way, places, text))
    return best
  }

  return {
    cover({ heading, lead = '', text }) {
      if (total === 0) return 0
      const whole = `${heading}\n${lead}${text}`
      const places = placesOf(whole)
      const credits = new Map(concepts.map((concept) => [concept, conceptCredit(concept, places, whole)]))
      for (const span of spans) {
        const best = Math.max(0, ...span.ways.map((way) => creditOf(way, places, whole)))
        for (const concept of span.concepts) if ((credits.get(concept) ?? 0) < best) credits.set(concept, best)
      }
      let found = 0
      for (const [concept, credit] of credits) found += credit * concept.rarity
      return found / total
    },
    places(text) {
      const places = placesOf(text)
      const found = [
        ...concepts.flatMap((concept) => concept.ways),
        ...spans.flatMap((span) => span.ways),
        ...phrases,
      ].flatMap((way) => findWay(way, places, text))
      return merge(found)
    },
    admits({ title, heading, lead, text }) {
      if (phrases.length + excluded.length === 0) return true
      const whole = `${title}\n${heading}\n${lead}${text}`
      const places = placesOf(whole)
      const has = (way: Way) => findWay(way, places, whole).length > 0
      return phrases.every(has) && !excluded.some(has)
    },
  }
}

/** Where a way stands: each place one after the other, or close enough. */
function findWay(way: Way, places: Map<string, Place[]>, text: string): TextRange[] {
  const { words, within, unfinished, asNumberOfParagraph } = way
  const [first, ...rest] = words
  if (!first) return []
  const firsts = places.get(first.stem) ?? []
  if (rest.length === 0) {
    if (asNumberOfParagraph) return firsts.filter((place) => beginsParagraph(text, place))
    return unfinished ? [...firsts, ...(places.get(`${first.folded}*`) ?? [])] : firsts
  }
  return firsts.flatMap((place): TextRange[] => {
    const found = [place]
    for (const [i, { stem }] of rest.entries()) {
      const next = (places.get(stem) ?? []).find(({ position }) =>
        within === undefined ? position === place.position + i + 1 : Math.abs(position - place.position) <= within,
      )
      if (!next) return []
      found.push(next)
    }
    if (asNumberOfParagraph && !beginsParagraph(text, place)) return []
    return within === undefined ? [{ start: place.start, end: found.at(-1)?.end ?? place.end }] : found
  })
}

/** "356. Provisions …", "21A. Right to education": a number that a line begins with. */
function beginsParagraph(text: string, { start, end }: Place): boolean {
  return (
    /(?:^|\n)\s*\[?\d*\[?$/.test(text.slice(Math.max(0, start - 6), start)) &&
    /^\s?(?:[A-Z]{1,2})?\s?\.\s*[\p{Lu}[“"]/u.test(text.slice(end, end + 8))
  )
}

function scatteredCredit({ words, within, weight, asNumberOfParagraph }: Way, places: Map<string, Place[]>): number {
  if (words.length < 2 || within !== undefined || asNumberOfParagraph || words.some(({ folded }) => /\d/.test(folded)))
    return 0
  return words.every(({ stem, folded }) => folded.length <= 3 || places.has(stem)) ? weight * SCATTERED : 0
}

function merge(ranges: readonly TextRange[]): TextRange[] {
  const merged: TextRange[] = []
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged
}

const forms = new Map<string, { folded: string; stem: string }>()
const MOST_FORMS = 50_000

/** The same words are met over and over while passages are compared. */
function formsOf(word: string): { folded: string; stem: string } {
  let known = forms.get(word)
  if (!known) {
    if (forms.size >= MOST_FORMS) forms.clear()
    const folded = foldWord(word)
    known = { folded, stem: stemWord(folded) }
    forms.set(word, known)
  }
  return known
}
