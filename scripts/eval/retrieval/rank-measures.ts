import { makeRandom } from './make-random.ts'

/** What is told of a set of queries: means over the queries of 0..1 measures. */
export const MEASURES = ['recall@1', 'recall@5', 'recall@10', 'MRR@10', 'nDCG@10'] as const
export type Measure = (typeof MEASURES)[number]

export interface Interval {
  mean: number
  /** Ends of the 95 % bootstrap interval. */
  low: number
  high: number
}

/** How far down a ranking is looked. */
export const DEPTH = 10

/**
 * The measures of one query by the rank (from 1) of its first right hit; undefined
 * where there is none among the first ten. A query has one target (an article, a
 * paragraph, a page), so nDCG's ideal ranking has it at the first place.
 */
export function measuresOf(rank: number | undefined): Record<Measure, number> {
  const within = (depth: number) => Number(rank !== undefined && rank <= depth)
  return {
    'recall@1': within(1),
    'recall@5': within(5),
    'recall@10': within(10),
    'MRR@10': rank === undefined ? 0 : 1 / rank,
    'nDCG@10': rank === undefined ? 0 : 1 / Math.log2(rank + 1),
  }
}

const RESAMPLES = 1_000

/** The mean of values and its percentile bootstrap interval (B. Efron, 1979); the same for the same values. */
export function bootstrap(values: readonly number[]): Interval {
  const mean = sum(values) / Math.max(1, values.length)
  if (values.length === 0) return { mean: 0, low: 0, high: 0 }
  const random = makeRandom(values.length)
  const means = Array.from({ length: RESAMPLES }, () => {
    let total = 0
    for (let i = 0; i < values.length; i++) total += values[Math.floor(random() * values.length)] ?? 0
    return total / values.length
  }).sort((a, b) => a - b)
  return { mean, low: means[Math.floor(RESAMPLES * 0.025)] ?? mean, high: means[Math.floor(RESAMPLES * 0.975)] ?? mean }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
