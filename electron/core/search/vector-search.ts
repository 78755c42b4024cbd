import type { EmbeddingModelIdentity } from '../ports.ts'
import type { ReadDb } from '../store/connection.ts'
import { findEmbeddingModelId, readVectors, toVector } from '../store/vectors.rows.ts'
import { cosine } from './exact-search.ts'
import type { LibraryIndex } from './library-index.ts'
import type { ScopePassages } from './scope-passages.ts'

export interface VectorSearchOptions {
  db: ReadDb
  index: Pick<LibraryIndex, 'search'>
  /** Of the model that made the query's vector and those of the index. */
  identity: EmbeddingModelIdentity
}

/**
 * Cosines to the query's vector: of the nearest `limit` chunks of the scope, and of
 * the chunks named in `also`, so that what the words found can be compared too.
 */
export function vectorSearch(
  { db, index, identity }: VectorSearchOptions,
  query: { vector: Float32Array; limit: number; inScope: ScopePassages | undefined; also: readonly number[] },
): Map<number, number> {
  const near = index.search(query.vector, query.limit, query.inScope)
  const cosines = new Map(near.map((hit) => [hit.chunkId, hit.cosine]))
  const modelId = findEmbeddingModelId(db, identity)
  if (modelId === undefined) return cosines
  const missing = query.also.filter((id) => !cosines.has(id))
  for (const row of readVectors(db, modelId, missing))
    cosines.set(row.chunkId, cosine(query.vector, toVector(row.vector)))
  return cosines
}
