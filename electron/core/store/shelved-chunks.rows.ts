import type { DocumentId } from '#contract/ids.ts'
import {
  deleteChunks,
  type EmbeddedWith,
  embeddedTable,
  insertChunks,
  type NewChunk,
  readChunks,
  type readChunksToEmbed,
} from './chunks.rows.ts'
import type { ReadDb, WriteDb } from './connection.ts'
import { recordVectorsOf } from './embeddings.rows.ts'

/** Puts chunks aside for a document: neither words nor vectors find them. */
export function insertShelvedChunks(db: WriteDb, documentId: DocumentId, added: readonly NewChunk[]): void {
  const insert = db.$client.prepare(
    'INSERT INTO shelved_chunks (document_id, ordinal, text_hash, chunk) VALUES (?, ?, ?, ?)',
  )
  for (const chunk of added) insert.run(documentId, chunk.ordinal, chunk.textHash, JSON.stringify(chunk))
}

/** The chunks put aside for a document, in reading order. */
export function readShelvedChunks(
  db: ReadDb,
  documentId: DocumentId,
  { fromOrdinal = 0, limit = -1 }: { fromOrdinal?: number; limit?: number } = {},
): NewChunk[] {
  const rows = db.$client
    .prepare('SELECT chunk FROM shelved_chunks WHERE document_id = ? AND ordinal >= ? ORDER BY ordinal LIMIT ?')
    .pluck()
    .all(documentId, fromOrdinal, limit) as string[]
  return rows.map((row) => JSON.parse(row))
}

/** Up to `limit` of them from an ordinal on, as `readChunksToEmbed` gives those that are found; they have no ids yet. */
export function readShelvedToEmbed(
  db: ReadDb,
  query: EmbeddedWith & { documentId: DocumentId; fromOrdinal: number; limit: number },
): ReturnType<typeof readChunksToEmbed> {
  const hasVector = db.$client
    .prepare(`SELECT EXISTS (SELECT 1 FROM ${embeddedTable(query)} WHERE model_id = ? AND text_hash = ?)`)
    .pluck()
  return readShelvedChunks(db, query.documentId, query).map(({ ordinal, heading, lead, text, textHash }) => ({
    id: 0,
    ordinal,
    heading,
    lead,
    text,
    textHash,
    hasVector: hasVector.get(query.modelId, textHash) === 1,
  }))
}

export function countShelvedChunks(db: ReadDb, documentId: DocumentId): number {
  return db.$client
    .prepare('SELECT count(*) FROM shelved_chunks WHERE document_id = ?')
    .pluck()
    .get(documentId) as number
}

export function deleteShelvedChunks(db: WriteDb, documentId: DocumentId): void {
  db.$client.prepare('DELETE FROM shelved_chunks WHERE document_id = ?').run(documentId)
}

/** Takes a document's chunks out of search, without losing them. */
export function shelveChunks(db: WriteDb, documentId: DocumentId): void {
  const chunks = readChunks(db, documentId).map(({ id: _id, documentId: _of, ...chunk }) => chunk)
  deleteShelvedChunks(db, documentId)
  insertShelvedChunks(db, documentId, chunks)
  deleteChunks(db, documentId)
}

/** Puts the chunks put aside for one document among those of another (or the same), under its title, to be found from now on. */
export function unshelveChunks(db: WriteDb, from: DocumentId, to: { id: DocumentId; title: string }): void {
  insertChunks(db, to.id, to.title, readShelvedChunks(db, from))
  deleteShelvedChunks(db, from)
  recordVectorsOf(db, to.id)
}
