import type { SearchScope } from '#contract/search.ts'
import type { ReadDb } from '../store/connection.ts'
import { type ColumnWeights, type KeywordRow, readKeywordRows } from '../store/search.rows.ts'
import { narrowExpressions } from './narrow-expressions.ts'
import type { UnderstoodQuery } from './understand-query.ts'
import { expressionsOf } from './word-way.ts'

/** A title stands over every chunk of its document, so it tells little of the one; a heading tells more than a line of text. */
export const COLUMN_WEIGHTS: ColumnWeights = { title: 0.3, heading: 1, text: 1 }

/**
 * Chunks that share words with the query, by BM25, best first; phrases and exclusions are kept to. In a large
 * library a query of common words is asked for narrowly first, and widely where that finds too few.
 */
export function keywordSearch(
  db: ReadDb,
  query: { understood: UnderstoodQuery; limit: number; scope: SearchScope; passageCount: number },
): KeywordRow[] {
  const { understood, limit, passageCount } = query
  for (const narrow of narrowExpressions(understood, passageCount)) {
    const rows = matching(db, narrow, query)
    if (rows.length >= limit) return rows
  }
  return understood.expression === undefined ? [] : matching(db, understood.expression, query)
}

function matching(
  db: ReadDb,
  expression: string,
  { understood: { phrases, excluded }, limit, scope }: Parameters<typeof keywordSearch>[1],
): KeywordRow[] {
  const required = phrases.flatMap((way) => expressionsOf(way).slice(0, 1))
  const unwanted = excluded.flatMap((way) => expressionsOf(way).slice(0, 1))
  const all = [`(${expression})`, ...required].join(' AND ')
  const whole = unwanted.length > 0 ? `(${all}) NOT (${unwanted.join(' OR ')})` : all
  return readKeywordRows(db, whole, { weights: COLUMN_WEIGHTS, limit, scope })
}
