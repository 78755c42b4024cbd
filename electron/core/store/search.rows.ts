import type { PageLabel } from '#contract/documents.ts'
import type { DocumentId } from '#contract/ids.ts'
import type { SearchScope } from '#contract/search.ts'
import type { ReadDb } from './connection.ts'
import { prepareOnce } from './prepare-once.ts'
import { newestChunkId } from './search-terms.rows.ts'
import { isNarrow, newestVectorChange, scopeCondition } from './vectors.rows.ts'

export interface KeywordRow {
  chunkId: number
  /** Positive, larger is better. */
  bm25: number
}

/** Weights of the columns of `chunk_words`. */
export interface ColumnWeights {
  title: number
  heading: number
  text: number
}

/** A stretch of chunk ids, both ends in it. FTS5 skips what is outside. */
export interface ChunkRange {
  first: number
  last: number
}

export const ALL_CHUNKS: ChunkRange = { first: 1, last: Number.MAX_SAFE_INTEGER }

/** The best chunks of a range for an FTS5 expression, best first; those of a narrow scope alone. */
export function readKeywordRows(
  db: ReadDb,
  expression: string,
  {
    weights,
    limit,
    range,
    scope = {},
  }: { weights: ColumnWeights; limit: number; range: ChunkRange; scope?: SearchScope },
): KeywordRow[] {
  const { where, values } = scopeCondition(scope)
  // The plus keeps SQLite from asking the word index once for each chunk of the scope.
  const inScope = isNarrow(scope) ? `AND +rowid IN (SELECT c.id FROM chunks c WHERE ${where})` : ''
  return prepareOnce(
    db,
    `SELECT rowid AS chunkId, -bm25(chunk_words, ?, ?, ?) AS bm25 FROM chunk_words
     WHERE chunk_words MATCH ? AND rowid BETWEEN ? AND ? ${inScope} ORDER BY bm25 DESC, rowid LIMIT ?`,
  ).all(
    weights.title,
    weights.heading,
    weights.text,
    expression,
    range.first,
    range.last,
    ...values,
    limit,
  ) as KeywordRow[]
}

/** Whether so many chunks of a range match: a fraction of what ranking them takes. */
export function hasKeywordRows(db: ReadDb, expression: string, count: number, { first, last }: ChunkRange): boolean {
  return (
    prepareOnce(
      db,
      'SELECT 1 FROM chunk_words WHERE chunk_words MATCH ? AND rowid BETWEEN ? AND ? LIMIT 1 OFFSET ?',
    ).get(expression, first, last, count - 1) !== undefined
  )
}

/** How many chunks match each FTS5 expression. */
export function countKeywordRows(db: ReadDb, expressions: readonly string[]): number[] {
  const count = db.$client.prepare('SELECT count(*) FROM chunk_words WHERE chunk_words MATCH ?').pluck()
  return expressions.map((expression) => count.get(expression) as number)
}

/** A chunk as a search result shows it. */
export interface PassageRow {
  chunkId: number
  documentId: DocumentId
  title: string
  path: string
  page: number
  pageLabel?: PageLabel
  heading: string
  lead: string
  text: string
  startOffset: number
  endOffset: number
}

const PASSAGE = `SELECT c.id AS chunkId, c.document_id AS documentId, d.title, d.path, c.page_number AS page, c.heading,
  c.lead, c.text, c.start_offset AS startOffset, c.end_offset AS endOffset, p.label FROM chunks c
  JOIN documents d ON d.id = c.document_id
  LEFT JOIN pages p ON p.document_id = c.document_id AND p.page_number = c.page_number`

/** What is read of a chunk to rank it. */
export type PassageText = Pick<PassageRow, 'chunkId' | 'title' | 'heading' | 'lead' | 'text'>

/** The words of chunks, in no order: without their pages, whose rows are large. Ids that are gone are left out. */
export function readPassageTexts(db: ReadDb, chunkIds: readonly number[]): PassageText[] {
  return prepareOnce(
    db,
    `SELECT c.id AS chunkId, d.title, c.heading, c.lead, c.text FROM chunks c JOIN documents d ON d.id = c.document_id
     WHERE c.id IN (SELECT value FROM json_each(?))`,
  ).all(JSON.stringify(chunkIds)) as PassageText[]
}

/** Chunks by id, in the order of the ids; ids that are gone are left out. */
export function readPassages(db: ReadDb, chunkIds: readonly number[]): PassageRow[] {
  const rows = prepareOnce(db, `${PASSAGE} WHERE c.id IN (SELECT value FROM json_each(?))`).all(
    JSON.stringify(chunkIds),
  ) as (PassageRow & { label: string | null })[]
  const byId = new Map(
    rows.map(({ label, ...row }) => [row.chunkId, label === null ? row : { ...row, pageLabel: JSON.parse(label) }]),
  )
  return chunkIds.flatMap((id) => byId.get(id) ?? [])
}

/** The chunks of a page, in reading order. */
export function readPagePassages(db: ReadDb, documentId: DocumentId, page: number): PassageRow[] {
  return db.$client
    .prepare(`${PASSAGE} WHERE c.document_id = ? AND c.page_number = ? ORDER BY c.ordinal`)
    .all(documentId, page) as PassageRow[]
}

const counted = new WeakMap<ReadDb, { key: string; count: number }>()

/** Chunks of the library. Counted again only after some were added or removed: a large library's take 8 ms. */
export function countChunks(db: ReadDb): number {
  const key = `${newestChunkId(db)} ${newestVectorChange(db)}`
  const known = counted.get(db)
  if (known?.key === key) return known.count
  const count = db.$client.prepare('SELECT count(*) FROM chunks').pluck().get() as number
  counted.set(db, { key, count })
  return count
}

/** The text of a page and its packed boxes; undefined for a page that is not there. */
export function readPageText(db: ReadDb, documentId: DocumentId, page: number): string | undefined {
  return db.$client
    .prepare('SELECT text FROM pages WHERE document_id = ? AND page_number = ?')
    .pluck()
    .get(documentId, page) as string | undefined
}
