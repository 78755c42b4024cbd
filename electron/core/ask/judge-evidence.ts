import type { Embedder } from '../ports.ts'
import { cosine } from '../search/exact-search.ts'
import { type Word, wordsOf } from '../search/query-words.ts'
import { offersAnswer } from './answer-kind.ts'
import type { AskedQuestion, WeighedSentence } from './weigh-sentences.ts'
import { coverage, stemsOf, type WeighedWord } from './weigh-words.ts'

/** How a sentence and what stands around it meet a question, 0..1 each. */
export interface EvidenceFeatures {
  cosine: number
  passageCosine: number
  headingMatch: number
  /** It has the looks of the answer, in words other than the question's. */
  offers: number
  /** Weight of the question's names and numbers that are not there. */
  missingNames: number
  /** Weight of the question's words that are there, or whose like is. */
  meant: number
  /** Weight of the word that is farthest from being there. */
  mostMissing: number
  /** Weight of the question's words in the sentence's passage. */
  passageCoverage: number
  nearCoverage: number
}

/**
 * How likely a sentence answers a question, in log-odds: 0 is even. Without word vectors
 * (Hindi under an English model, no model) the words decide alone. The weights are
 * a logistic regression's, rounded and adjusted; what it was fitted on and how it does on other questions is
 * in docs/decisions/0007-extractive-answers.md.
 */
export function judgeEvidence(
  question: AskedQuestion,
  sentence: WeighedSentence,
  wordVectors: WordVectors | undefined,
): number {
  const features = readFeatures(question, sentence, wordVectors)
  const weights = wordVectors ? WEIGHTS : WORD_WEIGHTS
  let logOdds = weights.bias
  for (const name of Object.keys(features) as (keyof EvidenceFeatures)[]) logOdds += weights[name] * features[name]
  return logOdds
}

/** Vectors of single words, by their folded form. */
export type WordVectors = ReadonlyMap<string, Float32Array>

/**
 * Vectors of the question's words that a sentence's context lacks, and of the
 * contexts' words, each once: what `judgeEvidence` needs to tell a synonym from a word that is missing.
 */
export async function embedWords(
  embedder: Embedder,
  question: AskedQuestion,
  sentences: readonly WeighedSentence[],
  signal: AbortSignal,
): Promise<WordVectors> {
  const needed = new Set<string>()
  for (const sentence of sentences) {
    const words = contextWords(sentence)
    const stems = new Set(words.map(({ stem }) => stem))
    const absent = question.words.filter(({ word, isName }) => !isName && !stems.has(word.stem))
    if (absent.length === 0) continue
    for (const { word } of absent) needed.add(word.folded)
    for (const { folded } of words) needed.add(folded)
  }
  const texts = [...needed]
  const vectors = await embedder.embed(texts, { priority: 'question', signal })
  return new Map(texts.map((text, i) => [text, vectors[i] ?? new Float32Array(0)]))
}

const WEIGHTS: EvidenceFeatures & { bias: number } = {
  cosine: 5.5,
  passageCosine: 3,
  headingMatch: 3,
  offers: 1.1,
  missingNames: -4.5,
  meant: 6.2,
  mostMissing: -1.6,
  passageCoverage: 0,
  nearCoverage: 0,
  bias: -8.9,
}
/** Where meaning can't be compared (Hindi under an English model, no model) the words decide. */
const WORD_WEIGHTS: typeof WEIGHTS = {
  cosine: 0,
  passageCosine: 0,
  headingMatch: 0,
  offers: 2.1,
  missingNames: -4,
  meant: 0,
  mostMissing: 0,
  passageCoverage: 6.5,
  nearCoverage: 3,
  bias: -7.2,
}

function readFeatures(
  question: AskedQuestion,
  sentence: WeighedSentence,
  wordVectors: WordVectors | undefined,
): EvidenceFeatures {
  const { hit, text, features } = sentence
  const words = contextWords(sentence)
  const stems = new Set(words.map(({ stem }) => stem))
  const absent = question.words.filter(({ word }) => !stems.has(word.stem))
  const likeness = absent.map((word) => (wordVectors ? likenessOf(word, words, wordVectors) : 0))
  const asked = new Set(question.words.map(({ word }) => word.stem))
  return {
    cosine: features.cosine,
    passageCosine: features.passageCosine,
    headingMatch: features.headingMatch,
    offers: offersAnswer(question.kind, text, asked) ? 1 : 0,
    missingNames: absent.reduce((sum, { isName, share }) => (isName ? sum + share : sum), 0),
    meant: absent.reduce((sum, { share }, i) => sum + share * (likeness[i] ?? 0), coverage(question.words, stems)),
    mostMissing: Math.max(0, ...absent.map(({ share }, i) => share * (1 - (likeness[i] ?? 0)))),
    passageCoverage: coverage(question.words, stemsOf(`${hit.title} ${hit.heading ?? ''} ${hit.text}`)),
    nearCoverage: features.nearCoverage,
  }
}

/** Topic words of a sentence, its neighbours and its headings. */
function contextWords({ hit, surroundings }: WeighedSentence): Word[] {
  return wordsOf(`${hit.heading ?? ''}\n${surroundings}`).filter(({ stop }) => !stop)
}

/** Two words of the same field are this near at least; synonyms are nearer than the second. */
const RELATED_COSINE = 0.35
const SAME_COSINE = 0.75

/** How near an absent word is to the nearest word of the context, 0..1; a name is never like another. */
function likenessOf({ word, isName }: WeighedWord, words: readonly Word[], vectors: WordVectors): number {
  const vector = vectors.get(word.folded)
  if (isName || !vector) return 0
  let nearest = 0
  for (const { folded } of words) {
    const other = vectors.get(folded)
    if (other) nearest = Math.max(nearest, cosine(vector, other))
  }
  return Math.min(1, Math.max(0, (nearest - RELATED_COSINE) / (SAME_COSINE - RELATED_COSINE)))
}
