import type { Concept, UnderstoodQuery } from './understand-query.ts'
import { expressionsOf } from './word-way.ts'

/** So many passages are ranked in about 20 ms. */
const MOST_RANKED = 20_000

/**
 * FTS5 expressions for a query whose words stand in more passages than can be ranked while a person waits, narrow ones
 * first, to be asked until one finds enough: all words together; then the rarer ones, as long as they stand in few, or any
 * two of the common ones. Left out are passages with one common word of the query and nothing else of it. None where all can be ranked.
 */
export function narrowExpressions(
  { concepts, spans }: Pick<UnderstoodQuery, 'concepts' | 'spans'>,
  passageCount: number,
): string[] {
  const sorted = concepts
    .map((concept) => ({ match: anyOf(concept), count: countOf(concept, passageCount) }))
    .filter(({ match }) => match !== '')
    .sort((a, b) => a.count - b.count)
  const all = sorted.reduce((sum, { count }) => sum + count, 0)
  if (all <= MOST_RANKED || sorted.length < 2) return []
  let sum = 0
  const rare = sorted.filter(({ count }) => {
    sum += count
    return sum <= MOST_RANKED
  })
  const common = sorted.slice(rare.length)
  const pairs = common.flatMap((one, i) => common.slice(i + 1).map((other) => `(${one.match} AND ${other.match})`))
  // With all the words on the other side, those that narrow nothing count for the rank.
  const rareOnes = rare.length > 0 ? [`(${orOf(rare)} AND ${orOf(sorted)})`] : []
  const names = spans.flatMap(({ ways }) => ways.flatMap(expressionsOf))
  const together = sorted.map(({ match }) => match).join(' AND ')
  return [together, [...new Set([...rareOnes, ...pairs, ...names])].join(' OR ')]
}

const orOf = (parts: readonly { match: string }[]) => `(${parts.map(({ match }) => match).join(' OR ')})`

function anyOf({ ways }: Concept): string {
  const expressions = [...new Set(ways.flatMap(expressionsOf))]
  return expressions.length > 1 ? `(${expressions.join(' OR ')})` : (expressions[0] ?? '')
}

/** In how many passages a concept stands: rarity is ln((n + 1) / (count + 0.5)). */
function countOf({ rarity }: Concept, passageCount: number): number {
  return Math.max(0, (passageCount + 1) / Math.exp(rarity) - 0.5)
}
