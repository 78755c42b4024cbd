import type { SearchScope } from '#contract/search.ts'
import type { ReadDb } from '../store/connection.ts'
import { type ColumnWeights, type KeywordRow, readKeywordRows } from '../store/search.rows.ts'
import { keywordQuery } from './keyword-query.ts'

/** A title stands over every chunk of its document, so it tells little of the one; a heading tells more than a line of text. */
export const COLUMN_WEIGHTS: ColumnWeights = { title: 0.3, heading: 1, text: 1 }

/** Chunks that share words with the query, by BM25, best first. */
export function keywordSearch(
  db: ReadDb,
  { query, limit, scope, asYouType }: { query: string; limit: number; scope: SearchScope; asYouType: boolean },
): KeywordRow[] {
  const expression = keywordQuery(query, { asYouType })
  return expression === undefined ? [] : readKeywordRows(db, expression, { weights: COLUMN_WEIGHTS, limit, scope })
}
