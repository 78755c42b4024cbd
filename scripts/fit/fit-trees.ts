import type { BoostedTrees } from '#core/ask/score-trees.ts'
import type { Sample } from './fit-logistic.ts'

export interface TreeOptions {
  treeCount: number
  /** Share of a tree in the score. */
  rate: number
  /** Samples that a leaf holds at the least. */
  leastInLeaf: number
  /** Share of the samples that a tree sees, and of the features that a split chooses from. */
  sampleShare: number
  featureShare: number
  seed: number
}

export const TREE_OPTIONS: TreeOptions = {
  treeCount: 120,
  rate: 0.07,
  leastInLeaf: 20,
  sampleShare: 0.6,
  featureShare: 0.35,
  seed: 1,
}

const DEPTH = 3
const SPLITS = 2 ** DEPTH - 1
const MOST_BINS = 64

const BAGS = 3

/** The mean of several fits, each with a seed of its own: they differ in what they see, and their mean varies less. */
export function fitBaggedTrees(samples: readonly Sample[], options: TreeOptions = TREE_OPTIONS): BoostedTrees {
  const bags = Array.from({ length: BAGS }, (_, bag) =>
    fitTrees(samples, { ...options, seed: options.seed + 100 * bag }),
  )
  const scaled = (line: string) => {
    const [splits = '', leaves = ''] = line.split(' | ')
    return `${splits} | ${leaves
      .split(' ')
      .map((leaf) => round(Number(leaf) / BAGS))
      .join(' ')}`
  }
  return { start: bags[0]?.start ?? 0, trees: bags.flatMap(({ trees }) => trees.map(scaled)) }
}

interface Binned {
  names: string[]
  /** Of each feature, rising: a value's bin is the count of thresholds that it reaches. */
  thresholds: number[][]
  /** Of each feature, each sample's bin. */
  bins: Uint8Array[]
}

/**
 * Gradient boosting of logistic loss with trees of depth three, each on a share of the samples.
 * Source: Friedman 2002, Stochastic gradient boosting.
 */
export function fitTrees(samples: readonly Sample[], options: TreeOptions = TREE_OPTIONS): BoostedTrees {
  const data = binned(samples)
  const random = mulberry32(options.seed)
  const weightOf = (right: boolean) =>
    samples.reduce((sum, sample) => (sample.right === right ? sum + sample.weight : sum), 0)
  const start = Math.log(weightOf(true) / weightOf(false))
  const scores = new Float64Array(samples.length).fill(start)
  const trees: string[] = []
  for (let round = 0; round < options.treeCount; round++) {
    const chances = scores.map((score) => 1 / (1 + Math.exp(-score)))
    const residuals = chances.map((chance, i) => (samples[i]?.right ? 1 : 0) - chance)
    const seen = [...samples.keys()].filter(() => random() < options.sampleShare)
    const tree = growTree(data, samples, { residuals, chances, seen }, options, random)
    trees.push(tree.line)
    for (const i of samples.keys()) scores[i] = (scores[i] ?? 0) + tree.valueOf(i)
  }
  return { start: round(start), trees }
}

function binned(samples: readonly Sample[]): Binned {
  const names = [...new Set(samples.flatMap(({ features }) => Object.keys(features)))].sort()
  const thresholds = names.map((name) => {
    const values = [...new Set(samples.map(({ features }) => features[name] ?? 0))].sort((a, b) => a - b)
    const step = Math.max(1, values.length / MOST_BINS)
    const cuts: number[] = []
    for (let at = step; at < values.length; at += step) {
      const above = Math.floor(at)
      cuts.push(round(((values[above - 1] ?? 0) + (values[above] ?? 0)) / 2))
    }
    return [...new Set(cuts)]
  })
  const bins = names.map((name, f) =>
    Uint8Array.from(samples, ({ features }) => {
      const value = features[name] ?? 0
      return thresholds[f]?.filter((threshold) => value >= threshold).length ?? 0
    }),
  )
  return { names, thresholds, bins }
}

interface Boosting {
  residuals: Float64Array
  chances: Float64Array
  seen: number[]
}

function growTree(
  { names, thresholds, bins }: Binned,
  samples: readonly Sample[],
  { residuals, chances, seen }: Boosting,
  options: TreeOptions,
  random: () => number,
) {
  const splits: ({ feature: number; bin: number } | undefined)[] = []
  const inNode: number[][] = [seen]
  for (let at = 0; at < SPLITS; at++) {
    const members = inNode[at] ?? []
    const best = bestSplit(members)
    splits[at] = best
    const goesLeft = (i: number) => !best || (bins[best.feature]?.[i] ?? 0) <= best.bin
    inNode[2 * at + 1] = members.filter(goesLeft)
    inNode[2 * at + 2] = members.filter((i) => !goesLeft(i))
  }
  const leaves = inNode.slice(SPLITS).map((members) => {
    let gradient = 0
    let curvature = 0
    for (const i of members) {
      const { weight = 1 } = samples[i] ?? {}
      gradient += weight * (residuals[i] ?? 0)
      curvature += weight * (chances[i] ?? 0) * (1 - (chances[i] ?? 0))
    }
    return round((options.rate * gradient) / (curvature + 1))
  })

  function bestSplit(members: readonly number[]) {
    let best: { feature: number; bin: number } | undefined
    let bestGain = 1e-6
    if (members.length < 2 * options.leastInLeaf) return best
    for (const feature of names.keys()) {
      if (random() >= options.featureShare) continue
      const size = (thresholds[feature]?.length ?? 0) + 1
      const sums = new Float64Array(size)
      const weights = new Float64Array(size)
      const counts = new Uint32Array(size)
      for (const i of members) {
        const bin = bins[feature]?.[i] ?? 0
        const weight = samples[i]?.weight ?? 1
        sums[bin] = (sums[bin] ?? 0) + weight * (residuals[i] ?? 0)
        weights[bin] = (weights[bin] ?? 0) + weight
        counts[bin] = (counts[bin] ?? 0) + 1
      }
      const allSum = sums.reduce((a, b) => a + b, 0)
      const allWeight = weights.reduce((a, b) => a + b, 0)
      let [sum, weight, count] = [0, 0, 0]
      for (let bin = 0; bin < size - 1; bin++) {
        sum += sums[bin] ?? 0
        weight += weights[bin] ?? 0
        count += counts[bin] ?? 0
        if (count < options.leastInLeaf || members.length - count < options.leastInLeaf) continue
        const gain = sum ** 2 / weight + (allSum - sum) ** 2 / (allWeight - weight) - allSum ** 2 / allWeight
        if (gain > bestGain) {
          bestGain = gain
          best = { feature, bin }
        }
      }
    }
    return best
  }

  const written = splits.map((split) =>
    split ? `${names[split.feature]}<${thresholds[split.feature]?.[split.bin]}` : '-',
  )
  return {
    line: `${written.join(' ')} | ${leaves.join(' ')}`,
    valueOf(i: number): number {
      let at = 0
      while (at < SPLITS) {
        const split = splits[at]
        at = 2 * at + (!split || (bins[split.feature]?.[i] ?? 0) <= split.bin ? 1 : 2)
      }
      return leaves[at - SPLITS] ?? 0
    },
  }
}

const round = (value: number) => Number(value.toFixed(4))

/** The same numbers for the same seed, so that a fit can be repeated. */
export function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
