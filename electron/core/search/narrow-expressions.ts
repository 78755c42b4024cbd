import type { Concept, UnderstoodQuery } from './understand-query.ts'
import { expressionsOf } from './word-way.ts'

/** So many passages are ranked in about 20 ms. */
const MOST_RANKED = 20_000

/**
 * FTS5 expressions for a query whose words stand in more passages than can be ranked while a person waits, narrow ones
 * first, to be asked until one finds enough: all words together; then any of the rarer ones, as long as they stand in few,
 * or the rarest of the common ones beside another. Left out are passages that have nothing of it but the commonest words.
 * None where all can be ranked.
 *
 * FTS5 goes through every passage of a word once for each time that an expression names it, to know how rare it is, and
 * counts it so often for the rank: so no common word is named twice.
 */
export function narrowExpressions(
  { concepts, spans }: Pick<UnderstoodQuery, 'concepts' | 'spans'>,
  passageCount: number,
  /** Passages that are looked through, at the most. */
  most = passageCount,
): string[] {
  const matches = new Map<string, number>()
  for (const concept of concepts) matches.set(anyOf(concept), countOf(concept, passageCount))
  matches.delete('')
  const sorted = [...matches].map(([match, count]) => ({ match, count })).sort((a, b) => a.count - b.count)
  const all = sorted.reduce((sum, { count }) => sum + count, 0)
  if (Math.min(all, most) <= MOST_RANKED || sorted.length < 2) return []
  let sum = 0
  const rare = sorted.filter(({ count }) => {
    sum += count
    return sum <= MOST_RANKED
  })
  const [first, ...others] = sorted.slice(rare.length)
  const some = [
    // With the other words on the other side, those that narrow nothing count for the rank.
    first && `(${anyOfAll([...rare, first])} AND ${anyOfAll([...rare, ...others])})`,
    ...spans.flatMap(({ ways }) => ways.flatMap(expressionsOf)),
  ]
  const together = sorted.map(({ match }) => match).join(' AND ')
  return [together, [...new Set(some)].filter((part) => part !== undefined).join(' OR ')]
}

function anyOfAll(parts: readonly { match: string }[]): string {
  return `(${parts.map(({ match }) => match).join(' OR ')})`
}

function anyOf({ ways }: Concept): string {
  const expressions = [...new Set(ways.flatMap(expressionsOf))]
  return expressions.length > 1 ? `(${expressions.join(' OR ')})` : (expressions[0] ?? '')
}

/** In how many passages a concept stands: rarity is ln((n + 1) / (count + 0.5)). */
function countOf({ rarity }: Concept, passageCount: number): number {
  return Math.max(0, (passageCount + 1) / Math.exp(rarity) - 0.5)
}
