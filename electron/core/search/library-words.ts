import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ReadDb } from '../store/connection.ts'
import { countChunks } from '../store/search.rows.ts'
import { countTerm, hasTermWithPrefix, newestChunkId, readTerms } from '../store/search-terms.rows.ts'
import { editDistance } from './edit-distance.ts'
import { romanize, romanKey } from './roman-key.ts'

/**
 * The words of the library, as the keyword index holds them: English ones as stems,
 * Hindi ones folded. What a misspelt or transliterated word is compared with.
 */
export interface LibraryWords {
  /** Passages of the library, as of the last one added: counting them all takes longer than a search may. */
  passageCount(): number
  /** In how many passages a stem or folded word stands. */
  count(term: string): number
  /** Whether some word begins so. */
  hasPrefix(beginning: string): boolean
  /** Reads the words, where they were not read since the library grew. Takes turns with other work. */
  load(): Promise<void>
  /** The most likely word that was meant; undefined where none is near. `load` first. */
  correct(term: string): LibraryWord | undefined
  /** Hindi words that sound like a word in Latin letters, likeliest first. `load` first. */
  soundingLike(latin: string): LibraryWord[]
}

export interface LibraryWord {
  term: string
  count: number
}

const TERMS_PER_TURN = 4_000
/** Past so many words, those that stand in one passage alone are mostly slips of a scan. */
const MANY_WORDS = 60_000
/** So many new passages, as a share of the library, are sooner read again than missed. */
const STALE_SHARE = 0.02
const KEPT_COUNTS = 5_000

/** A word's letters as bits: two words that differ in more of them than slips can change need no closer look. */
function lettersOf(word: string): number {
  let bits = 0
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) % 31)
  return bits
}

function bitCount(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}

/** Slips that are forgiven: short words have too many neighbours. */
export function slipsAllowed(term: string): number {
  const isHindi = /[\u0900-\u097f]/.test(term)
  if (term.length < (isHindi ? 4 : 5)) return 0
  return term.length >= 8 ? 2 : 1
}

export function openLibraryWords({ db }: { db: ReadDb }): LibraryWords {
  let words: (LibraryWord & { letters: number })[] = []
  let byLength = new Map<number, (LibraryWord & { letters: number })[]>()
  let byKey = new Map<string, LibraryWord[]>()
  let readAt: number | undefined
  let reading: Promise<void> | undefined
  let counts = new Map<string, number>()
  let countsAt = -1

  async function read(): Promise<void> {
    const upTo = newestChunkId(db)
    const found: typeof words = []
    let after = ''
    for (;;) {
      const rows = readTerms(db, after, TERMS_PER_TURN)
      const last = rows.at(-1)
      if (!last) break
      for (const { term, count } of rows) {
        if (/\d/.test(term) || term.length < 3 || term.length > 30) continue
        found.push({ term, count, letters: lettersOf(term) })
      }
      after = last.term
      await nextTurn()
    }
    words = found.length > MANY_WORDS ? found.filter(({ count }) => count > 1) : found
    byLength = Map.groupBy(words, ({ term }) => term.length)
    byKey = Map.groupBy(
      words.filter(({ term }) => /[\u0900-\u097f]/.test(term)),
      ({ term }) => romanKey(term),
    )
    readAt = upTo
  }

  let passages = 0

  /** Forgets what was counted before the library grew. */
  function refresh(): void {
    const newest = newestChunkId(db)
    if (countsAt === newest && counts.size <= KEPT_COUNTS) return
    counts = new Map()
    countsAt = newest
    passages = countChunks(db)
  }

  return {
    passageCount() {
      refresh()
      return passages
    },
    count(term) {
      let count = counts.get(term)
      if (count === undefined) {
        count = countTerm(db, term)
        counts.set(term, count)
      }
      return count
    },
    hasPrefix: (beginning) => hasTermWithPrefix(db, beginning),
    load() {
      const newest = newestChunkId(db)
      if (readAt !== undefined && newest - readAt <= readAt * STALE_SHARE) return Promise.resolve()
      reading ??= read().finally(() => {
        reading = undefined
      })
      return reading
    },
    correct(term) {
      const most = slipsAllowed(term)
      if (most === 0) return undefined
      const letters = lettersOf(term)
      let best: (LibraryWord & { distance: number }) | undefined
      for (let length = term.length - most; length <= term.length + most; length++) {
        for (const word of byLength.get(length) ?? []) {
          if (bitCount(word.letters ^ letters) > 2 * most) continue
          const distance = editDistance(term, word.term, best ? Math.min(most, Math.ceil(best.distance)) : most)
          if (distance > most) continue
          // People seldom miss the first letter.
          const cost = distance + (word.term[0] === term[0] ? 0 : 0.5)
          if (!best || cost < best.distance || (cost === best.distance && word.count > best.count)) {
            best = { term: word.term, count: word.count, distance: cost }
          }
        }
      }
      return best && { term: best.term, count: best.count }
    },
    soundingLike(latin) {
      const most = latin.length >= 8 ? 3 : latin.length >= 5 ? 2 : 1
      return (byKey.get(romanKey(latin)) ?? [])
        .map((word) => ({
          word,
          distance: editDistance(plainSpelling(latin), plainSpelling(romanize(word.term)), most),
        }))
        .filter(({ distance }) => distance <= most)
        .sort((a, b) => a.distance - b.distance || b.word.count - a.word.count)
        .map(({ word }) => word)
    },
  }
}

const plainSpelling = (latin: string) => latin.toLowerCase().replace(/aa/g, 'a').replace(/ee/g, 'i').replace(/oo/g, 'u')
