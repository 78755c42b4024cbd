import { judgeSentence } from './judge-sentence.ts'
import type { SourceSentence } from './read-material.ts'
import type { JudgedSentence } from './rules-material.ts'
import { capitalised } from './wording.ts'

/** Two statements of a text, the second told as the reason of the first. */
export interface ToldReason {
  effect: string
  cause: string
  /** Where the text ties them: one sentence, or two beside each other. */
  evidence: readonly [SourceSentence, ...SourceSentence[]]
}

/** The words that tie a reason to what it explains, as `checkQuestion` looks for them in a quote. */
export const REASON_TOLD =
  /\bbecause\b(?! of\b)|^(?:.*[.!?]["”’]? )?(?:Therefore|Hence|Thus|As a result|Consequently|Accordingly)\b|क्योंकि|इसलिए/u

const BECAUSE = /^(?<effect>.+?),? because (?!of\b)(?<cause>.+)\.$/u
const HINDI_BECAUSE = /^(?<effect>.+?),? क्योंकि (?<cause>.+)।$/u
const CONSEQUENCE = /^(?:Therefore|Hence|Thus|As a result|Consequently|Accordingly),? (?=\p{L})/u
/** Where "because" denies, asks or is one of several reasons, it ties nothing. */
const DOUBTFUL =
  /\b(?:not|only|simply|just|merely|partly|mainly|precisely|is|was|are|were|this is|that is|it is|and|or|but) because\b|because .* because|\?/iu
const LEANS = /^(?:it|its|they|their|he|his|she|her|this|these|those|that|such|both|neither|otherwise)\b/iu

/**
 * The reason a judged sentence tells: in itself ("…, because …"), or as the consequence of the one right
 * before it ("Therefore, …"). Both halves must stand by themselves. Undefined where there is doubt.
 */
export function findToldReason(sentence: JudgedSentence, previous: JudgedSentence | undefined): ToldReason | undefined {
  const { text, source, evidence, language } = sentence
  if (language === 'hi') {
    const { effect, cause } = HINDI_BECAUSE.exec(text)?.groups ?? {}
    if (!effect || !cause || /^(?:वह|वे|यह|ये|उस|उन|इस|इन)/.test(cause)) return undefined
    return isLong(effect) && isLong(cause) ? { effect: `${effect}।`, cause: `${cause}।`, evidence } : undefined
  }
  const { effect, cause } = (!DOUBTFUL.test(text) && BECAUSE.exec(text)?.groups) || {}
  if (effect && cause && !LEANS.test(cause)) {
    const halves = { effect: `${effect}.`, cause: `${capitalised(cause)}.` }
    return standsAlone(halves.effect) && standsAlone(halves.cause) ? { ...halves, evidence } : undefined
  }
  const isNext =
    previous?.source.documentId === source.documentId &&
    previous.source.pageNumber === source.pageNumber &&
    previous.source.order === source.order - 1 &&
    previous.source.heading === source.heading
  if (!isNext || !CONSEQUENCE.test(source.text)) return undefined
  return { effect: text, cause: previous.text, evidence: [...previous.evidence, ...evidence] as ToldReason['evidence'] }
}

function standsAlone(half: string): boolean {
  const verdict = judgeSentence(half)
  return verdict.standsAlone || (verdict.fault === 'length' && isLong(half) && half.split(' ').length < 40)
}

function isLong(half: string): boolean {
  return half.split(' ').length >= 5
}
