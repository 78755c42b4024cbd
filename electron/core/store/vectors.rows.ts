import type { SearchScope } from '#contract/search.ts'
import type { EmbeddingModelIdentity } from '../ports.ts'
import type { ReadDb } from './connection.ts'
import { prepareOnce } from './prepare-once.ts'

/** The vector of a chunk as it is stored: float32 little-endian. */
export interface VectorRow {
  chunkId: number
  vector: Buffer
}

export interface VectorChange {
  seq: number
  chunkId: number
  operation: 'add' | 'remove'
}

/** The row id of an embedding model; undefined while nothing was embedded with it. */
export function findEmbeddingModelId(db: ReadDb, identity: EmbeddingModelIdentity): number | undefined {
  const { name, weightsHash, dimension, prompt } = identity
  return prepareOnce(
    db,
    'SELECT id FROM embedding_models WHERE name = ? AND weights_hash = ? AND dimension = ? AND prompt = ?',
  )
    .pluck()
    .get(name, weightsHash, dimension, prompt) as number | undefined
}

// CROSS JOIN keeps the order: without statistics SQLite would go through every vector of the model for a few chunks.
const CHUNK_VECTORS = 'FROM chunks c CROSS JOIN embeddings e ON e.model_id = ? AND e.text_hash = c.text_hash'

/** Chunks that have a vector of the model. */
export function countVectors(db: ReadDb, modelId: number): number {
  return db.$client.prepare(`SELECT count(*) ${CHUNK_VECTORS}`).pluck().get(modelId) as number
}

/** Those of them after an id, up to another. */
export function countVectorsIn(
  db: ReadDb,
  modelId: number,
  { afterId, untilId }: { afterId: number; untilId: number },
): number {
  return prepareOnce(db, `SELECT count(*) ${CHUNK_VECTORS} WHERE c.id > ? AND c.id <= ?`)
    .pluck()
    .get(modelId, afterId, untilId) as number
}

/** Ids of the chunks that have a vector of the model, ascending. */
export function readVectorChunkIds(db: ReadDb, modelId: number): number[] {
  return db.$client.prepare(`SELECT c.id ${CHUNK_VECTORS} ORDER BY c.id`).pluck().all(modelId) as number[]
}

/** Vectors of some chunks, in no order; chunks without one are left out. */
export function readVectors(db: ReadDb, modelId: number, chunkIds: readonly number[]): VectorRow[] {
  return prepareOnce(
    db,
    `SELECT c.id AS chunkId, e.vector ${CHUNK_VECTORS} WHERE c.id IN (SELECT value FROM json_each(?))`,
  ).all(modelId, JSON.stringify(chunkIds)) as VectorRow[]
}

/** Packed token vectors of some chunks, in no order; chunks without any are left out. */
export function readTokenVectors(
  db: ReadDb,
  modelId: number,
  chunkIds: readonly number[],
): { chunkId: number; tokens: Buffer }[] {
  return prepareOnce(
    db,
    `SELECT c.id AS chunkId, t.vectors AS tokens FROM chunks c
     CROSS JOIN token_vectors t ON t.model_id = @modelId AND t.text_hash = c.text_hash
     WHERE c.id IN (SELECT value FROM json_each(@ids))`,
  ).all({ modelId, ids: JSON.stringify(chunkIds) }) as { chunkId: number; tokens: Buffer }[]
}

/**
 * Every vector of the model, one after the other with no copy of them all. The
 * connection can do nothing else until the iteration ends: never await inside it.
 */
export function iterateVectors(db: ReadDb, modelId: number): IterableIterator<VectorRow> {
  return db.$client
    .prepare(`SELECT c.id AS chunkId, e.vector ${CHUNK_VECTORS}`)
    .iterate(modelId) as IterableIterator<VectorRow>
}

