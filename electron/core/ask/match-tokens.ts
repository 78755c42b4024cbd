import type { CutText, TokenVectors } from '../ports.ts'
import { type Word, wordsOf } from '../search/query-words.ts'
import { isNumberWord } from './answer-type.ts'
import type { AskedQuestion, WeighedSentence } from './weigh-sentences.ts'

/**
 * How near a question's words come to the words of a sentence as they are meant there: by the vectors that the model
 * makes of each token in its place, each word against the nearest one (late interaction; Khattab and Zaharia 2020, ColBERT).
 */
export interface TokenMatch {
  /** Of each of the question's topic words, to the sentence's own tokens. */
  own: WordNearness[]
  /** …to the tokens of its heading and of what stands before it. */
  before: WordNearness[]
  /** Of the words that ask ("how many", "who", "is"), to the sentence's own tokens; their mean. Undefined where none asks. */
  asking: WordNearness | undefined
  /** Of the question word alone, to what the sentence says beside the question's words: "when" is near to a year. */
  askingNew: WordNearness | undefined
  /** The same of the noun that goes with it: "which judge", "what salary". */
  focusNew: WordNearness | undefined
  /** Of each topic word of the sentence, to the question's tokens, falling: what it speaks of that is not asked. */
  said: number[]
  /** Words of the sentence that the question has not. */
  newWordCount: number
}

/** A cosine, and the same with each text's mean taken off. */
export interface WordNearness {
  plain: number
  centred: number
}

/** What of a passage is read before a sentence: pronouns point there. In UTF-16 units. */
const BEFORE_LENGTH = 250

/** The question, cut at the edges of its words. */
export function cutQuestion({ text }: Pick<AskedQuestion, 'text'>): CutText {
  return { text, cuts: edgesOf(wordsOf(text), 0) }
}

/** A sentence under its heading and after what stands before it, cut where it begins and at the edges of its words. */
export function cutSentence(sentence: Pick<WeighedSentence, 'hit' | 'text' | 'surroundings'>): CutText {
  const prefix = standingBefore(sentence)
  return {
    text: `${prefix} ${sentence.text}`,
    cuts: [prefix.length, ...edgesOf(wordsOf(sentence.text), prefix.length + 1)],
  }
}

/** A sentence's heading and what stands before it in its passage. */
export function standingBefore({
  hit,
  text,
  surroundings,
}: Pick<WeighedSentence, 'hit' | 'text' | 'surroundings'>): string {
  const at = surroundings.indexOf(text)
  const before = at > 0 ? surroundings.slice(0, at).slice(-BEFORE_LENGTH) : ''
  return `${hit.heading?.split(' › ').at(-1) ?? ''}. ${before}`
}

const edgesOf = (words: readonly Word[], offset: number) =>
  words.flatMap(({ start, end }) => [offset + start, offset + end])

/** From a token up to another, which is not of it. */
type Range = readonly [from: number, to: number]

/** A text's words with their tokens, from the cuts that stand for them. */
function withTokens(words: readonly Word[], cuts: readonly number[]): { word: Word; range: Range }[] {
  return words.map((word, i) => ({ word, range: [cuts[2 * i] ?? 0, cuts[2 * i + 1] ?? 0] }))
}

const QUESTION_WORD = /^(?:who|whom|whose|what|which|when|where|why|how)$/
const ASKING_WORD = /^(?:who|whom|whose|what|which|when|where|why|how|many|much)$/
/** These ask where they stand before the topic: "Is the state …", "How long …". */
const LEADING_WORD = /^(?:long|old|is|are|can|may|must|does|do)$/
/** Words between a question word and the noun that goes with it: "what was the name". */
const FOCUS_REACH = 3

/** Matches the tokens of a cut question with those of a cut sentence; `dimension` is the length of a token's vector. */
export function matchTokens(
  question: { words: AskedQuestion['words']; text: string; tokens: TokenVectors },
  sentence: { text: string; tokens: TokenVectors },
  dimension: number,
): TokenMatch {
  const near = compareRows(toRows(question.tokens, dimension), toRows(sentence.tokens, dimension), dimension)
  const asked = withTokens(wordsOf(question.text), question.tokens.cuts)
  const [start = 1, ...edges] = sentence.tokens.cuts
  const said = withTokens(wordsOf(sentence.text), edges)
  // The special tokens at both ends are no words.
  const whole: Range = [1, question.tokens.vectors.length / dimension - 1]
  const own: Range = [start, sentence.tokens.vectors.length / dimension - 1]
  const topics: Range[] = question.words.map(
    ({ word }) => asked.find((other) => other.word.start === word.start)?.range ?? [0, 0],
  )
  const firstTopic = Math.min(...question.words.map(({ word }) => word.start))
  const asking = asked.filter(
    ({ word }) => ASKING_WORD.test(word.folded) || (word.start < firstTopic && LEADING_WORD.test(word.folded)),
  )
  const at = asked.findIndex(({ word }) => QUESTION_WORD.test(word.folded))
  const focus = at < 0 ? -1 : asked.findIndex(({ word }, i) => i > at && !word.stop)
  const stems = new Set(question.words.map(({ word }) => word.stem))
  const fresh = said.filter(({ word }) => !stems.has(word.stem) && (!word.stop || isNumberWord(word.text)))
  const nearestNew = (range: Range | undefined): WordNearness | undefined =>
    range && {
      plain: Math.max(0, ...fresh.map((other) => near(range, other.range).plain)),
      centred: Math.max(0, ...fresh.map((other) => near(range, other.range).centred)),
    }
  return {
    own: topics.map((range) => near(range, own)),
    before: topics.map((range) => near(range, [1, start])),
    asking: meanOf(asking.map(({ range }) => near(range, own))),
    askingNew: nearestNew(asked[at]?.range),
    focusNew: focus >= 0 && focus - at <= FOCUS_REACH ? nearestNew(asked[focus]?.range) : undefined,
    said: said.flatMap(({ word, range }) => (word.stop ? [] : near.back(whole, range))).sort((a, b) => b - a),
    newWordCount: fresh.length,
  }
}

