import type { SearchScope } from '#contract/search.ts'
import type { ReadDb, WriteDb } from './connection.ts'
import { prepareOnce } from './prepare-once.ts'
import { scopeCondition } from './vectors.rows.ts'

/** How far the passages of the library have been matched with the syllabus. One row, or none before the first time. */
export interface SyllabusProgress {
  /** What they were matched with: other syllabus files, other rules or another embedding model begin anew. */
  version: string
  /** Passages up to it are done... */
  afterId: number
  /** ...and up to it are to be gone through. */
  lastId: number
  /** The change of vectors that those after are followed from. */
  seq: number
}

export function readSyllabusProgress(db: ReadDb): SyllabusProgress | undefined {
  return prepareOnce(
    db,
    'SELECT version, after_id AS afterId, last_id AS lastId, seq FROM syllabus_progress WHERE one = 1',
  ).get({}) as SyllabusProgress | undefined
}

export function writeSyllabusProgress(db: WriteDb, progress: SyllabusProgress): void {
  db.$client
    .prepare(
      `INSERT INTO syllabus_progress (one, version, after_id, last_id, seq) VALUES (1, @version, @afterId, @lastId, @seq)
       ON CONFLICT (one) DO UPDATE SET version = @version, after_id = @afterId, last_id = @lastId, seq = @seq`,
    )
    .run({ ...progress })
}

/** A passage on its way to its nodes. */
export interface PassageRow {
  chunkId: number
  heading: string
  text: string
  /** Float32 little-endian; null without one of the model. */
  vector: Buffer | null
}

const PASSAGE = `SELECT c.id AS chunkId, c.heading, c.lead || c.text AS text, e.vector
  FROM chunks c LEFT JOIN embeddings e ON e.model_id = @modelId AND e.text_hash = c.text_hash`

/** Passages of a range of ids, ascending. */
export function readPassagesAfter(
  db: ReadDb,
  query: { modelId: number; afterId: number; lastId: number; limit: number },
): PassageRow[] {
  return prepareOnce(db, `${PASSAGE} WHERE c.id > @afterId AND c.id <= @lastId ORDER BY c.id LIMIT @limit`).all({
    ...query,
  }) as PassageRow[]
}

/** Some passages, in no order; those that are gone are left out. */
export function readPassages(db: ReadDb, modelId: number, chunkIds: readonly number[]): PassageRow[] {
  return prepareOnce(db, `${PASSAGE} WHERE c.id IN (SELECT value FROM json_each(@ids))`).all({
    modelId,
    ids: JSON.stringify(chunkIds),
  }) as PassageRow[]
}

/** Passages of a range of ids; for telling how much there is to do. */
export function countPassagesAfter(db: ReadDb, afterId: number, lastId: number): number {
  return prepareOnce(db, 'SELECT count(*) FROM chunks WHERE id > @afterId AND id <= @lastId')
    .pluck()
    .get({ afterId, lastId }) as number
}

/** Puts a passage's nodes in the place of those it had. A passage that is gone meanwhile gets none. */
export function replaceMatches(
  db: WriteDb,
  chunkId: number,
  matches: readonly { nodeId: string; score: number }[],
): void {
  prepareOnce(db, 'DELETE FROM syllabus_matches WHERE chunk_id = @chunkId').run({ chunkId })
  const insert = prepareOnce(
    db,
    `INSERT INTO syllabus_matches (chunk_id, node_id, score)
     SELECT @chunkId, @nodeId, @score WHERE EXISTS (SELECT 1 FROM chunks WHERE id = @chunkId)`,
  )
  for (const { nodeId, score } of matches) insert.run({ chunkId, nodeId, score })
}

export function deleteAllMatches(db: WriteDb): void {
  db.$client.prepare('DELETE FROM syllabus_matches').run()
}

/** Passages of some nodes within a scope, the surest first, each once. */
export function readNodePassages(
  db: ReadDb,
  nodeIds: readonly string[],
  scope: SearchScope,
  limit: number,
): { chunkId: number; score: number }[] {
  const { where, values } = scopeCondition(scope)
  return db.$client
    .prepare(
      `SELECT m.chunk_id AS chunkId, max(m.score) AS score
       FROM syllabus_matches m CROSS JOIN chunks c ON c.id = m.chunk_id
       WHERE m.node_id IN (SELECT value FROM json_each(?)) AND ${where}
       GROUP BY m.chunk_id ORDER BY score DESC, m.chunk_id LIMIT ?`,
    )
    .all(JSON.stringify(nodeIds), ...values, limit) as { chunkId: number; score: number }[]
}

/** How many passages each node has, within a scope. */
export function countNodePassages(db: ReadDb, scope: SearchScope): Map<string, number> {
  const { where, values } = scopeCondition(scope)
  const narrowed = values.length > 0 ? `WHERE m.chunk_id IN (SELECT c.id FROM chunks c WHERE ${where})` : ''
  const rows = db.$client
    .prepare(`SELECT m.node_id AS nodeId, count(*) AS count FROM syllabus_matches m ${narrowed} GROUP BY m.node_id`)
    .all(...values) as { nodeId: string; count: number }[]
  return new Map(rows.map(({ nodeId, count }) => [nodeId, count]))
}

/** The nodes of passages, the surest first. */
export function readPassageNodes(
  db: ReadDb,
  chunkIds: readonly number[],
): { chunkId: number; nodeId: string; score: number }[] {
  return prepareOnce(
    db,
    `SELECT chunk_id AS chunkId, node_id AS nodeId, score FROM syllabus_matches
     WHERE chunk_id IN (SELECT value FROM json_each(@ids)) ORDER BY score DESC, node_id`,
  ).all({ ids: JSON.stringify(chunkIds) }) as { chunkId: number; nodeId: string; score: number }[]
}
