import type { ReadDb, WriteDb } from './connection.ts'

/** Searches as they were typed, the latest first. */
export function readSearches(db: ReadDb, { saved, limit }: { saved: boolean; limit: number }): string[] {
  return db.$client
    .prepare('SELECT query FROM searches WHERE saved = ? ORDER BY used_at_ms DESC, query LIMIT ?')
    .pluck()
    .all(saved ? 1 : 0, limit) as string[]
}

/** Notes a search; of those that are not kept, the `keep` latest stay. */
export function noteSearch(db: WriteDb, query: string, { nowMs, keep }: { nowMs: number; keep: number }): void {
  db.$client
    .prepare(
      `INSERT INTO searches (query, saved, used_at_ms) VALUES (?, 0, ?)
       ON CONFLICT (query) DO UPDATE SET used_at_ms = excluded.used_at_ms`,
    )
    .run(query, nowMs)
  db.$client
    .prepare(
      `DELETE FROM searches WHERE saved = 0 AND query NOT IN
       (SELECT query FROM searches WHERE saved = 0 ORDER BY used_at_ms DESC, query LIMIT ?)`,
    )
    .run(keep)
}

/** Keeps a search, or lets it be one of the recent ones again. */
export function writeSavedSearch(db: WriteDb, query: string, saved: boolean, nowMs: number): void {
  db.$client
    .prepare(
      `INSERT INTO searches (query, saved, used_at_ms) VALUES (?, ?, ?)
       ON CONFLICT (query) DO UPDATE SET saved = excluded.saved`,
    )
    .run(query, saved ? 1 : 0, nowMs)
}

/** Forgets one search, or every one that is not kept. */
export function deleteSearches(db: WriteDb, query: string | undefined): void {
  if (query !== undefined) db.$client.prepare('DELETE FROM searches WHERE query = ?').run(query)
  else db.$client.prepare('DELETE FROM searches WHERE saved = 0').run()
}

/** What a person made of a group of terms. */
export interface ChangedTermsRow {
  id: string
  kind: 'same' | 'near'
  /** None: a group that ships was taken out. */
  terms: string[]
}

/** A person's changes, the oldest first. */
export function readChangedTerms(db: ReadDb): ChangedTermsRow[] {
  const rows = db.$client.prepare('SELECT id, kind, terms FROM search_terms ORDER BY changed_at_ms, id').all() as {
    id: string
    kind: 'same' | 'near'
    terms: string
  }[]
  return rows.map(({ id, kind, terms }) => ({ id, kind, terms: JSON.parse(terms) as string[] }))
}

export function writeChangedTerms(db: WriteDb, { id, kind, terms }: ChangedTermsRow, nowMs: number): void {
  db.$client
    .prepare(
      `INSERT INTO search_terms (id, kind, terms, changed_at_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, terms = excluded.terms`,
    )
    .run(id, kind, JSON.stringify(terms), nowMs)
}

/** Undoes a change; all of them without an id. */
export function deleteChangedTerms(db: WriteDb, id: string | undefined): void {
  if (id === undefined) db.$client.prepare('DELETE FROM search_terms').run()
  else db.$client.prepare('DELETE FROM search_terms WHERE id = ?').run(id)
}
