import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ReadDb } from '../store/connection.ts'
import { countChunks } from '../store/search.rows.ts'
import { countTerm, hasTermWithPrefix, newestChunkId, readTerms } from '../store/search-terms.rows.ts'
import { buildWordList, type LibraryWord, LONGEST_WORD, type WordList } from './word-list.ts'

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
  /** Those that have its consonants and nearly its vowels: English words as Hindi writes them too. `load` first. */
  soundingNearly(latin: string): LibraryWord[]
}

const TERMS_PER_TURN = 4_000
/** Past so many words, those that stand in one passage alone are mostly slips of a scan. */
const MANY_WORDS = 60_000
/** So many new passages, as a share of the library, are sooner read again than missed. */
const STALE_SHARE = 0.02
const KEPT_COUNTS = 5_000

/** Slips that are forgiven: short words have too many neighbours. */
export function slipsAllowed(term: string): number {
  const isHindi = /[\u0900-\u097f]/.test(term)
  if (term.length < (isHindi ? 4 : 5)) return 0
  return term.length >= 8 ? 2 : 1
}

/** जल and वन are words of three sounds. */
const leastLength = (term: string) => (/^[\u0900-\u097f]/.test(term) ? 2 : 3)

/** How far two spellings of one sound may be apart. */
const lettersApart = (latin: string) => (latin.length >= 8 ? 3 : latin.length >= 5 ? 2 : 1)

export function openLibraryWords({ db }: { db: ReadDb }): LibraryWords {
  let words: WordList | undefined
  let readAt: number | undefined
  let reading: Promise<void> | undefined
  let counts = new Map<string, number>()
  let countsAt = -1

  async function read(): Promise<void> {
    const upTo = newestChunkId(db)
    const list = buildWordList()
    let after = ''
    for (;;) {
      const rows = readTerms(db, after, TERMS_PER_TURN)
      const last = rows.at(-1)
      if (!last) break
      for (const { term, count } of rows) {
        if (term.length >= leastLength(term) && term.length <= LONGEST_WORD && !/\d/.test(term)) list.add(term, count)
      }
      after = last.term
      await nextTurn()
    }
    words = list.finish(list.count > MANY_WORDS ? 2 : 1)
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
      return most === 0 ? undefined : words?.nearest(term, most)
    },
    soundingLike: (latin) => words?.soundingLike(latin, lettersApart(latin)) ?? [],
    soundingNearly: (latin) => words?.soundingNearly(latin, lettersApart(latin)) ?? [],
  }
}
