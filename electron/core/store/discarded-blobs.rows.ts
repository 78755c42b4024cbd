import type { ReadDb, WriteDb } from './connection.ts'

/** Notes that a file is no longer wanted, in the transaction that made it so. */
export function discardBlob(db: WriteDb, sha256: string): void {
  db.$client.prepare('INSERT OR IGNORE INTO discarded_blobs (sha256) VALUES (?)').run(sha256)
}

/** Files noted as discarded, and whether a document has come to need each again. */
export function readDiscardedBlobs(db: ReadDb): { sha256: string; isWanted: boolean }[] {
  const rows = db.$client
    .prepare(
      `SELECT b.sha256, EXISTS (SELECT 1 FROM documents d WHERE d.sha256 = b.sha256) AS isWanted FROM discarded_blobs b`,
    )
    .all() as { sha256: string; isWanted: number }[]
  return rows.map(({ sha256, isWanted }) => ({ sha256, isWanted: isWanted === 1 }))
}

export function forgetDiscardedBlob(db: WriteDb, sha256: string): void {
  db.$client.prepare('DELETE FROM discarded_blobs WHERE sha256 = ?').run(sha256)
}
