import { and, asc, desc, eq, lte } from 'drizzle-orm'
import type { DocumentId } from '#contract/ids.ts'
import { foldText } from '../ingest/fold-text.ts'
import type { ReadDb, WriteDb } from './connection.ts'
import { recordVectorsRemoved } from './embeddings.rows.ts'
import { chunks } from './library.schema.ts'
import { prepareOnce } from './prepare-once.ts'

export type ChunkRow = typeof chunks.$inferSelect
export type NewChunk = Omit<ChunkRow, 'id' | 'documentId'>

/** Writes chunks and their words, and tells their ids; `title` is the document's, which the words are found by too. */
export function insertChunks(db: WriteDb, documentId: DocumentId, title: string, added: readonly NewChunk[]): number[] {
  const insertChunk = db.$client.prepare(
    `INSERT INTO chunks (document_id, ordinal, page_number, start_offset, end_offset, heading, lead, text, text_hash, token_count)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const insertWords = prepareInsertWords(db)
  const foldedTitle = foldText(title)
  return added.map((chunk) => {
    const { lastInsertRowid } = insertChunk.run(
      documentId,
      chunk.ordinal,
      chunk.pageNumber,
      chunk.startOffset,
      chunk.endOffset,
      chunk.heading,
      chunk.lead,
      chunk.text,
      chunk.textHash,
      chunk.tokenCount,
    )
    insertWords.run(lastInsertRowid, foldedTitle, foldText(chunk.heading), foldText(chunk.lead + chunk.text))
    return Number(lastInsertRowid)
  })
}

function prepareInsertWords(db: WriteDb) {
  return db.$client.prepare('INSERT INTO chunk_words (rowid, title, heading, text) VALUES (?, ?, ?, ?)')
}

/** Removes a document's chunks, their words, and (by a change for the index) their vectors. */
export function deleteChunks(db: WriteDb, documentId: DocumentId): void {
  const ids = db.select({ id: chunks.id }).from(chunks).where(eq(chunks.documentId, documentId)).all()
  const deleteWords = db.$client.prepare('DELETE FROM chunk_words WHERE rowid = ?')
  for (const { id } of ids) deleteWords.run(id)
  recordVectorsRemoved(
    db,
    ids.map(({ id }) => id),
  )
  db.delete(chunks).where(eq(chunks.documentId, documentId)).run()
}

/**
 * Puts a page's chunks in the place of those it had, with their words; `ordinal` is counted anew, and later pages'
 * move up. The indexes are told of those that go. Tells the new ids, and the hashes of the texts that went.
 */
export function replacePageChunks(
  db: WriteDb,
  page: { documentId: DocumentId; title: string; pageNumber: number },
  added: readonly NewChunk[],
): { ids: number[]; oldTexts: string[] } {
  const { documentId, pageNumber } = page
  const old = db
    .select({ id: chunks.id, textHash: chunks.textHash })
    .from(chunks)
    .where(and(eq(chunks.documentId, documentId), eq(chunks.pageNumber, pageNumber)))
    .all()
  const deleteWords = db.$client.prepare('DELETE FROM chunk_words WHERE rowid = ?')
  const deleteChunk = db.$client.prepare('DELETE FROM chunks WHERE id = ?')
  for (const { id } of old) {
    deleteWords.run(id)
    deleteChunk.run(id)
  }
  recordVectorsRemoved(
    db,
    old.map(({ id }) => id),
  )
  const first = db.$client
    .prepare('SELECT count(*) FROM chunks WHERE document_id = ? AND page_number < ?')
    .pluck()
    .get(documentId, pageNumber) as number
  // Below zero on the way: ordinals are never double, not even between two rows.
  db.$client
    .prepare('UPDATE chunks SET ordinal = -1 - (ordinal + ?) WHERE document_id = ? AND page_number > ?')
    .run(added.length - old.length, documentId, pageNumber)
  db.$client.prepare('UPDATE chunks SET ordinal = -1 - ordinal WHERE document_id = ? AND ordinal < 0').run(documentId)
  const numbered = added.map((chunk, index) => ({ ...chunk, ordinal: first + index }))
  return { ids: insertChunks(db, documentId, page.title, numbered), oldTexts: old.map(({ textHash }) => textHash) }
}

/** Writes a document's words again, under its new title. */
export function retitleChunks(db: WriteDb, documentId: DocumentId, title: string): void {
  const deleteWords = db.$client.prepare('DELETE FROM chunk_words WHERE rowid = ?')
  const insertWords = prepareInsertWords(db)
  const foldedTitle = foldText(title)
  for (const { id, heading, lead, text } of readChunks(db, documentId)) {
    deleteWords.run(id)
    insertWords.run(id, foldedTitle, foldText(heading), foldText(lead + text))
  }
}

/** A document's chunks in reading order. */
export function readChunks(db: ReadDb, documentId: DocumentId): ChunkRow[] {
  return db.select().from(chunks).where(eq(chunks.documentId, documentId)).orderBy(asc(chunks.ordinal)).all()
}

/** A chunk on its way to a vector. */
export interface UnembeddedChunk {
  id: number
  heading: string
  /** See chunkText. */
  lead: string
  text: string
  textHash: string
}

/** What tells whether a text is embedded. `withTokens`: its token vectors are there too. */
export interface EmbeddedWith {
  modelId: number
  withTokens: boolean
}

/** Rows that a text which is embedded has one of; token vectors are never without the vector. */
export const embeddedTable = ({ withTokens }: EmbeddedWith) => (withTokens ? 'token_vectors' : 'embeddings')

/** Up to `limit` chunks of a document from an ordinal on, whether their text is embedded with the model, in order. */
export function readChunksToEmbed(
  db: ReadDb,
  query: EmbeddedWith & { documentId: DocumentId; fromOrdinal: number; limit: number },
): (UnembeddedChunk & { ordinal: number; hasVector: boolean })[] {
  const rows = db.$client
    .prepare(
      `SELECT c.id, c.ordinal, c.heading, c.lead, c.text, c.text_hash AS textHash,
              EXISTS (SELECT 1 FROM ${embeddedTable(query)} e WHERE e.model_id = ? AND e.text_hash = c.text_hash) AS hasVector
       FROM chunks c WHERE c.document_id = ? AND c.ordinal >= ? ORDER BY c.ordinal LIMIT ?`,
    )
    .all(query.modelId, query.documentId, query.fromOrdinal, query.limit) as (UnembeddedChunk & {
    ordinal: number
    hasVector: number
  })[]
  return rows.map((row) => ({ ...row, hasVector: row.hasVector === 1 }))
}

const unembedded = (of: EmbeddedWith) => `FROM chunks c JOIN documents d ON d.id = c.document_id
  WHERE d.status = 'ready'
  AND NOT EXISTS (SELECT 1 FROM ${embeddedTable(of)} e WHERE e.model_id = ? AND e.text_hash = c.text_hash)`

/** Up to `limit` chunks of imported documents after an id whose text is not embedded with the model; `isIndexed` where only token vectors lack. */
export function readUnembeddedChunks(
  db: ReadDb,
  query: EmbeddedWith & { afterId: number; limit: number },
): (UnembeddedChunk & { isIndexed: boolean })[] {
  const rows = db.$client
    .prepare(
      `SELECT c.id, c.heading, c.lead, c.text, c.text_hash AS textHash,
              EXISTS (SELECT 1 FROM embeddings v WHERE v.model_id = ? AND v.text_hash = c.text_hash) AS isIndexed
       ${unembedded(query)} AND c.id > ? ORDER BY c.id LIMIT ?`,
    )
    .all(query.modelId, query.modelId, query.afterId, query.limit) as (UnembeddedChunk & { isIndexed: number })[]
  return rows.map((row) => ({ ...row, isIndexed: row.isIndexed === 1 }))
}

/**
 * The first chunk after an id, up to another, that is not embedded with the model, and the first such of an imported
 * document; undefined where there is none.
 */
export function findUnembedded(
  db: ReadDb,
  { afterId, untilId, ...of }: EmbeddedWith & { afterId: number; untilId: number },
): { first: number | undefined; firstImported: number | undefined } {
  const [first, firstImported] = prepareOnce(
    db,
    `SELECT min(c.id), min(CASE WHEN d.status = 'ready' THEN c.id END)
     FROM chunks c CROSS JOIN documents d ON d.id = c.document_id
     WHERE c.id > @afterId AND c.id <= @untilId
     AND NOT EXISTS (SELECT 1 FROM ${embeddedTable(of)} e WHERE e.model_id = @modelId AND e.text_hash = c.text_hash)`,
  )
    .raw()
    .get({ modelId: of.modelId, afterId, untilId }) as [number | null, number | null]
  return { first: first ?? undefined, firstImported: firstImported ?? undefined }
}

/** The highest id of a chunk; 0 for none. */
export function lastChunkId(db: ReadDb): number {
  return db.$client.prepare('SELECT coalesce(max(id), 0) FROM chunks').pluck().get() as number
}

/** Chunks of imported documents whose text is not embedded with the model. */
export function countUnembeddedChunks(db: ReadDb, of: EmbeddedWith): number {
  return db.$client
    .prepare(`SELECT count(*) ${unembedded(of)}`)
    .pluck()
    .get(of.modelId) as number
}

/** The headings above a place of a page, outermost first, joined by ' › '; '' where there are none. */
export function readHeadingAt(db: ReadDb, documentId: DocumentId, pageNumber: number, offset: number): string {
  const row = db
    .select({ heading: chunks.heading })
    .from(chunks)
    .where(and(eq(chunks.documentId, documentId), eq(chunks.pageNumber, pageNumber), lte(chunks.startOffset, offset)))
    .orderBy(desc(chunks.startOffset))
    .limit(1)
    .get()
  return row?.heading ?? ''
}
