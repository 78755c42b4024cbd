import type { SearchTerms, SearchTermsInput } from '#contract/search.ts'
import { StudyError } from '../errors.ts'
import type { Clock, Ids } from '../ports.ts'
import type { Store } from '../store/open-store.ts'
import { deleteChangedTerms, readChangedTerms, writeChangedTerms } from '../store/searches.rows.ts'
import { wordsOf } from './query-words.ts'
import { makeTermLookup, type TermGroup, type TermLookup } from './term-groups.ts'

/** Abbreviations and other names: those that ship, and what the person made of them. */
export interface SearchTermsKeeper {
  /** Own and changed groups first, then those that ship; removed ones stay in the list, marked. */
  list(): SearchTerms[]
  /** Adds a group, or changes one when it has an id. Throws StudyError `bad-input`. */
  save(input: SearchTermsInput): SearchTerms[]
  /** Takes a group out: one's own is gone, one that ships can be restored. */
  remove(id: string): SearchTerms[]
  /** Makes one group, or all without an id, what the app ships. One's own are gone then. */
  restore(id: string | undefined): SearchTerms[]
  /** As search reads them. */
  lookup(): TermLookup
}

export interface SearchTermsOptions {
  store: Pick<Store, 'reader' | 'transaction'>
  shipped: readonly TermGroup[]
  ids: Ids
  clock: Pick<Clock, 'nowMs'>
}

export function keepSearchTerms({ store, shipped, ids, clock }: SearchTermsOptions): SearchTermsKeeper {
  const shippedIds = new Set(shipped.map(({ id }) => id))
  let known: TermLookup | undefined

  function list(): SearchTerms[] {
    const changed = readChangedTerms(store.reader)
    const changedById = new Map(changed.map((row) => [row.id, row]))
    const own = changed.filter(({ id }) => !shippedIds.has(id)).map((row): SearchTerms => ({ ...row, origin: 'own' }))
    const fromApp = shipped.map(({ id, kind, terms }): SearchTerms => {
      const change = changedById.get(id)
      if (!change) return { id, kind, terms: [...terms], origin: 'shipped' }
      if (change.terms.length === 0) return { id, kind, terms: [...terms], origin: 'removed' }
      return { ...change, origin: 'changed' }
    })
    const order = { own: 0, changed: 1, removed: 2, shipped: 3 }
    return [...own.reverse(), ...fromApp].sort((a, b) => order[a.origin] - order[b.origin])
  }

  function change(work: Parameters<typeof store.transaction>[0]): SearchTerms[] {
    store.transaction(work)
    known = undefined
    return list()
  }

  return {
    list,
    save({ id, kind, terms }) {
      const clean = [
        ...new Set(terms.map((term) => term.trim().replace(/\s+/g, ' ')).filter((term) => wordsOf(term).length > 0)),
      ]
      if (clean.length < 2) {
        throw new StudyError('bad-input', 'Give at least two terms that stand for each other. Nothing was changed.')
      }
      return change((db) => writeChangedTerms(db, { id: id ?? ids.next(), kind, terms: clean }, clock.nowMs()))
    },
    remove(id) {
      const group = shipped.find((one) => one.id === id)
      return change((db) => {
        if (group) writeChangedTerms(db, { id, kind: group.kind, terms: [] }, clock.nowMs())
        else deleteChangedTerms(db, id)
      })
    },
    restore: (id) => change((db) => deleteChangedTerms(db, id)),
    lookup() {
      known ??= makeTermLookup(list().filter(({ origin }) => origin !== 'removed'))
      return known
    },
  }
}
