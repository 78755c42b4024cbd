import { cosine } from '../search/exact-search.ts'
import { isHindi, wordsOf } from '../search/query-words.ts'
import type { AnswerKind } from './answer-kind.ts'
import { looksLikeAnswer } from './answer-kind.ts'
import type { AnswerType } from './answer-type.ts'
import type { SourceSentence } from './gather-sentences.ts'
import { coverage, stemsOf, type WeighedWord } from './weigh-words.ts'

/** What speaks for a sentence as an answer, each 0..1 (cosines -1..1). */
export interface SentenceFeatures {
  /** To the question, of the sentence alone. */
  cosine: number
  /** To the question, of its passage. */
  passageCosine: number
  /** Share of the question's weight in the sentence. */
  coverage: number
  /** The same in the sentence, its neighbours and its headings. */
  nearCoverage: number
  /** The passage's share of the best score. */
  passageScore: number
  /** It has the looks of the answer that is asked for. */
  looksRight: number
  /** It begins with a word that points back. */
  pointsBack: number
  /** Its heading is the question, or nearly: 0 at a cosine of 0.7, 1 at 1. */
  headingMatch: number
  /** For a definition: it says what the thing asked for is, in the form that definitions have. */
  defines: number
  /** It says something beside the question's own words: 1 with five words or more. */
  novelty: number
}

export interface WeighedSentence extends SourceSentence {
  vector: Float32Array
  features: SentenceFeatures
  score: number
}

/** What the weighing needs of a question. */
export interface AskedQuestion {
  text: string
  vector: Float32Array
  kind: AnswerKind
  type: AnswerType
  words: readonly WeighedWord[]
  hindi: boolean
  /** It can be compared by meaning: there is a model, and it reads the question's language. */
  byMeaning: boolean
}

const POINTS_BACK =
  /^["'“‘(]*(?:This|That|These|Those|It|He|She|They|Such|But|However|Thus|Therefore|Hence|So|And|Also|Moreover|Besides|Similarly|In other words|For example|For instance|Here|There|Yet|Then|His|Her|Their|Its|यह|ये|इस|इसे|इससे|इसके|वह|वे|उस|उन|लेकिन|इसलिए)(?![\p{L}\p{M}])/u

/** Weighs sentences against a question, best first. `vectors` are theirs, in their order. */
export function weighSentences(
  question: AskedQuestion,
  sentences: readonly SourceSentence[],
  vectors: readonly Float32Array[],
  headingVectors: ReadonlyMap<string, Float32Array>,
): WeighedSentence[] {
  const asked = new Set(question.words.map(({ word }) => word.stem))
  const bestPassage = Math.max(...sentences.map(({ hit }) => hit.score), Number.MIN_VALUE)
  return sentences
    .map((sentence, i) => {
      const vector = vectors[i] ?? new Float32Array(question.vector.length)
      const { hit, text, surroundings } = sentence
      const features: SentenceFeatures = {
        cosine: cosine(question.vector, vector),
        passageCosine: hit.cosine ?? 0,
        coverage: coverage(question.words, stemsOf(text)),
        nearCoverage: coverage(question.words, stemsOf(`${hit.title} ${hit.heading ?? ''} ${surroundings}`)),
        passageScore: hit.score / bestPassage,
        looksRight: looksLikeAnswer(question.kind, text) ? 1 : 0,
        pointsBack: POINTS_BACK.test(text) ? 1 : 0,
        headingMatch: Math.max(
          0,
          ...headingsOf(hit).map((heading) => nearness(question.vector, headingVectors.get(heading))),
        ),
        defines: question.kind === 'definition' && isDefinition(text, asked) ? 1 : 0,
        novelty: Math.min(1, newWordCount(text, asked) / 5),
      }
      return { ...sentence, vector, features, score: sentenceScore(features, question.hindi || isHindi(text)) }
    })
    .sort((a, b) => b.score - a.score)
}

const DEFINING = new Set(
  'is,are,was,were,means,meant,refers,denotes,implies,consists,involves,describes,का,से,वह'.split(','),
)
const NAMING =
  /\b(?:is|are|was|were|been|be|came to be|also|commonly|often) (?:called|known as|termed|named|referred to as|described as)\b|कहते हैं|कहा जाता|कहलात/i

/** "Judicial review means …", "Such a list is called the bill of rights." */
function isDefinition(sentence: string, asked: ReadonlySet<string>): boolean {
  const words = wordsOf(sentence)
  const last = words.findLastIndex(({ stem }, i) => i < 8 && asked.has(stem))
  const begins = words.slice(0, Math.max(0, last)).every(({ stem, stop }) => stop || asked.has(stem))
  if (last >= 0 && begins && words.slice(last + 1, last + 4).some(({ folded }) => DEFINING.has(folded))) return true
  const named = NAMING.exec(sentence)
  return named !== null && wordsOf(sentence.slice(named.index)).some(({ stem }) => asked.has(stem))
}

/** The two innermost headings above a passage. */
export function headingsOf({ heading = '' }: SourceSentence['hit']): string[] {
  return heading === '' ? [] : heading.split(' › ').slice(-2)
}

function nearness(question: Float32Array, heading: Float32Array | undefined): number {
  return heading ? (cosine(question, heading) - 0.7) / 0.3 : 0
}

function newWordCount(text: string, asked: ReadonlySet<string>): number {
  return new Set(wordsOf(text).flatMap(({ stem, stop }) => (stop || asked.has(stem) ? [] : [stem]))).size
}

export function sentenceScore(features: SentenceFeatures, hindi: boolean): number {
  const weights = hindi ? HINDI_WEIGHTS : WEIGHTS
  let score = 0
  for (const name of Object.keys(weights) as (keyof SentenceFeatures)[]) score += weights[name] * features[name]
  return score
}

const WEIGHTS: SentenceFeatures = {
  cosine: 4,
  passageCosine: 1,
  coverage: 2.5,
  nearCoverage: 1.5,
  passageScore: 1.5,
  looksRight: 1,
  pointsBack: -0.3,
  headingMatch: 2.5,
  defines: 2,
  novelty: 1,
}
/** The model that ships reads English: cosines of Hindi tell nothing. */
const HINDI_WEIGHTS: SentenceFeatures = {
  cosine: 0,
  passageCosine: 0,
  coverage: 4,
  nearCoverage: 2.4,
  passageScore: 2.8,
  looksRight: 1.2,
  pointsBack: -0.3,
  headingMatch: 0,
  defines: 2,
  novelty: 1,
}
