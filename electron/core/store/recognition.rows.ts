import type { OcrLanguage } from '#contract/documents.ts'
import type { DocumentId } from '#contract/ids.ts'
import type { ReadDb, WriteDb } from './connection.ts'

/** The next page to be read from its picture, the lowest first; `language` is the person's choice. */
export function nextWantedPage(
  db: ReadDb,
  documentId: DocumentId,
): { pageNumber: number; language: OcrLanguage | null } | undefined {
  return db.$client
    .prepare(
      `SELECT page_number AS pageNumber, language FROM pages
       WHERE document_id = ? AND recognition = 'wanted' ORDER BY page_number LIMIT 1`,
    )
    .get(documentId) as { pageNumber: number; language: OcrLanguage | null } | undefined
}

export function countWantedPages(db: ReadDb, documentId: DocumentId): number {
  return db.$client
    .prepare("SELECT count(*) FROM pages WHERE document_id = ? AND recognition = 'wanted'")
    .pluck()
    .get(documentId) as number
}

/** Imported documents with pages to be read from their pictures, without those that wait for a password. */
export function documentsToRecognise(db: ReadDb): { documentId: DocumentId; title: string }[] {
  return db.$client
    .prepare(
      `SELECT d.id AS documentId, d.title FROM documents d
       WHERE d.status = 'ready' AND d.deleted_at_ms IS NULL AND d.replaces_id IS NULL AND d.awaits_password = 0
       AND EXISTS (SELECT 1 FROM pages p WHERE p.document_id = d.id AND p.recognition = 'wanted')`,
    )
    .all() as { documentId: DocumentId; title: string }[]
}

/** The language of the nearest recognised page before; undefined for none. */
export function recognisedLanguageBefore(
  db: ReadDb,
  documentId: DocumentId,
  pageNumber: number,
): OcrLanguage | undefined {
  return db.$client
    .prepare(
      `SELECT language FROM pages WHERE document_id = ? AND page_number < ? AND recognition = 'done'
       ORDER BY page_number DESC LIMIT 1`,
    )
    .pluck()
    .get(documentId, pageNumber) as OcrLanguage | undefined
}

/** Asks for every page that has no readable text and was not tried. */
export function wantUnreadPages(db: WriteDb, documentId: DocumentId): void {
  db.$client
    .prepare(
      `UPDATE pages SET recognition = 'wanted', language = NULL
       WHERE document_id = ? AND status = 'unreadable' AND recognition IS NULL`,
    )
    .run(documentId)
}

/** Asks for every page without readable text, and for those whose recognition came to nothing; tells how many. */
export function wantUnreadAgain(db: WriteDb, documentId: DocumentId): number {
  return db.$client
    .prepare(
      `UPDATE pages SET recognition = 'wanted', language = NULL
       WHERE document_id = ? AND (recognition IN ('refused', 'failed') OR (status = 'unreadable' AND recognition IS NULL))`,
    )
    .run(documentId).changes
}

/** Asks for one page, or for every page whose text is recognised or is none; tells how many. */
export function wantPagesAgain(
  db: WriteDb,
  documentId: DocumentId,
  { pageNumber, language }: { pageNumber?: number | undefined; language?: OcrLanguage | undefined },
): number {
  const which = pageNumber === undefined ? "(status = 'unreadable' OR recognition IS NOT NULL)" : 'page_number = ?'
  return db.$client
    .prepare(`UPDATE pages SET recognition = 'wanted', language = ? WHERE document_id = ? AND ${which}`)
    .run(language ?? null, documentId, ...(pageNumber === undefined ? [] : [pageNumber])).changes
}

/** What is still wanted is wanted no more: its pages stay as they are. */
export function forgetWantedPages(db: WriteDb, documentId: DocumentId): void {
  db.$client
    .prepare(
      `UPDATE pages SET recognition = CASE WHEN confidence IS NULL THEN NULL WHEN status = 'unreadable' THEN 'refused' ELSE 'done' END
       WHERE document_id = ? AND recognition = 'wanted'`,
    )
    .run(documentId)
}