/** Ids of the chunks of a scope. */
export function readScopeChunkIds(db: ReadDb, scope: SearchScope): number[] {
  const { where, values } = scopeCondition(scope)
  return db.$client
    .prepare(`SELECT c.id FROM chunks c WHERE ${where}`)
    .pluck()
    .all(...values) as number[]
}

/** Ids of the documents of a scope, in order; of a document that is not there too. */
export function readScopeDocumentIds(db: ReadDb, { documentIds = [], collectionIds = [] }: SearchScope): string[] {
  return prepareOnce(
    db,
    `SELECT value FROM json_each(?) UNION
     SELECT id FROM documents WHERE collection_id IN (SELECT value FROM json_each(?)) ORDER BY 1`,
  )
    .pluck()
    .all(JSON.stringify(documentIds), JSON.stringify(collectionIds)) as string[]
}

/** True when the scope is a part of the library, not all of it. Empty lists name nothing, as if they were absent. */
export function isNarrow({ documentIds = [], collectionIds = [] }: SearchScope): boolean {
  return documentIds.length + collectionIds.length > 0
}

/** Documents that were named and documents of the named collections, as a condition on chunks `c`. */
export function scopeCondition(scope: SearchScope): { where: string; values: string[] } {
  if (!isNarrow(scope)) return { where: 'TRUE', values: [] }
  return {
    where:
      'c.document_id IN (SELECT value FROM json_each(?) UNION ' +
      'SELECT id FROM documents WHERE collection_id IN (SELECT value FROM json_each(?)))',
    values: [JSON.stringify(scope.documentIds ?? []), JSON.stringify(scope.collectionIds ?? [])],
  }
}

/** The number of the newest change ever made; 0 for none. Survives the deletion of old changes. */
export function newestVectorChange(db: ReadDb): number {
  const seq = prepareOnce(db, "SELECT seq FROM sqlite_sequence WHERE name = 'vector_changes'").pluck().get()
  return (seq as number | undefined) ?? 0
}

// Two looks at the index by (model, seq): what other models learn must not be gone through.
const CHANGES_OF_MODEL = `(
  SELECT seq, chunk_id, operation FROM vector_changes WHERE model_id = 0 AND seq > @afterSeq
  UNION ALL SELECT seq, chunk_id, operation FROM vector_changes WHERE model_id = @modelId AND seq > @afterSeq)`

/** Changes after `afterSeq` that an index of the model must take in, oldest first. */
export function readVectorChanges(db: ReadDb, modelId: number, afterSeq: number, limit: number): VectorChange[] {
  return prepareOnce(
    db,
    `SELECT seq, chunk_id AS chunkId, operation FROM ${CHANGES_OF_MODEL} ORDER BY seq LIMIT @limit`,
  ).all({ modelId, afterSeq, limit }) as VectorChange[]
}

/** How many changes after `afterSeq` an index of the model must take in. */
export function countVectorChanges(db: ReadDb, modelId: number, afterSeq: number): number {
  return prepareOnce(db, `SELECT count(*) AS count FROM ${CHANGES_OF_MODEL}`)
    .pluck()
    .get({ modelId, afterSeq }) as number
}

/** Chunks touched by those changes. */
export function readChangedChunkIds(db: ReadDb, modelId: number, afterSeq: number): number[] {
  return prepareOnce(db, `SELECT DISTINCT chunk_id FROM ${CHANGES_OF_MODEL}`)
    .pluck()
    .all({ modelId, afterSeq }) as number[]
}

/** What tells the history up to a change from any other with the same numbers; undefined for a number that is not there. */
export function readHistoryToken(db: ReadDb, seq: number): string | undefined {
  if (seq === 0) return '0'
  return prepareOnce(db, 'SELECT CAST(token AS TEXT) FROM vector_changes WHERE seq = @seq').pluck().get({ seq }) as
    | string
    | undefined
}

/** A stored vector as numbers. Copies only where the bytes are not aligned. */
export function toVector(bytes: Buffer): Float32Array {
  if (bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  return new Float32Array(new Uint8Array(bytes).buffer)
}
