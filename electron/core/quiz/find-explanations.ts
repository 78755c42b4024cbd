import { judgeSentence } from './judge-sentence.ts'
import type { SourceSentence } from './read-material.ts'
import type { JudgedSentence } from './rules-material.ts'
import { capitalised } from './wording.ts'

/** Two statements of a text, the second told as the reason of the first. */
export interface ToldReason {
  effect: string
  cause: string
  /** The two statements that the cause is made of, where it gives two. */
  causes?: readonly [string, string] | undefined
  /** Where the text ties them: one sentence, or two beside each other. */
  evidence: readonly [SourceSentence, ...SourceSentence[]]
}

/** The words that tie a reason to what it explains, as `checkQuestion` looks for them in a quote. */
export const REASON_TOLD =
  /\bbecause\b(?! of\b)|^(?:.*[.!?]["”’]? )?(?:Therefore|Hence|Thus|As a result|Consequently|Accordingly)\b|क्योंकि|इसलिए/u

const BECAUSE = /^(?<effect>.+?),? because (?!of\b)(?<cause>.+)\.$/u
const TWICE_BECAUSE = /^(?<effect>.+?),? because (?!of\b)(?<first>.+?),? and because (?!of\b)(?<second>.+)\.$/u
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
  const { effect, cause } = becauseOf(text) ?? {}
  if (effect && cause && !LEANS.test(cause)) {
    const halves = { effect: `${effect}.`, cause: `${capitalised(cause)}.` }
    if (!standsAlone(halves.effect) || !standsAlone(halves.cause)) return undefined
    return { ...halves, causes: findTwoCauses(cause), evidence }
  }
  const isNext =
    previous?.source.documentId === source.documentId &&
    previous.source.pageNumber === source.pageNumber &&
    previous.source.order === source.order - 1 &&
    previous.source.heading === source.heading
  if (!isNext || !CONSEQUENCE.test(source.text)) return undefined
  return { effect: text, cause: previous.text, evidence: [...previous.evidence, ...evidence] as ToldReason['evidence'] }
}

/** What stands before and after the one "because" of a sentence, or before and after "because … and because …". */
function becauseOf(text: string): { effect?: string; cause?: string } | undefined {
  const { effect, first, second } = TWICE_BECAUSE.exec(text)?.groups ?? {}
  const isTwice = effect && first && second && !DOUBTFUL.test(`${effect} because ${first} and ${second}`)
  if (isTwice) return { effect, cause: `${first} and ${second}` }
  return DOUBTFUL.test(text) ? undefined : BECAUSE.exec(text)?.groups
}

const FINITE = /(?<= )(?:is|are|was|were|has|have|had|can|cannot|could|may|must|shall|will|does|do|did)(?= )/u
/** Where "and" may join less, or what is said is not two facts but one. */
const INTERWOVEN =
  /\b(?:which|who|whom|whose|that|if|when|while|where|whether|unless|until|although|though|both|either|neither|nor|or|between|but|not only|as well as|than)\b|[;:()“”"]/iu

/**
 * The two statements that "A and B" joins: two clauses, or one subject with two verbs, whose second statement is
 * given the subject. Only where both have a verb that can be told from a noun, and one "and" alone parts them.
 */
function findTwoCauses(cause: string): readonly [string, string] | undefined {
  if (INTERWOVEN.test(cause)) return undefined
  const splits = [...cause.matchAll(/,? and /gu)].flatMap(({ index, 0: joint }) => {
    const [first, rest] = [cause.slice(0, index), cause.slice(index + joint.length)]
    const verb = FINITE.exec(first)
    if (!verb || !FINITE.test(` ${rest} `)) return []
    const takesSubject = FINITE.exec(` ${rest}`)?.index === 1
    const second = takesSubject ? `${first.slice(0, verb.index)}${rest}` : rest
    // "… and the States have": a second clause has a subject of its own, with its article or its capital.
    if (!takesSubject && (LEANS.test(rest) || !/^(?:(?:the|an?|no|every|each|all|most) |\p{Lu}|\d)/u.test(rest)))
      return []
    const pair = [`${capitalised(first)}.`, `${capitalised(second)}.`] as const
    return pair.every(standsAlone) ? [pair] : []
  })
  return splits.length === 1 ? splits[0] : undefined
}

function standsAlone(half: string): boolean {
  const verdict = judgeSentence(half)
  return verdict.standsAlone || (verdict.fault === 'length' && isLong(half) && half.split(' ').length < 40)
}

function isLong(half: string): boolean {
  return half.split(' ').length >= 5
}
