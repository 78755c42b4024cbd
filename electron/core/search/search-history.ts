import type { SearchHistory } from '#contract/search.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/open-store.ts'
import { deleteSearches, noteSearch, readSearches, writeSavedSearch } from '../store/searches.rows.ts'

/** What was searched lately, and what is kept to be searched again. */
export interface SearchHistoryKeeper {
  read(): SearchHistory
  /** Notes a search that led somewhere. */
  note(query: string): SearchHistory
  /** Keeps a search among the saved ones, or no longer. */
  save(query: string, saved: boolean): SearchHistory
  /** Forgets one search; without it every recent one. Saved ones are forgotten one by one only. */
  forget(query: string | undefined): SearchHistory
}

const RECENT_COUNT = 20
const SAVED_COUNT = 200

export function keepSearchHistory(options: {
  store: Pick<Store, 'reader' | 'transaction'>
  clock: Pick<Clock, 'nowMs'>
}): SearchHistoryKeeper {
  const { store, clock } = options
  const read = (): SearchHistory => ({
    recent: readSearches(store.reader, { saved: false, limit: RECENT_COUNT }),
    saved: readSearches(store.reader, { saved: true, limit: SAVED_COUNT }),
  })
  const change = (work: Parameters<typeof store.transaction>[0]): SearchHistory => {
    store.transaction(work)
    return read()
  }
  return {
    read,
    note(query) {
      const words = query.trim()
      if (words === '') return read()
      return change((db) => noteSearch(db, words, { nowMs: clock.nowMs(), keep: RECENT_COUNT }))
    },
    save: (query, saved) => change((db) => writeSavedSearch(db, query.trim(), saved, clock.nowMs())),
    forget: (query) => change((db) => deleteSearches(db, query)),
  }
}
