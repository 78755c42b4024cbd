import { type Word, wordsOf } from '../search/query-words.ts'
import type { EvidenceFeatures } from './evidence-features.ts'
import { ownWords } from './evidence-features.ts'
import type { TokenMatch, WordNearness } from './match-tokens.ts'
import type { AskedQuestion, WeighedSentence } from './weigh-sentences.ts'

/**
 * Of the words' nearness to the sentence (own) and to it or what stands before it (near): the mean by the words' shares,
 * the least, and the largest share that is wanting. Cosines; each once more with the texts' means taken off.
 */
export type NearnessFeatures = Record<`${'own' | 'near'}${'Mean' | 'Least' | 'Gap'}${'' | 'Centred'}`, number>

/** How near what asks is to the sentence, and what the sentence speaks of to the question; cosines. See TokenMatch. */
export interface AskingFeatures {
  asking: number
  askingCentred: number
  askingNew: number
  askingNewCentred: number
  focusNew: number
  focusNewCentred: number
  /** Of the sentence's topic words: the mean, the nearest and the second. */
  saidMean: number
  saidMost: number
  saidSecond: number
  /** Up to 20. */
  newWordCount: number
}

export interface TokenFeatures extends EvidenceFeatures, NearnessFeatures, AskingFeatures {
  /** That it answers, by the AnswerJudge, in log-odds; and by how much that is over the best of the others. */
  relevance: number
  relevanceLead: number
  /** By how much the sentence's weight is over the best of the other judged ones. */
  margin: number
  /** Largest share of a question's word that the sentence says with "no", "not" or "non-" before it, and the question without. */
  denied: number
  /** It begins with a condition, and the question asks of none. */
  conditional: number
  pointsBack: number
  /** Length, 1 at 300 UTF-16 units. */
  length: number
  /** The question's topic words, and those of them in the sentence. */
  askedWords: number
  sharedWords: number
  coverage: number
  looksRight: number
  novelty: number
}

export function readTokenFeatures(
  question: AskedQuestion,
  sentence: WeighedSentence,
  {
    evidence,
    match,
    ...lead
  }: { evidence: EvidenceFeatures; match: TokenMatch } & Pick<TokenFeatures, 'relevance' | 'relevanceLead' | 'margin'>,
): TokenFeatures {
  const own = new Set(ownWords(sentence).map(({ stem }) => stem))
  const { pointsBack, coverage, looksRight, novelty } = sentence.features
  return {
    ...evidence,
    ...nearnessFeatures(question, match),
    ...askingFeatures(match),
    ...lead,
    denied: denied(question, sentence.text),
    conditional: CONDITION.test(sentence.text) && !/\bif\b/i.test(question.text) ? 1 : 0,
    pointsBack,
    length: Math.min(1, sentence.text.length / 300),
    askedWords: question.words.length,
    sharedWords: question.words.filter(({ word }) => own.has(word.stem)).length,
    coverage,
    looksRight,
    novelty,
  }
}

function nearnessFeatures({ words }: AskedQuestion, { own, before }: TokenMatch): NearnessFeatures {
  const near = own.map((nearness, i) => ({
    plain: Math.max(nearness.plain, before[i]?.plain ?? -1),
    centred: Math.max(nearness.centred, before[i]?.centred ?? -1),
  }))
  const summed = (values: readonly WordNearness[], kind: keyof WordNearness) => {
    const each = words.map(({ share }, i) => ({ share, nearness: values[i]?.[kind] ?? 0 }))
    return {
      mean: each.reduce((sum, { share, nearness }) => sum + share * nearness, 0),
      least: each.length === 0 ? 0 : Math.min(...each.map(({ nearness }) => nearness)),
      gap: Math.max(0, ...each.map(({ share, nearness }) => share * (1 - nearness))),
    }
  }
  const [ownPlain, ownCentred, nearPlain, nearCentred] = [
    summed(own, 'plain'),
    summed(own, 'centred'),
    summed(near, 'plain'),
    summed(near, 'centred'),
  ]
  return {
    ownMean: ownPlain.mean,
    ownLeast: ownPlain.least,
    ownGap: ownPlain.gap,
    ownMeanCentred: ownCentred.mean,
    ownLeastCentred: ownCentred.least,
    ownGapCentred: ownCentred.gap,
    nearMean: nearPlain.mean,
    nearLeast: nearPlain.least,
    nearGap: nearPlain.gap,
    nearMeanCentred: nearCentred.mean,
    nearLeastCentred: nearCentred.least,
    nearGapCentred: nearCentred.gap,
  }
}

/** What stands for nearness where nothing asks: about the mean of questions where something does. */
const NOTHING_ASKS: Record<'asking' | 'askingNew' | 'focusNew', WordNearness> = {
  asking: { plain: 0.5, centred: 0.5 },
  askingNew: { plain: 0.3, centred: 0.3 },
  focusNew: { plain: 0.4, centred: 0.4 },
}

function askingFeatures(match: TokenMatch): AskingFeatures {
  const asking = match.asking ?? NOTHING_ASKS.asking
  const askingNew = match.askingNew ?? NOTHING_ASKS.askingNew
  const focusNew = match.focusNew ?? NOTHING_ASKS.focusNew
  const { said, newWordCount } = match
  return {
    asking: asking.plain,
    askingCentred: asking.centred,
    askingNew: askingNew.plain,
    askingNewCentred: askingNew.centred,
    focusNew: focusNew.plain,
    focusNewCentred: focusNew.centred,
    saidMean: said.reduce((sum, nearness) => sum + nearness, 0) / Math.max(1, said.length),
    saidMost: said[0] ?? 0,
    saidSecond: said[1] ?? 0,
    newWordCount: Math.min(20, newWordCount),
  }
}

const CONDITION = /^[“‘"'(]*(?:If|Unless|Suppose|Imagine|Whether|Should)\b/
const DENIAL = /^(?:non|no|not|never|nor)$/

/** "If a non-money bill is passed" is not of money bills. */
function denied({ text, words }: AskedQuestion, sentence: string): number {
  if (wordsOf(text).some(isDenial)) return 0
  const said = wordsOf(sentence)
  const after = new Set(said.flatMap(({ stem }, i) => (i > 0 && isDenial(said[i - 1] as Word) ? [stem] : [])))
  return Math.max(0, ...words.map(({ word, share }) => (after.has(word.stem) ? share : 0)))
}

function isDenial({ folded }: Word): boolean {
  return DENIAL.test(folded)
}
