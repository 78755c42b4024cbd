import type { ReadDb } from './connection.ts'

export interface LibraryCounts {
  documentCount: number
  pageCount: number
  chunkCount: number
}

/** How much the library holds. */
export function countLibrary(db: ReadDb): LibraryCounts {
  const counts = `SELECT
    (SELECT count(*) FROM documents WHERE deleted_at_ms IS NULL AND replaces_id IS NULL) AS documentCount,
    (SELECT count(*) FROM pages p JOIN documents d ON d.id = p.document_id
     WHERE d.deleted_at_ms IS NULL AND d.replaces_id IS NULL) AS pageCount,
    (SELECT count(*) FROM chunks) AS chunkCount`
  return db.$client.prepare(counts).get() as LibraryCounts
}
