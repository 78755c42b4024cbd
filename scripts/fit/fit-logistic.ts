/** One example: samples of a group stand in the same fold. */
export interface Sample {
  group: string
  features: Record<string, number>
  right: boolean
  /** How many times it counts. */
  weight: number
}

export interface Fitted {
  weights: Record<string, number>
  /** Area under the curve on folds that were not fitted on. */
  crossValidatedAuc: number
}

/** Logistic regression with an L2 penalty, by Newton's method; cross-validated by groups. */
export function fitLogistic(samples: readonly Sample[], { folds, ridge }: { folds: number; ridge: number }): Fitted {
  const names = [...new Set(samples.flatMap(({ features }) => Object.keys(features)))]
  const groups = [...new Set(samples.map(({ group }) => group))]
  const foldOf = new Map(groups.map((group, i) => [group, i % folds]))
  const scored: { score: number; right: boolean }[] = []
  for (let fold = 0; fold < folds; fold++) {
    const weights = newton(
      samples.filter(({ group }) => foldOf.get(group) !== fold),
      names,
      ridge,
    )
    for (const sample of samples) {
      if (foldOf.get(sample.group) === fold)
        scored.push({ score: scoreOf(weights, sample, names), right: sample.right })
    }
  }
  const weights = newton(samples, names, ridge)
  return {
    weights: Object.fromEntries(['bias', ...names].map((name, i) => [name, Number((weights[i] ?? 0).toFixed(2))])),
    crossValidatedAuc: areaUnderCurve(scored),
  }
}

function scoreOf(weights: readonly number[], { features }: Sample, names: readonly string[]): number {
  return names.reduce((sum, name, i) => sum + (weights[i + 1] ?? 0) * (features[name] ?? 0), weights[0] ?? 0)
}

function newton(samples: readonly Sample[], names: readonly string[], ridge: number): number[] {
  const size = names.length + 1
  let weights = new Array<number>(size).fill(0)
  for (let step = 0; step < 25; step++) {
    const gradient = weights.map((weight, i) => (i === 0 ? 0 : -ridge * weight))
    const hessian = weights.map((_, i) => weights.map((__, j) => (i === j ? (i === 0 ? 1e-6 : ridge) : 0)))
    for (const sample of samples) {
      const row = [1, ...names.map((name) => sample.features[name] ?? 0)]
      const odds = row.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0)
      const chance = 1 / (1 + Math.exp(-odds))
      for (let i = 0; i < size; i++) {
        gradient[i] = (gradient[i] ?? 0) + sample.weight * (row[i] ?? 0) * ((sample.right ? 1 : 0) - chance)
        const line = hessian[i]
        if (line)
          for (let j = 0; j < size; j++)
            line[j] = (line[j] ?? 0) + sample.weight * (row[i] ?? 0) * (row[j] ?? 0) * chance * (1 - chance)
      }
    }
    const change = solve(hessian, gradient)
    weights = weights.map((weight, i) => weight + (change[i] ?? 0))
    if (Math.max(...change.map(Math.abs)) < 1e-6) break
  }
  return weights
}

/** Gaussian elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((line, i) => [...line, right[i] ?? 0])
  const size = rows.length
  for (let column = 0; column < size; column++) {
    const pivot = rows
      .slice(column)
      .reduce(
        (best, line, i) => (Math.abs(line[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0) ? column + i : best),
        column,
      )
    ;[rows[column], rows[pivot]] = [rows[pivot] ?? [], rows[column] ?? []]
    const lead = rows[column] ?? []
    for (let i = column + 1; i < size; i++) {
      const line = rows[i] ?? []
      const factor = (line[column] ?? 0) / (lead[column] || 1e-12)
      for (let j = column; j <= size; j++) line[j] = (line[j] ?? 0) - factor * (lead[j] ?? 0)
    }
  }
  const solution = new Array<number>(size).fill(0)
  for (let i = size - 1; i >= 0; i--) {
    const line = rows[i] ?? []
    const known = solution.reduce((sum, value, j) => (j > i ? sum + value * (line[j] ?? 0) : sum), 0)
    solution[i] = ((line[size] ?? 0) - known) / (line[i] || 1e-12)
  }
  return solution
}

function areaUnderCurve(scored: readonly { score: number; right: boolean }[]): number {
  const sorted = [...scored].sort((a, b) => a.score - b.score)
  let wrongBelow = 0
  let pairs = 0
  for (const { right } of sorted) {
    if (right) pairs += wrongBelow
    else wrongBelow++
  }
  const rightCount = scored.length - wrongBelow
  return pairs / (rightCount * wrongBelow)
}
