/** Boosted regression trees of depth three: a sample's score is the start and a leaf of each tree. */
export interface BoostedTrees {
  start: number
  /**
   * Each tree's seven splits as `feature<threshold`, in the order of a heap, then its eight leaves from left to right.
   * Where a split is `-`, everything goes left.
   */
  trees: readonly string[]
}

interface Split {
  feature: string
  threshold: number
}

interface Tree {
  splits: (Split | undefined)[]
  leaves: number[]
}

const DEPTH = 3

/** Makes a scorer of trees as scripts/fit writes them. Source: Friedman 2001, Greedy function approximation. */
export function makeTreeScorer<Name extends string>({ start, trees }: BoostedTrees) {
  const parsed = trees.map(parseTree)
  return (features: Readonly<Record<Name, number>>): number =>
    parsed.reduce((score, tree) => score + leafOf(tree, features), start)
}

function parseTree(line: string): Tree {
  const [splits = '', leaves = ''] = line.split('|')
  return {
    splits: splits
      .trim()
      .split(' ')
      .map((text) => {
        const [feature = '', threshold] = text.split('<')
        return text === '-' ? undefined : { feature, threshold: Number(threshold) }
      }),
    leaves: leaves.trim().split(' ').map(Number),
  }
}

function leafOf({ splits, leaves }: Tree, features: Readonly<Record<string, number>>): number {
  let at = 0
  for (let level = 0; level < DEPTH; level++) {
    const split = splits[at]
    at = 2 * at + (!split || (features[split.feature] ?? 0) < split.threshold ? 1 : 2)
  }
  return leaves[at - splits.length] ?? 0
}
