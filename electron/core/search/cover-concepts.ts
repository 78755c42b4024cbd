import type { TextRange } from '#contract/search.ts'
import { makeWordFinder, type Place } from './find-words.ts'
import type { Concept, UnderstoodQuery } from './understand-query.ts'
import type { Way } from './word-way.ts'

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

export function makeConceptCoverer(query: UnderstoodQuery): ConceptCoverer {
  const { concepts, spans, phrases, excluded } = query
  const ways = [
    ...concepts.flatMap((concept) => concept.ways),
    ...spans.flatMap((span) => span.ways),
    ...phrases,
    ...excluded,
  ]
  const placesOf = makeWordFinder({
    stems: new Set(ways.flatMap(({ words }) => words.map(({ stem }) => stem))),
    beginnings: ways
      .filter(({ unfinished }) => unfinished)
      .flatMap(({ words }) => words.at(-1)?.folded ?? [])
      .filter((beginning) => beginning.length >= 2),
  })
  const total = concepts.reduce((sum, { rarity }) => sum + rarity, 0)

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
