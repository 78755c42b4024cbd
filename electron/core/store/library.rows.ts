import type { ReadDb } from './connection.ts'

export interface LibraryCounts {
  documentCount: number
  pageCount: number
  chunkCount: number
}

/** How much the library holds. */
export function countLibrary(db: ReadDb): LibraryCounts {
  const counts = `SELECT
    (SELECT count(*) FROM documents) AS documentCount,
    (SELECT count(*) FROM pages) AS pageCount,
    (SELECT count(*) FROM chunks) AS chunkCount`
  return db.$client.prepare(counts).get() as LibraryCounts
}
