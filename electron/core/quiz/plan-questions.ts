import { type Difficulty, type DifficultyWish, MIXED, type QuestionStyle, type QuizStyle } from '#contract/quiz.ts'
import { levelsOf } from './levels-of-style.ts'
import type { QuestionStyleFile, QuestionStyles } from './question-styles.ts'
import type { SourceSentence } from './read-material.ts'
import { seededRandom } from './seeded-random.ts'

/** A place in a quiz: from which stretch of the material it is filled and with which style. */
export interface Seat {
  /** From 0, in the order in which seats are filled. */
  index: number
  /** Which stretch of the material, from 0, in reading order. */
  stretch: number
  /** Styles to try, the wished one first. */
  styles: readonly QuestionStyle[]
  /** How hard its question is to be; undefined where that does not matter. */
  level?: Difficulty
  /** Styles to try after those, once every seat has been tried: they would use up what other seats need. */
  lateStyles: readonly QuestionStyle[]
}

/** Shares of the styles in a mixed quiz, the largest first. */
export type Mix = readonly (readonly [QuestionStyle, number])[]

/** Of the direct questions of a paper, how many ask by a blank or a meaning: the ways to ask directly that rules have. */
const DIRECT_WAYS: Record<string, number> = { blank: 0.33, meaning: 0.25 }

/**
 * The shares of an exam as this app can make them: a part of the direct questions go to the styles that
 * count as direct. A style of the exam that is not known is left out.
 */
export function mixOf(
  shares: Readonly<Record<string, number>>,
  styles: QuestionStyles,
  engine: 'ollama' | 'rules',
): Mix {
  const mix = new Map<QuestionStyle, number>()
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0)
  for (const [id, share] of Object.entries(shares)) {
    if (!styles.has(id)) continue
    const ways = engine === 'rules' ? [...styles.values()].filter((style) => waysOf(style) === id) : []
    const given = ways.reduce((sum, { shape }) => sum + (DIRECT_WAYS[shape] ?? 0), 0)
    mix.set(id, (share / total) * (1 - given))
    for (const { id: way, shape } of ways) mix.set(way, (share / total) * (DIRECT_WAYS[shape] ?? 0))
  }
  return [...mix].sort((a, b) => b[1] - a[1])
}

function waysOf(style: QuestionStyleFile): string | undefined {
  return 'countsAs' in style ? style.countsAs : undefined
}

/** The levels of a mixed quiz: most questions of a paper take two facts, a few are there to tell the best apart. */
const MIXED_LEVELS: readonly (readonly [Difficulty, number])[] = [
  ['medium', 0.5],
  ['easy', 0.3],
  ['hard', 0.2],
]

/** Sentences that a question of each shape uses up. */
const APPETITE: Record<QuestionStyleFile['shape'], number> = {
  statements: 2.6,
  pairs: 3,
  explanation: 2,
  'odd-statement': 4,
  chronology: 4,
  term: 1,
  blank: 1,
  meaning: 1,
}

/**
 * One seat a question: the material is cut into as many stretches of equal
 * length as there are questions, so that they come from all of it, and seats are
 * shuffled, so that a quiz stopped halfway is spread as well.
 */
