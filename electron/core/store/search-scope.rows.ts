import type { DocumentId } from '#contract/ids.ts'
import type { SearchScope } from '#contract/search.ts'
import type { ReadDb } from './connection.ts'

export interface FilteredDocument {
  id: DocumentId
  updatedAtMs: number
}

/** Documents of the named documents and collections, of the given kinds, added since. Language is not in the tables. */
export function readFilteredDocuments(db: ReadDb, scope: SearchScope): FilteredDocument[] {
  const { documentIds = [], collectionIds = [], mediaTypes = [], addedAfterMs = 0 } = scope
  return db.$client
    .prepare(
      `SELECT id, updated_at_ms AS updatedAtMs FROM documents
       WHERE (? OR id IN (SELECT value FROM json_each(?)) OR collection_id IN (SELECT value FROM json_each(?)))
       AND (? OR media_type IN (SELECT value FROM json_each(?))) AND created_at_ms >= ?`,
    )
    .all(
      documentIds.length + collectionIds.length === 0 ? 1 : 0,
      JSON.stringify(documentIds),
      JSON.stringify(collectionIds),
      mediaTypes.length === 0 ? 1 : 0,
      JSON.stringify(mediaTypes),
      addedAfterMs,
    ) as FilteredDocument[]
}

/** The texts of some passages of a document, spread over all of it. */
export function readPassageSample(db: ReadDb, documentId: DocumentId, count: number): string[] {
  return db.$client
    .prepare(
      `SELECT text FROM chunks WHERE document_id = ?
       AND ordinal % max(1, (SELECT count(*) FROM chunks WHERE document_id = ?) / ?) = 0 LIMIT ?`,
    )
    .pluck()
    .all(documentId, documentId, count, count * 2) as string[]
}
