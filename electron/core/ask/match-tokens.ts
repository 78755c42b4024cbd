import type { CutText, TokenVectors } from '../ports.ts'
import type { AskedQuestion, WeighedSentence } from './weigh-sentences.ts'

/**
 * How near a question's words come to the words of a sentence as they are meant there: by the vectors that the model
 * makes of each token in its place, each word against the nearest one (late interaction; Khattab and Zaharia 2020, ColBERT).
 */
export interface TokenMatch {
  /** Of each of the question's words, to the sentence's own tokens; the cosine, and the same with each text's mean taken off. */
  own: WordNearness[]
  /** …to the tokens of its heading and of what stands before it. */
  before: WordNearness[]
}

export interface WordNearness {
  plain: number
  centred: number
}

/** What of a passage is read before a sentence: pronouns point there. In UTF-16 units. */
const BEFORE_LENGTH = 250

/** The question, cut at the edges of its topic words. */
export function cutQuestion({ text, words }: Pick<AskedQuestion, 'text' | 'words'>): CutText {
  return { text, cuts: words.flatMap(({ word }) => [word.start, word.end]) }
}

/** A sentence under its heading and after what stands before it, cut where it begins. */
export function cutSentence({ hit, text, surroundings }: WeighedSentence): CutText {
  const at = surroundings.indexOf(text)
  const before = at > 0 ? surroundings.slice(0, at).slice(-BEFORE_LENGTH) : ''
  const prefix = `${hit.heading?.split(' › ').at(-1) ?? ''}. ${before}`
  return { text: `${prefix} ${text}`, cuts: [prefix.length] }
}

/** Matches the tokens of a cut question with those of a cut sentence; `dimension` is the length of a token's vector. */
export function matchTokens(question: TokenVectors, sentence: TokenVectors, dimension: number): TokenMatch {
  const asked = toRows(question, dimension)
  const said = toRows(sentence, dimension)
  const start = sentence.cuts[0] ?? 1
  // The special tokens at both ends are no words.
  const own: [number, number] = [start, said.plain.length - 1]
  const before: [number, number] = [1, start]
  const match: TokenMatch = { own: [], before: [] }
  for (let i = 0; i < question.cuts.length; i += 2) {
    const word: [number, number] = [question.cuts[i] ?? 0, question.cuts[i + 1] ?? 0]
    match.own.push(nearness(asked, word, said, own))
    match.before.push(nearness(asked, word, said, before))
  }
  return match
}

interface Rows {
  plain: Float32Array[]
  centred: Float32Array[]
}

function toRows({ vectors }: TokenVectors, dimension: number): Rows {
  const rows = Array.from({ length: vectors.length / dimension }, (_, i) =>
    vectors.subarray(i * dimension, (i + 1) * dimension),
  )
  const mean = new Float32Array(dimension)
  for (const row of rows) for (let i = 0; i < dimension; i++) mean[i] = (mean[i] ?? 0) + (row[i] ?? 0) / rows.length
  return { plain: rows.map(toUnit), centred: rows.map((row) => toUnit(row.map((value, i) => value - (mean[i] ?? 0)))) }
}

function toUnit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1
  return vector.map((value) => value / length)
}

/** The mean over a word's tokens of each one's cosine to the nearest token of a range; -1 where the range is empty. */
function nearness(asked: Rows, word: [number, number], said: Rows, range: [number, number]): WordNearness {
  const mean = (kind: keyof Rows) => {
    const tokens = asked[kind].slice(...word)
    const others = said[kind].slice(...range)
    const sum = tokens.reduce((total, token) => total + Math.max(-1, ...others.map((other) => dot(token, other))), 0)
    return tokens.length === 0 ? 0 : sum / tokens.length
  }
  return { plain: mean('plain'), centred: mean('centred') }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}