function meanOf(values: readonly WordNearness[]): WordNearness | undefined {
  if (values.length === 0) return undefined
  const mean = (kind: keyof WordNearness) => values.reduce((sum, value) => sum + value[kind], 0) / values.length
  return { plain: mean('plain'), centred: mean('centred') }
}

/** A text's tokens, and what their cosines are made of. */
interface Rows {
  count: number
  vectors: Float32Array
  mean: Float32Array
  meanSquared: number
  /** Of each row: its product with the mean, its length, its length with the mean taken off. */
  toMean: Float64Array
  length: Float64Array
  centredLength: Float64Array
}

function toRows({ vectors }: TokenVectors, dimension: number): Rows {
  const count = vectors.length / dimension
  const mean = new Float32Array(dimension)
  for (let i = 0; i < vectors.length; i++)
    mean[i % dimension] = (mean[i % dimension] as number) + (vectors[i] as number)
  for (let i = 0; i < dimension; i++) mean[i] = (mean[i] as number) / count
  const meanSquared = mean.reduce((sum, value) => sum + value * value, 0)
  const rows: Rows = {
    count,
    vectors,
    mean,
    meanSquared,
    toMean: new Float64Array(count),
    length: new Float64Array(count),
    centredLength: new Float64Array(count),
  }
  for (let row = 0; row < count; row++) {
    const toMean = dot(vectors, row * dimension, mean, 0, dimension)
    const squared = dot(vectors, row * dimension, vectors, row * dimension, dimension)
    rows.toMean[row] = toMean
    rows.length[row] = Math.sqrt(squared) || 1
    rows.centredLength[row] = Math.sqrt(Math.max(0, squared - 2 * toMean + meanSquared)) || 1
  }
  return rows
}

/** Compares every token with every other once, and tells how near ranges of them are. */
function compareRows(asked: Rows, said: Rows, dimension: number) {
  const size = asked.count * said.count
  const cosines = { plain: new Float32Array(size), centred: new Float32Array(size) }
  const meanToMean = dot(asked.mean, 0, said.mean, 0, dimension)
  const meanToSaid = Float64Array.from({ length: said.count }, (_, j) =>
    dot(asked.mean, 0, said.vectors, j * dimension, dimension),
  )
  for (let i = 0; i < asked.count; i++) {
    const toSaidMean = dot(asked.vectors, i * dimension, said.mean, 0, dimension)
    for (let j = 0; j < said.count; j++) {
      const product = dot(asked.vectors, i * dimension, said.vectors, j * dimension, dimension)
      // (a - ā)(b - b̄), so that the rows are multiplied once for both.
      const centred = product - (meanToSaid[j] as number) - toSaidMean + meanToMean
      const at = i * said.count + j
      cosines.plain[at] = product / ((asked.length[i] as number) * (said.length[j] as number))
      cosines.centred[at] = centred / ((asked.centredLength[i] as number) * (said.centredLength[j] as number))
    }
  }
  const nearest = (kind: keyof typeof cosines, token: number, [from, to]: Range) => {
    let best = -1
    for (let i = from; i < to; i++) best = Math.max(best, cosines[kind][token * said.count + i] ?? -1)
    return best
  }
  /** The mean over the tokens of one range of each one's cosine to the nearest token of the other; -1 where that is empty. */
  const near = (range: Range, other: Range): WordNearness => {
    const [from, to] = range
    const mean = (kind: keyof typeof cosines) => {
      let sum = 0
      for (let token = from; token < to; token++) sum += nearest(kind, token, other)
      return to <= from ? 0 : sum / (to - from)
    }
    return { plain: mean('plain'), centred: mean('centred') }
  }
  /** The cosine of the two tokens of both ranges that are nearest to each other. */
  near.back = ([from, to]: Range, other: Range): number => {
    let best = -1
    for (let token = from; token < to; token++) best = Math.max(best, nearest('plain', token, other))
    return best
  }
  return near
}

function dot(a: Float32Array, at: number, b: Float32Array, from: number, length: number): number {
  let sum = 0
  for (let i = 0; i < length; i++) sum += (a[at + i] as number) * (b[from + i] as number)
  return sum
}
