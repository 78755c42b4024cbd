import type { SearchScope } from '#contract/search.ts'
import type { ReadDb } from '../store/connection.ts'
import { newestChunkId } from '../store/search-terms.rows.ts'
import { isNarrow, newestVectorChange, readScopeChunkIds, readScopeDocumentIds } from '../store/vectors.rows.ts'

/** The passages of a part of the library. */
export interface ScopePassages {
  readonly count: number
  /** Ids of the first and the last of them; [1, 0] where there is none. */
  readonly first: number
  readonly last: number
  /** No passage of another document is between the first and the last, as in a document that was imported by itself. */
  readonly isWhole: boolean
  has(chunkId: number): boolean
  /** Ascending. */
  ids(): number[]
}

/**
 * Tells the passages of a scope; undefined for the whole library. Those of the last scope are kept until the library
 * changes: the same object then, so that more may be kept by it.
 */
export function openScopePassages({ db }: { db: ReadDb }): (scope: SearchScope) => ScopePassages | undefined {
  let known: { key: string; passages: ScopePassages } | undefined
  return (scope) => {
    if (!isNarrow(scope)) return undefined
    // Moving a document to another collection changes no passage: collections are looked up each time.
    const documentIds = scope.collectionIds?.length ? readScopeDocumentIds(db, scope) : scope.documentIds
    const key = JSON.stringify([newestChunkId(db), newestVectorChange(db), documentIds])
    if (known?.key !== key) known = { key, passages: passagesOf(readScopeChunkIds(db, scope)) }
    return known.passages
  }
}

/** One bit for each passage from the first to the last: a set of 100,000 numbers takes 4 MB. */
function passagesOf(chunkIds: readonly number[]): ScopePassages {
  let [first, last] = [Number.POSITIVE_INFINITY, 0]
  for (const id of chunkIds) {
    if (id < first) first = id
    if (id > last) last = id
  }
  if (chunkIds.length === 0) first = 1
  const bits = new Uint8Array(Math.ceil((last - first + 1) / 8))
  for (const id of chunkIds) bits[(id - first) >> 3] = (bits[(id - first) >> 3] as number) | (1 << ((id - first) & 7))
  const has = (id: number) =>
    id >= first && id <= last && ((bits[(id - first) >> 3] as number) & (1 << ((id - first) & 7))) !== 0
  return {
    count: chunkIds.length,
    first,
    last,
    isWhole: chunkIds.length === last - first + 1,
    has,
    ids() {
      const ids: number[] = []
      for (let id = first; id <= last; id++) if (has(id)) ids.push(id)
      return ids
    },
  }
}
