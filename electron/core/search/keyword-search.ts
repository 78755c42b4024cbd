import type { SearchScope } from '#contract/search.ts'
import type { ReadDb } from '../store/connection.ts'
import {
  ALL_CHUNKS,
  type ColumnWeights,
  hasKeywordRows,
  type KeywordRow,
  readKeywordRows,
} from '../store/search.rows.ts'
import { narrowExpressions } from './narrow-expressions.ts'
import type { ScopePassages } from './scope-passages.ts'
import type { UnderstoodQuery } from './understand-query.ts'
import { expressionsOf } from './word-way.ts'

/** A title stands over every chunk of its document, so it tells little of the one; a heading tells more than a line of text. */
export const COLUMN_WEIGHTS: ColumnWeights = { title: 0.3, heading: 1, text: 1 }

/** Of a scope with this share of the library or more, the best of the library are asked for, and those that are not in it left out. */
const WIDE_SHARE = 0.1

export interface KeywordQuery {
  understood: UnderstoodQuery
  limit: number
  scope: SearchScope
  /** Those of the scope; undefined for the whole library. */
  inScope: ScopePassages | undefined
  /** Of the library. */
  passageCount: number
}

/**
 * Chunks that share words with the query, by BM25, best first; phrases and exclusions are kept to. In a large
 * library a query of common words is asked for narrowly first, and widely where that finds too few.
 */
export function keywordSearch(db: ReadDb, query: KeywordQuery): KeywordRow[] {
  const { understood, limit, inScope, passageCount } = query
  const range = inScope ?? ALL_CHUNKS
  for (const narrow of narrowExpressions(understood, passageCount, range.last - range.first + 1)) {
    if (!hasKeywordRows(db, whole(narrow, understood), limit, range)) continue
    const rows = matching(db, narrow, query)
    if (rows.length >= limit) return rows
  }
  return understood.expression === undefined ? [] : matching(db, understood.expression, query)
}

function matching(
  db: ReadDb,
  expression: string,
  { understood, limit, scope, inScope, passageCount }: KeywordQuery,
): KeywordRow[] {
  const asked = whole(expression, understood)
  const weights = COLUMN_WEIGHTS
  if (!inScope) return readKeywordRows(db, asked, { weights, limit, range: ALL_CHUNKS })
  if (inScope.isWhole) return readKeywordRows(db, asked, { weights, limit, range: inScope })
  if (inScope.count >= passageCount * WIDE_SHARE) {
    const most = Math.ceil((2 * limit * passageCount) / inScope.count)
    const rows = readKeywordRows(db, asked, { weights, limit: most, range: inScope })
    const own = rows.filter(({ chunkId }) => inScope.has(chunkId))
    if (own.length >= limit || rows.length < most) return own.slice(0, limit)
  }
  return readKeywordRows(db, asked, { weights, limit, range: inScope, scope })
}

/** With what must and must not be there. */
function whole(expression: string, { phrases, excluded }: UnderstoodQuery): string {
  const required = phrases.flatMap((way) => expressionsOf(way).slice(0, 1))
  const unwanted = excluded.flatMap((way) => expressionsOf(way).slice(0, 1))
  const all = [`(${expression})`, ...required].join(' AND ')
  return unwanted.length > 0 ? `(${all}) NOT (${unwanted.join(' OR ')})` : all
}