export function planSeats({
  count,
  style,
  mix,
  styles: known,
  seed,
  difficulty = 'exam',
  sentenceCount,
  factCount,
}: {
  count: number
  style: QuizStyle
  difficulty?: DifficultyWish
  mix: Mix
  styles: QuestionStyles
  seed: number
  /** Sentences that questions may be made from. */
  sentenceCount: number
  /** Those of them that settle a fact: what direct and cloze questions ask, and false statements are made from. */
  factCount: number
}): Seat[] {
  const random = seededRandom(seed, 'seats')
  const stretches = random.shuffle(Array.from({ length: count }, (_, at) => at))
  const appetite = (id: QuestionStyle) => APPETITE[known.get(id)?.shape ?? 'term']
  const isHungry = (id: QuestionStyle) => appetite(id) > 1
  const isScarce = sentenceCount < count * SENTENCES_A_CODE || factCount < count * FACTS_A_SEAT
  const canBe = (id: QuestionStyle, level: Difficulty) => {
    const file = known.get(id)
    return file !== undefined && levelsOf(file).includes(level)
  }
  if (difficulty !== 'exam') return seatsByLevel()
  if (style !== MIXED) return stretches.map((stretch, index) => ({ index, stretch, styles: [style], lateStyles: [] }))
  const wishes = random.shuffle(
    wholeShares(
      withinReach(mix, count, isScarce ? Math.min(sentenceCount, factCount) : sentenceCount, appetite),
      count,
    ),
  )
  const fallbacks = mix.map(([id]) => id).sort((a, b) => (isScarce ? Number(isHungry(a)) - Number(isHungry(b)) : 0))
  return stretches.map((stretch, index) => {
    const wish = wishes[index] as QuestionStyle
    const styles = [wish, ...fallbacks.filter((id) => id !== wish)]
    if (!isScarce || isHungry(wish)) return { index, stretch, styles, lateStyles: [] }
    return { index, stretch, styles: styles.filter((id) => !isHungry(id)), lateStyles: styles.filter(isHungry) }
  })

  /** Every seat has a level, and the styles that can be of it, in their shares. */
  function seatsByLevel(): Seat[] {
    const levels = random.shuffle(
      difficulty === 'mixed'
        ? wholeShares(MIXED_LEVELS, count)
        : Array.from({ length: count }, () => difficulty as Difficulty),
    )
    const wishes = new Map(
      MIXED_LEVELS.map(([level]) => {
        const able = style === MIXED ? mix.filter(([id]) => canBe(id, level)) : [[style, 1] as const]
        const total = able.reduce((sum, [, share]) => sum + share, 0)
        const shares = able.map(([id, share]) => [id, share / total] as const)
        const seatCount = levels.filter((each) => each === level).length
        return [level, { able: able.map(([id]) => id), wishes: random.shuffle(wholeShares(shares, seatCount)) }]
      }),
    )
    return stretches.map((stretch, index) => {
      const level = levels[index] as Difficulty
      const { able = [], wishes: left = [] } = wishes.get(level) ?? {}
      const wish = left.shift()
      const styles = wish === undefined ? able : [wish, ...able.filter((id) => id !== wish)]
      return { index, stretch, styles, level, lateStyles: [] }
    })
  }
}

/** Facts a seat may choose from, where there are enough. */
const FACTS_A_SEAT = 1.2
/** What a question of statements uses up of sentences. */
const SENTENCES_A_CODE = 2.3

/** Questions that use up several sentences: where those are few, there are fewer of their kind. */
function withinReach(mix: Mix, count: number, sentenceCount: number, appetite: (id: QuestionStyle) => number): Mix {
  const extra = mix.reduce((sum, [id, share]) => sum + share * (appetite(id) - 1), 0) * count
  const room = Math.max(0, sentenceCount - count)
  const factor = extra > room ? room / extra : 1
  const scaled = mix.map(([id, share]) => [id, appetite(id) > 1 ? share * factor : share] as const)
  const total = scaled.reduce((sum, [, share]) => sum + share, 0)
  return total === 0 ? mix : scaled.map(([id, share]) => [id, share / total] as const)
}

/** Whole numbers of each, by largest remainder. */
function wholeShares<Id extends string>(mix: readonly (readonly [Id, number])[], count: number): Id[] {
  const shares = mix.map(([id, share]) => ({ id, exact: share * count, whole: Math.floor(share * count) }))
  let missing = count - shares.reduce((sum, { whole }) => sum + whole, 0)
  for (const share of shares.toSorted((a, b) => b.exact - b.whole - (a.exact - a.whole))) {
    if (missing-- > 0) share.whole++
  }
  return shares.flatMap(({ id, whole }) => Array.from({ length: whole }, () => id))
}

/** Which of `count` stretches of equal length each sentence is in, by its place in reading order. */
export function stretchOf(sentences: readonly SourceSentence[], count: number): (sentence: SourceSentence) => number {
  const ends: number[] = []
  let total = 0
  for (const sentence of sentences) {
    total += sentence.quote.length
    ends[sentence.order] = total
  }
  return (sentence) =>
    Math.min(count - 1, Math.floor((((ends[sentence.order] ?? 0) - sentence.quote.length / 2) / total) * count))
}

/**
 * Places the key may take, the least used among questions of its style first, then among all; which of
 * equals comes first is left to the seed. A place that is ahead of another by two in its style is not offered.
 */
export function leastUsedPlaces(
  ofStyle: readonly number[],
  ofAll: readonly number[],
  { seed, seat, optionCount }: { seed: number; seat: number; optionCount: number },
): number[] {
  const count = (used: readonly number[]) =>
    Array.from({ length: optionCount }, (_, place) => used.filter((other) => other === place).length)
  const [own, all] = [count(ofStyle), count(ofAll)]
  return seededRandom(seed, 'place', seat)
    .shuffle(own.map((_, place) => place))
    .sort((a, b) => (own[a] ?? 0) - (own[b] ?? 0) || (all[a] ?? 0) - (all[b] ?? 0))
    .filter((place) => (own[place] ?? 0) <= Math.min(...own) + 1)
}
