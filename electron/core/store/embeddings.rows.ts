import type { DocumentId } from '#contract/ids.ts'
import type { EmbeddingModelIdentity } from '../ports.ts'
import type { EmbeddedWith } from './chunks.rows.ts'
import type { ReadDb, WriteDb } from './connection.ts'
import { embeddingModels } from './library.schema.ts'
import { findEmbeddingModelId } from './vectors.rows.ts'

/** The row id of an embedding model, made when it is new. */
export function ensureEmbeddingModel(db: WriteDb, identity: EmbeddingModelIdentity): number {
  const known = findEmbeddingModelId(db, identity)
  if (known !== undefined) return known
  const { name, weightsHash, dimension, prompt } = identity
  const { lastInsertRowid } = db.insert(embeddingModels).values({ name, weightsHash, dimension, prompt }).run()
  return Number(lastInsertRowid)
}

/** Keeps vectors by the hash of what was embedded, with token vectors where there are any; what is there already stays. */
export function insertEmbeddings(
  db: WriteDb,
  modelId: number,
  added: readonly { textHash: string; vector: Float32Array; tokens?: Uint8Array }[],
): void {
  const insert = db.$client.prepare('INSERT OR IGNORE INTO embeddings (model_id, text_hash, vector) VALUES (?, ?, ?)')
  const insertTokens = db.$client.prepare(
    'INSERT OR IGNORE INTO token_vectors (model_id, text_hash, vectors) VALUES (?, ?, ?)',
  )
  for (const { textHash, vector, tokens } of added) {
    insert.run(modelId, textHash, toBytes(vector))
    if (tokens) insertTokens.run(modelId, textHash, tokens)
  }
}

/** Tells the index of a model which chunks have a vector now. */
export function recordVectorsAdded(db: WriteDb, modelId: number, chunkIds: readonly number[]): void {
  const insert = db.$client.prepare("INSERT INTO vector_changes (chunk_id, operation, model_id) VALUES (?, 'add', ?)")
  for (const chunkId of chunkIds) insert.run(chunkId, modelId)
}

/** Tells the index of every model which chunks of a document have a vector of it. */
export function recordVectorsOf(db: WriteDb, documentId: DocumentId): void {
  db.$client
    .prepare(
      `INSERT INTO vector_changes (chunk_id, operation, model_id)
       SELECT c.id, 'add', e.model_id FROM chunks c CROSS JOIN embedding_models m
       CROSS JOIN embeddings e ON e.model_id = m.id AND e.text_hash = c.text_hash WHERE c.document_id = ?`,
    )
    .run(documentId)
}

/** Tells the indexes of all models which chunks are gone. */
export function recordVectorsRemoved(db: WriteDb, chunkIds: readonly number[]): void {
  const insert = db.$client.prepare("INSERT INTO vector_changes (chunk_id, operation) VALUES (?, 'remove')")
  for (const chunkId of chunkIds) insert.run(chunkId)
}

/** Notes which of the texts no chunk has any more: `deleteUnusedEmbeddings` forgets their vectors in time. */
export function markUnusedTexts(db: WriteDb, textHashes: readonly string[], nowMs: number): void {
  db.$client
    .prepare(
      `INSERT OR REPLACE INTO unused_texts (text_hash, since_ms)
       SELECT DISTINCT value, @nowMs FROM json_each(@textHashes)
       WHERE NOT EXISTS (SELECT 1 FROM chunks c WHERE c.text_hash = value)`,
    )
    .run({ textHashes: JSON.stringify(textHashes), nowMs })
}

/** Forgets up to `limit` texts that were without a chunk since before `beforeMs`, with their vectors of every model. Returns how many. */
export function deleteUnusedEmbeddings(db: WriteDb, beforeMs: number, limit: number): number {
  const hashes = db.$client
    .prepare('SELECT text_hash FROM unused_texts WHERE since_ms < ? LIMIT ?')
    .pluck()
    .all(beforeMs, limit) as string[]
  const list = JSON.stringify(hashes)
  db.$client
    .prepare(
      `DELETE FROM embeddings
       WHERE (model_id, text_hash) IN (SELECT m.id, h.value FROM embedding_models m, json_each(?) h)
       AND NOT EXISTS (SELECT 1 FROM chunks c WHERE c.text_hash = embeddings.text_hash)
       AND NOT EXISTS (SELECT 1 FROM shelved_chunks s WHERE s.text_hash = embeddings.text_hash)`,
    )
    .run(list)
  db.$client.prepare('DELETE FROM unused_texts WHERE text_hash IN (SELECT value FROM json_each(?))').run(list)
  return hashes.length
}

/** A model that vectors are kept of. */
export interface KeptModel {
  modelId: number
  name: string
  weightsHash: string
  dimension: number
  prompt: string
  vectorCount: number
  /** Of a text's token vectors, as measured on some; 0 where there are none. */
  tokenBytes: number
}

/** The models with their vectors, whether they are in use or not. */
export function readKeptModels(db: ReadDb): KeptModel[] {
  return db.$client
    .prepare(
      `SELECT m.id AS modelId, m.name, m.weights_hash AS weightsHash, m.dimension, m.prompt,
              (SELECT count(*) FROM embeddings e WHERE e.model_id = m.id) AS vectorCount,
              (SELECT coalesce(avg(length(vectors)), 0) FROM
                (SELECT vectors FROM token_vectors t WHERE t.model_id = m.id LIMIT 200)) AS tokenBytes
       FROM embedding_models m ORDER BY m.id`,
    )
    .all() as KeptModel[]
}

/** Forgets up to `limit` vectors of a model, and the model with the last of them. Returns how many. */
export function deleteEmbeddings(db: WriteDb, modelId: number, limit: number): number {
  db.$client.prepare('DELETE FROM embedded_chunks WHERE model_id = ?').run(modelId)
  const { changes } = db.$client
    .prepare('DELETE FROM embeddings WHERE rowid IN (SELECT rowid FROM embeddings WHERE model_id = ? LIMIT ?)')
    .run(modelId, limit)
  if (changes === 0) db.$client.prepare('DELETE FROM embedding_models WHERE id = ?').run(modelId)
  return changes
}

/** The id up to which every chunk was seen to be embedded; 0 where none was looked at. */
export function readEmbeddedUpTo(db: ReadDb, { modelId, withTokens }: EmbeddedWith): number {
  const upTo = db.$client
    .prepare('SELECT up_to FROM embedded_chunks WHERE model_id = ? AND with_tokens >= ?')
    .pluck()
    .get(modelId, Number(withTokens))
  return (upTo as number | undefined) ?? 0
}

/** See `readEmbeddedUpTo`. Only for a model that is in use: the vectors of another may be on their way out. */
export function writeEmbeddedUpTo(db: WriteDb, { modelId, withTokens }: EmbeddedWith, upTo: number): void {
  db.$client
    .prepare('INSERT OR REPLACE INTO embedded_chunks (model_id, up_to, with_tokens) VALUES (?, ?, ?)')
    .run(modelId, upTo, Number(withTokens))
}

/** Float32 little-endian, as every platform the app runs on has them in memory. */
function toBytes(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)
}
