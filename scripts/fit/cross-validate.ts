import { makeTreeScorer } from '#core/ask/score-trees.ts'
import type { Sample } from './fit-logistic.ts'
import { fitBaggedTrees, mulberry32, TREE_OPTIONS, type TreeOptions } from './fit-trees.ts'

/** A question with the samples of its sentences. */
export interface JudgedQuestion {
  set: string
  question: string
  /** Where the nearest passage stands: a chapter, or a part of a long document. */
  place: string
  answerable: boolean
  /** False: it is scored, and never fitted on. */
  fitted: boolean
  samples: Sample[]
}

/** A question's best sentence, by trees that were not fitted on the question. */
export interface ScoredQuestion {
  set: string
  answerable: boolean
  score: number
  /** The best sentence answers. */
  right: boolean
}

/**
 * Scores every question by trees fitted on the other folds. A fold leaves whole chapters out, so that nothing is known of the
 * book that is asked; a question's sentences, and its variants, stand in one fold.
 */
export function crossValidate(
  questions: readonly JudgedQuestion[],
  { folds = 8, options = TREE_OPTIONS }: { folds?: number; options?: TreeOptions } = {},
): ScoredQuestion[] {
  const places = [...new Set(questions.map(({ place }) => place))]
  const foldOf = new Map<string, number>()
  for (const { question, place } of questions) {
    if (!foldOf.has(question)) foldOf.set(question, places.indexOf(place) % folds)
  }
  const scored: ScoredQuestion[] = []
  for (let fold = 0; fold < folds; fold++) {
    const others = questions.filter(({ question, fitted }) => fitted && foldOf.get(question) !== fold)
    const score = makeTreeScorer(
      fitBaggedTrees(
        others.flatMap(({ samples }) => samples),
        { ...options, seed: options.seed + fold },
      ),
    )
    for (const { set, question, answerable, samples } of questions) {
      if (foldOf.get(question) !== fold) continue
      const best = samples
        .map(({ features, right }) => ({ score: score(features), right }))
        .reduce((a, b) => (b.score > a.score ? b : a), { score: Number.NEGATIVE_INFINITY, right: false })
      scored.push({ set, answerable, ...best })
    }
  }
  return scored
}

const SHARES = [0.02, 0.05, 0.1, 0.15, 0.2]

/** Prints, set by set and for the chapters together, the area under the curve and the false refusals at shares of false answers. */
export function printCurve(scored: readonly ScoredQuestion[]): void {
  const groups = new Map<string, (set: string) => boolean>([
    ...[...new Set(scored.map(({ set }) => set.replace(', answer taken out', '')))].map(
      (name): [string, (set: string) => boolean] => [name, (set) => set.startsWith(name)],
    ),
    ['chapters', (set) => /^polity, |^near misses/.test(set)],
    ['all that is fitted on', (set) => /^polity, |^near misses|, fitted on$/.test(set)],
  ])
  const rows = [...groups].flatMap(([name, isOf]) => {
    const own = scored.filter(({ set }) => isOf(set))
    const yes = own.filter(({ answerable }) => answerable)
    const no = own.filter(({ answerable }) => !answerable).map(({ score }) => score)
    if (yes.length === 0 || no.length === 0) return []
    const curve = SHARES.map((share) => {
      const bar = barAt(no, share)
      const refused = yes.filter(({ score }) => score < bar).length / yes.length
      return [`refused at ${100 * share} %`, `${(100 * refused).toFixed(1)} % (${bar.toFixed(2)})`]
    })
    return [
      {
        set: name,
        with: yes.length,
        without: no.length,
        area: area(
          yes.map(({ score }) => score),
          no,
        ).toFixed(4),
        '95 %': interval(
          yes.map(({ score }) => score),
          no,
        ),
        'right first': (yes.filter(({ right }) => right).length / yes.length).toFixed(3),
        ...Object.fromEntries(curve),
      },
    ]
  })
  console.table(rows)
}

const RESAMPLES = 400

/** Of the area, by bootstrap over the questions. */
function interval(yes: readonly number[], no: readonly number[]): string {
  const random = mulberry32(1)
  const resampled = (scores: readonly number[]) => scores.map(() => scores[Math.floor(random() * scores.length)] ?? 0)
  const areas = Array.from({ length: RESAMPLES }, () => area(resampled(yes), resampled(no))).sort((a, b) => a - b)
  return [0.025, 0.975].map((share) => areas[Math.floor(share * RESAMPLES)]?.toFixed(3)).join('–')
}

/** The lowest bar that at most a share of the scores reach. */
function barAt(scores: readonly number[], share: number): number {
  const falling = [...scores].sort((a, b) => b - a)
  return (falling[Math.floor(share * falling.length)] ?? Number.NEGATIVE_INFINITY) + 1e-9
}

function area(yes: readonly number[], no: readonly number[]): number {
  const wins = yes.reduce(
    (sum, score) => sum + no.reduce((count, other) => count + (score > other ? 1 : score === other ? 0.5 : 0), 0),
    0,
  )
  return wins / (yes.length * no.length)
}
