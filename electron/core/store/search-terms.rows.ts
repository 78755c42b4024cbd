import type { ReadDb } from './connection.ts'
import { prepareOnce } from './prepare-once.ts'

/** A word of the keyword index and how many passages hold it. */
export interface TermRow {
  term: string
  count: number
}

/** Words of the keyword index after `after`, in the index's own order. */
export function readTerms(db: ReadDb, after: string, limit: number): TermRow[] {
  return db.$client
    .prepare('SELECT term, doc AS count FROM chunk_terms WHERE term > ? ORDER BY term LIMIT ?')
    .all(after, limit) as TermRow[]
}

/** How many passages hold a word of the keyword index (an English one as its stem). */
export function countTerm(db: ReadDb, term: string): number {
  return (prepareOnce(db, 'SELECT doc FROM chunk_terms WHERE term = ?').pluck().get(term) as number | undefined) ?? 0
}

/** Whether a word of the keyword index begins so. */
export function hasTermWithPrefix(db: ReadDb, beginning: string): boolean {
  const end = `${beginning}\u{10ffff}`
  return (
    prepareOnce(db, 'SELECT 1 FROM chunk_terms WHERE term >= ? AND term < ? LIMIT 1').get(beginning, end) !== undefined
  )
}

/** Grows with every passage that is added; 0 for an empty library. */
export function newestChunkId(db: ReadDb): number {
  return (prepareOnce(db, 'SELECT max(id) FROM chunks').pluck().get() as number | null) ?? 0
}
