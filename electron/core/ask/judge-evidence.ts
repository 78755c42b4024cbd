import { embedIfThere, embedTokensIfThere, ifThere } from '../embedding/embed-if-there.ts'
import type { AnswerJudge, Embedder, TokenVectors } from '../ports.ts'
import { contextWords, type EvidenceFeatures, ownWords, readFeatures, type WordVectors } from './evidence-features.ts'
import { EVIDENCE_TREES } from './evidence-trees.ts'
import { EVIDENCE_WEIGHTS, WORD_EVIDENCE_WEIGHTS } from './evidence-weights.ts'
import { cutQuestion, cutSentence, matchTokens, standingBefore } from './match-tokens.ts'
import { makeTreeScorer } from './score-trees.ts'
import { readTokenFeatures, type TokenFeatures } from './token-features.ts'
import type { AskedQuestion, WeighedSentence } from './weigh-sentences.ts'

/** A weight a feature; those that are not named weigh nothing. */
export type EvidenceWeights = Partial<EvidenceFeatures> & { bias: number }

/**
 * How likely a sentence answers a question, in log-odds: 0 is even. Without word vectors
 * (Hindi under an English model, no model) the words decide alone. The weights are
 * logistic regressions'; what they were fitted on and how they do on other questions is
 * in docs/decisions/0007-extractive-answers.md.
 */
export function judgeEvidence(
  question: AskedQuestion,
  sentence: WeighedSentence,
  wordVectors: WordVectors | undefined,
): Judgement {
  const evidence = readFeatures(question, sentence, wordVectors)
  return { evidence, logOdds: logOddsOf(evidence, wordVectors ? EVIDENCE_WEIGHTS : WORD_EVIDENCE_WEIGHTS) }
}

export function logOddsOf(features: EvidenceFeatures, weights: EvidenceWeights): number {
  let logOdds = weights.bias
  for (const name of Object.keys(features) as (keyof EvidenceFeatures)[]) {
    logOdds += (weights[name] ?? 0) * features[name]
  }
  return logOdds
}

/** A judgement: what it was made from, and how likely the sentence answers, in log-odds. */
export interface Judgement {
  evidence: EvidenceFeatures | TokenFeatures
  logOdds: number
}

/** The tokens of a question and of the sentences that may answer it. */
export interface JudgedTokens {
  question: TokenVectors
  sentences: TokenVectors[]
  dimension: number
}

const scoreTrees = makeTreeScorer<keyof TokenFeatures>(EVIDENCE_TREES)

/** About what the judge gives to sentences far from the question. */
const LEAST_RELEVANCE = -9

/** Of the question's weight: a non-money bill is no money bill, however much else is shared. Too rare for the trees to learn. */
const MUCH_DENIED = 0.3
const DENIED_LOG_ODDS = 3

/** What the judge makes of each sentence, in log-odds; undefined where it is missing or fell. */
export async function readRelevances(
  judge: AnswerJudge,
  question: AskedQuestion,
  sentences: readonly WeighedSentence[],
  signal: AbortSignal,
): Promise<number[] | undefined> {
  const pairs = sentences.map((sentence) => ({
    question: question.text,
    sentence: sentence.text,
    before: standingBefore(sentence),
  }))
  return ifThere(() => judge.judge(pairs, { signal }))
}

/** Tokens of what is to be judged; undefined where the model does not give them, or went away. */
export async function embedJudged(
  embedder: Embedder,
  question: AskedQuestion,
  sentences: readonly WeighedSentence[],
  signal: AbortSignal,
): Promise<JudgedTokens | undefined> {
  const texts = [cutQuestion(question), ...sentences.map(cutSentence)]
  const tokens = await embedTokensIfThere(embedder, texts, { priority: 'question', signal })
  const [asked, ...said] = tokens ?? []
  if (!asked || !said.every((vectors) => vectors !== undefined)) return undefined
  return { question: asked, sentences: said, dimension: embedder.identity.dimension }
}

/**
 * Judges the best sentences: boosted trees over what the AnswerJudge makes of each (`relevances`), how far each of the question's
 * words is meant in it, what kind of answer it holds and how it stands beside the others.
 */
export function judgeByReading(
  question: AskedQuestion,
  sentences: readonly WeighedSentence[],
  tokens: JudgedTokens,
  relevances: readonly number[],
): (Judgement & { evidence: TokenFeatures })[] {
  return sentences.map((sentence, i) => {
    const said = tokens.sentences[i]
    const relevance = relevances[i]
    if (!said || relevance === undefined) throw new Error('every sentence that is judged was read')
    const others = sentences.flatMap(({ score }, j) => (j === i ? [] : [{ score, relevance: relevances[j] as number }]))
    const evidence = readTokenFeatures(question, sentence, {
      evidence: readFeatures(question, sentence, undefined),
      match: matchTokens(
        { ...question, tokens: tokens.question },
        { text: sentence.text, tokens: said },
        tokens.dimension,
      ),
      relevance,
      relevanceLead: relevance - Math.max(LEAST_RELEVANCE, ...others.map((other) => other.relevance)),
      margin: sentence.score - Math.max(0, ...others.map(({ score }) => score)),
    })
    return { evidence, logOdds: scoreTrees(evidence) - (evidence.denied >= MUCH_DENIED ? DENIED_LOG_ODDS : 0) }
  })
}

/**
 * Vectors of the question's words that a sentence lacks, and of the words in and around
 * the sentences, each once: what `judgeEvidence` needs to tell a synonym from a word that is missing.
 * Undefined where the model went away.
 */
export async function embedWords(
  embedder: Embedder,
  question: AskedQuestion,
  sentences: readonly WeighedSentence[],
  signal: AbortSignal,
): Promise<WordVectors | undefined> {
  const needed = new Set<string>()
  for (const sentence of sentences) {
    const own = new Set(ownWords(sentence).map(({ stem }) => stem))
    const absent = question.words.filter(({ word, isName }) => !isName && !own.has(word.stem))
    if (absent.length === 0 && question.type.type !== 'count') continue
    for (const { word } of question.type.type === 'count' ? question.words : absent) needed.add(word.folded)
    for (const { folded } of contextWords(sentence)) needed.add(folded)
  }
  const texts = [...needed]
  const vectors = await embedIfThere(embedder, texts, { priority: 'question', signal })
  return vectors && new Map(texts.map((text, i) => [text, vectors[i] ?? new Float32Array(0)]))
}
