import { type Word, wordsOf } from './query-words.ts'
import { romanKey } from './roman-key.ts'
import { toWay, type Way } from './word-way.ts'

/** Terms that stand for each other, or nearly. */
export interface TermGroup {
  id: string
  terms: readonly string[]
  /** same: DPSP is the Directive Principles, संविधान is the Constitution. near: a panel is something like a committee. */
  kind: 'same' | 'near'
}

/** A stretch of a query that is one of a group's terms. */
export interface TermMatch {
  /** Indexes into the query's words, [from, to). */
  from: number
  to: number
  /** As the group writes it. */
  term: string
  kind: TermGroup['kind']
  /** The other terms of the group. */
  others: readonly GroupTerm[]
  /** It was found by its sound: samvidhan for संविधान. */
  bySound: boolean
}

export interface GroupTerm {
  text: string
  way: Way
  kind: TermGroup['kind']
}

export interface TermLookup {
  /** The terms that stand in a query, longest first at each place. */
  find(words: readonly Word[]): TermMatch[]
}

/** What a near term counts for beside the word that was typed. */
const NEAR_WEIGHT = 0.5
const SAME_WEIGHT = 1
const MOST_WORDS = 8
/** Short words sound like too many others. */
const LEAST_SOUND_LENGTH = 4

interface Entry {
  group: TermGroup
  term: string
}

/** Makes terms quick to find in a query, in any of their forms; Hindi ones by their sound in Latin letters too. */
export function makeTermLookup(groups: readonly TermGroup[]): TermLookup {
  const byStems = new Map<string, Entry[]>()
  const bySound = new Map<string, Entry[]>()
  const ways = new Map<TermGroup, GroupTerm[]>()
  const put = (map: Map<string, Entry[]>, key: string, entry: Entry) => {
    const entries = map.get(key)
    if (entries) entries.push(entry)
    else map.set(key, [entry])
  }
  for (const group of groups) {
    ways.set(
      group,
      group.terms.flatMap((text) => {
        const way = toWay(text, group.kind === 'same' ? SAME_WEIGHT : NEAR_WEIGHT)
        return way ? [{ text, way, kind: group.kind }] : []
      }),
    )
    for (const term of group.terms) {
      const words = wordsOf(term)
      if (words.length === 0) continue
      put(byStems, words.map(({ stem }) => stem).join(' '), { group, term })
      if (/[\u0900-\u097f]/.test(term))
        put(bySound, words.map(({ folded }) => romanKey(folded)).join(' '), { group, term })
    }
  }

  const matchAt = (words: readonly Word[], from: number, to: number): TermMatch[] => {
    const slice = words.slice(from, to)
    // "us" and "it" are no abbreviations unless they are written as such.
    if (slice.length === 1 && slice[0]?.stop) return []
    const exact = preferAsTyped(byStems.get(slice.map(({ stem }) => stem).join(' ')) ?? [], slice)
    const sound =
      slice.every(({ folded }) => /^[a-z]+$/.test(folded)) &&
      slice.map(({ folded }) => folded).join('').length >= LEAST_SOUND_LENGTH
        ? (bySound.get(slice.map(({ folded }) => romanKey(folded)).join(' ')) ?? [])
        : []
    const entries = exact.length > 0 ? exact : sound
    return entries.map(({ group, term }) => ({
      from,
      to,
      term,
      kind: group.kind,
      others: (ways.get(group) ?? []).filter(({ text }) => exact.length === 0 || text !== term),
      bySound: exact.length === 0,
    }))
  }

  return {
    find(words) {
      const found: TermMatch[] = []
      for (let from = 0; from < words.length; from++) {
        for (let to = Math.min(words.length, from + MOST_WORDS); to > from; to--) {
          const matches = matchAt(words, from, to)
          found.push(...matches)
          if (matches.some(({ kind }) => kind === 'same')) break
        }
      }
      return found
    },
  }
}

const isAbbreviation = (term: string) => /^[A-Z]{2,}s?$/.test(term)

/** SCs are the Scheduled Castes, whatever SC is: an abbreviation that is listed as it was typed is no other. */
function preferAsTyped(entries: readonly Entry[], words: readonly Word[]): readonly Entry[] {
  const typed = words.map(({ folded }) => folded).join(' ')
  const isAsTyped = ({ term }: Entry) => term.toLowerCase() === typed
  if (!entries.some((entry) => isAbbreviation(entry.term) && isAsTyped(entry))) return entries
  return entries.filter((entry) => !isAbbreviation(entry.term) || isAsTyped(entry))
}
