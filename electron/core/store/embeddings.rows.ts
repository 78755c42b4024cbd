import type { EmbeddingModelIdentity } from '../ports.ts'
import type { WriteDb } from './connection.ts'
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

/** Keeps vectors by the hash of what was embedded; one that is there already stays. */
export function insertEmbeddings(
  db: WriteDb,
  modelId: number,
  added: readonly { textHash: string; vector: Float32Array }[],
): void {
  const insert = db.$client.prepare('INSERT OR IGNORE INTO embeddings (model_id, text_hash, vector) VALUES (?, ?, ?)')
  for (const { textHash, vector } of added) insert.run(modelId, textHash, toBytes(vector))
}

/** Tells the vector index what to take in or forget. */
export function recordVectorChanges(db: WriteDb, chunkIds: readonly number[], operation: 'add' | 'remove'): void {
  const insert = db.$client.prepare('INSERT INTO vector_changes (chunk_id, operation) VALUES (?, ?)')
  for (const chunkId of chunkIds) insert.run(chunkId, operation)
}

/** Forgets the vectors of texts that no chunk has any more. */
export function deleteOrphanEmbeddings(db: WriteDb, textHashes: readonly string[]): void {
  db.$client
    .prepare(
      `DELETE FROM embeddings
       WHERE (model_id, text_hash) IN (SELECT m.id, h.value FROM embedding_models m, json_each(?) h)
       AND NOT EXISTS (SELECT 1 FROM chunks c WHERE c.text_hash = embeddings.text_hash)`,
    )
    .run(JSON.stringify(textHashes))
}

/** Float32 little-endian, as every platform the app runs on has them in memory. */
function toBytes(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)
}
