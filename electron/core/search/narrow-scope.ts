import type { SearchScope } from '#contract/search.ts'
import type { ReadDb } from '../store/connection.ts'
import { type FilteredDocument, readFilteredDocuments, readPassageSample } from '../store/search-scope.rows.ts'
import { isHindi } from './query-words.ts'

export type DocumentLanguage = 'en' | 'hi'

/** Turns kinds, languages and dates into the documents that have them. */
export interface ScopeNarrower {
  /** The scope in documents and collections alone; undefined where no document is in it. */
  narrow(scope: SearchScope): SearchScope | undefined
}

/** Passages of a document that are looked at for its language. */
const SAMPLE_COUNT = 8
/** A book with some pages in another language is in both. */
const LEAST_SHARE = 0.25

export function makeScopeNarrower({ db }: { db: ReadDb }): ScopeNarrower {
  /** By document and the time it was changed. */
  const languages = new Map<string, ReadonlySet<DocumentLanguage>>()

  function languagesOf({ id, updatedAtMs }: FilteredDocument): ReadonlySet<DocumentLanguage> {
    const key = `${id} ${updatedAtMs}`
    let known = languages.get(key)
    if (!known) {
      const sample = readPassageSample(db, id, SAMPLE_COUNT)
      const hindiShare = sample.filter(isHindi).length / Math.max(1, sample.length)
      known = new Set([
        ...(hindiShare >= LEAST_SHARE ? (['hi'] as const) : []),
        ...(1 - hindiShare >= LEAST_SHARE ? (['en'] as const) : []),
      ])
      languages.set(key, known)
    }
    return known
  }

  return {
    narrow(scope) {
      const { documentIds, collectionIds, mediaTypes = [], languages: wanted = [], addedAfterMs } = scope
      if (mediaTypes.length + wanted.length === 0 && addedAfterMs === undefined) {
        return { ...(documentIds && { documentIds }), ...(collectionIds && { collectionIds }) }
      }
      const found = readFilteredDocuments(db, scope).filter(
        (document) => wanted.length === 0 || wanted.some((language) => languagesOf(document).has(language)),
      )
      return found.length > 0 ? { documentIds: found.map(({ id }) => id) } : undefined
    },
  }
}
