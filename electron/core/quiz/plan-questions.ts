import type { QuestionStyle, QuizStyle } from '#contract/quiz.ts'
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
  /** Styles to try after those, once every seat has been tried: they would use up what other seats need. */
  lateStyles: readonly QuestionStyle[]
}

/**
 * Shares of a mixed quiz. Real papers have about half statements and two fifths
 * direct questions; cloze and definition take a part of the direct ones here.
 */
const MIX: readonly (readonly [QuestionStyle, number])[] = [
  ['statements', 0.4],
  ['direct', 0.25],
  ['definition', 0.15],
  ['cloze', 0.2],
]

/**
 * One seat a question: the material is cut into as many stretches of equal
 * length as there are questions, so that they come from all of it, and seats are
 * shuffled, so that a quiz stopped halfway is spread as well.
 */
export function planSeats({
  count,
  style,
  seed,
  sentenceCount,
  factCount,
}: {
  count: number
  style: QuizStyle
  seed: number
  /** Sentences that questions may be made from. */
  sentenceCount: number
  /** Those of them that settle a fact: what direct and cloze questions ask, and false statements are made from. */
  factCount: number
}): Seat[] {
  const random = seededRandom(seed, 'seats')
  const stretches = random.shuffle(Array.from({ length: count }, (_, at) => at))
  const isScarce = sentenceCount < count * SENTENCES_A_CODE || factCount < count * FACTS_A_SEAT
  const wishes =
    style === 'mixed'
      ? random.shuffle(mixOf(count, isScarce ? Math.min(sentenceCount, factCount) : sentenceCount))
      : undefined
  const fallbacks = MIX.map(([name]) => name).sort((a, b) =>
    isScarce ? Number(a === 'statements') - Number(b === 'statements') : 0,
  )
  return stretches.map((stretch, index) => {
    const wish = wishes?.[index]
    if (wish === undefined) return { index, stretch, styles: [style === 'mixed' ? 'cloze' : style], lateStyles: [] }
    const styles = [wish, ...fallbacks.filter((name) => name !== wish)]
    if (!isScarce || wish === 'statements') return { index, stretch, styles, lateStyles: [] }
    return { index, stretch, styles: styles.filter((name) => name !== 'statements'), lateStyles: ['statements'] }
  })
}

/** Facts a seat may choose from, where there are enough. */
const FACTS_A_SEAT = 1.2
/** What a question of statements uses up of sentences. */
const SENTENCES_A_CODE = 2.3

/**
 * Whole numbers of each style, by largest remainder. A question of statements
 * uses up several sentences: where they are few, there are fewer of its kind.
 */
function mixOf(count: number, sentenceCount: number): QuestionStyle[] {
  const room = Math.max(0, (sentenceCount - count) / (SENTENCES_A_CODE - 1) / count)
  const taken = MIX.reduce((sum, [style, share]) => sum + (style === 'statements' ? Math.min(share, room) : share), 0)
  const shares = MIX.map(
    ([style, wished]) => [style, (style === 'statements' ? Math.min(wished, room) : wished) / taken] as const,
  ).map(([style, share]) => ({ style, exact: share * count, whole: Math.floor(share * count) }))
  let missing = count - shares.reduce((sum, { whole }) => sum + whole, 0)
  for (const share of shares.toSorted((a, b) => b.exact - b.whole - (a.exact - a.whole))) {
    if (missing-- > 0) share.whole++
  }
  return shares.flatMap(({ style, whole }) => Array.from({ length: whole }, () => style))
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
 * Places the key may take, the least used first; which of equals comes first is
 * left to the seed. A place that is ahead of another by two is not offered.
 */
export function leastUsedPlaces(used: readonly number[], seed: number, seat: number, optionCount = 4): number[] {
  const counts = Array.from({ length: optionCount }, (_, place) => used.filter((other) => other === place).length)
  return seededRandom(seed, 'place', seat)
    .shuffle(counts.map((_, place) => place))
    .sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0))
    .filter((place) => (counts[place] ?? 0) <= Math.min(...counts) + 1)
}
