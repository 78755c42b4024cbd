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
 * How likely a sentence answers a question, in log-odds: 0 is even. The weights are
 * a logistic regression's over XQuAD questions, with and without the paragraph that
 * answers them in the library; docs/decisions/0007-extractive-answers.md.
 */
export async function judgeEvidence(
  embedder: Embedder | undefined,
  question: AskedQuestion,
  sentence: WeighedSentence,
  signal: AbortSignal,
): Promise<number> {
  const features = await readFeatures(embedder, question, sentence, signal)
  const weights = question.hindi || !embedder ? WORD_WEIGHTS : WEIGHTS
  let logOdds = weights.bias
  for (const name of Object.keys(features) as (keyof EvidenceFeatures)[]) logOdds += weights[name] * features[name]
  return logOdds
}

const WEIGHTS: EvidenceFeatures & { bias: number } = {
  cosine: 5.5,
  passageCosine: 3,
  headingMatch: 3,
  offers: 1.1,
  missingNames: -2.5,
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

async function readFeatures(
  embedder: Embedder | undefined,
  question: AskedQuestion,
  { hit, text, surroundings, features }: WeighedSentence,
  signal: AbortSignal,
): Promise<EvidenceFeatures> {
  const context = `${hit.heading ?? ''}\n${surroundings}`
  const stems = stemsOf(context)
  const absent = question.words.filter(({ word }) => !stems.has(word.stem))
  const present = coverage(question.words, stems)
  const likeness =
    question.hindi || !embedder ? absent.map(() => 0) : await likenesses(embedder, absent, context, signal)
  const asked = new Set(question.words.map(({ word }) => word.stem))
  return {
    cosine: features.cosine,
    passageCosine: features.passageCosine,
    headingMatch: features.headingMatch,
    offers: offersAnswer(question.kind, text, asked) ? 1 : 0,
    missingNames: absent.reduce((sum, { isName, share }) => (isName ? sum + share : sum), 0),
    meant: absent.reduce((sum, { share }, i) => sum + share * (likeness[i] ?? 0), present),
    mostMissing: Math.max(0, ...absent.map(({ share }, i) => share * (1 - (likeness[i] ?? 0)))),
    passageCoverage: coverage(question.words, stemsOf(`${hit.title} ${hit.heading ?? ''} ${hit.text}`)),
    nearCoverage: features.nearCoverage,
  }
}

/** Two words of the same field are this near at least; synonyms are nearer than the second. */
const RELATED_COSINE = 0.35
const SAME_COSINE = 0.75

/** How near each absent word is to the nearest word of the context, 0..1; names are never like others. */
async function likenesses(
  embedder: Embedder,
  absent: readonly WeighedWord[],
  context: string,
  signal: AbortSignal,
): Promise<number[]> {
  const present = [
    ...new Set(
      wordsOf(context)
        .filter(isTopical)
        .map(({ folded }) => folded),
    ),
  ]
  if (absent.every(({ isName }) => isName) || present.length === 0) return absent.map(() => 0)
  const texts = [...absent.map(({ word }) => word.folded), ...present]
  const vectors = await embedder.embed(texts, { priority: 'question', signal })
  const others = vectors.slice(absent.length)
  return absent.map(({ isName }, i) => {
    const vector = vectors[i]
    if (isName || !vector) return 0
    const nearest = Math.max(...others.map((other) => cosine(vector, other)))
    return Math.min(1, Math.max(0, (nearest - RELATED_COSINE) / (SAME_COSINE - RELATED_COSINE)))
  })
}

const isTopical = ({ stop }: Word) => !stop
