import { cosine } from '../search/exact-search.ts'
import type { Evidence, JudgedSentence } from './find-evidence.ts'

/** Log-odds above which the best sentence is given as an answer, by what judged it; measured in docs/decisions/0007-extractive-answers.md and 0024-a-judge-of-our-own.md. */
export const ANSWER_LOG_ODDS = { reading: -0.5, meaning: -1.2, words: 0.2 }
/** What joins the best sentence must be surer than that by so much and nearly as good, from another place nearer still. */
const JOINING_MARGIN = 1.2
const JOINING_SHARE = { near: 0.82, far: 0.92 }
const SAME_SENTENCE_COSINE = 0.9
/** A date, a number or a name is one sentence; a reason or a way of doing may take more. */
const MOST_SENTENCES = { person: 1, time: 1, number: 1, place: 1, reason: 3, definition: 2, manner: 3, other: 2 }

/**
 * The sentences that answer a question, the best first and the others in reading order; none where the evidence
 * does not carry an answer.
 */
export function extractAnswer({ question, judge, sentences }: Omit<Evidence, 'hits'>): JudgedSentence[] {
  const [best, ...others] = sentences
  const least = ANSWER_LOG_ODDS[judge]
  if (!best || (best.logOdds ?? Number.NEGATIVE_INFINITY) < least) return []
  const under = MOST_SENTENCES[question.kind] > 1 ? underOwnHeading(best, sentences, least) : []
  if (under.length > 0) return under.slice(0, MOST_SENTENCES[question.kind]).sort(byPlace)
  const chosen = [best]
  for (const sentence of others) {
    if (chosen.length >= MOST_SENTENCES[question.kind]) break
    if (sentence.logOdds === undefined || sentence.logOdds < least + JOINING_MARGIN) continue
    if (sentence.score < best.score * JOINING_SHARE[isNear(best, sentence) ? 'near' : 'far']) continue
    if (chosen.some((other) => isSame(other, sentence))) continue
    chosen.push(sentence)
  }
  return inOrder(best, chosen.slice(1))
}

/** A heading that is the question, or nearly. */
const OWN_HEADING = 0.8
/** What stands under it is all of the answer: little parts the sentences, and none need be sure. */
const OWN_HEADING_SPAN = 1
const CONTRAST = /^["'“‘(]*(?:But|Yet|However|Still|Nevertheless|On the other hand)\b/

/**
 * Where the question is a heading, the likeliest sentences under it that stand by themselves, without what was said before; none where
 * the best stands elsewhere.
 */
function underOwnHeading(best: JudgedSentence, sentences: readonly JudgedSentence[], least: number): JudgedSentence[] {
  if (best.features.headingMatch < OWN_HEADING) return []
  const bar = Math.max(least, (best.logOdds ?? least) - OWN_HEADING_SPAN)
  return sentences.filter(
    ({ hit, text, logOdds, features }) =>
      logOdds !== undefined &&
      features.pointsBack === 0 &&
      logOdds >= bar &&
      hit.documentId === best.hit.documentId &&
      hit.heading === best.hit.heading &&
      !CONTRAST.test(text),
  )
}

/** What answers is read first, unless it points back ("This …") at a sentence that joins it. */
function inOrder(best: JudgedSentence, joining: readonly JudgedSentence[]): JudgedSentence[] {
  const sorted = joining.toSorted(byPlace)
  const isPointedAt = (other: JudgedSentence) =>
    best.features.pointsBack === 1 && isNear(best, other) && byPlace(other, best) < 0
  return [...sorted.filter(isPointedAt), best, ...sorted.filter((other) => !isPointedAt(other))]
}

function isNear(a: JudgedSentence, b: JudgedSentence): boolean {
  return a.hit.documentId === b.hit.documentId && Math.abs(a.hit.page - b.hit.page) <= 1
}

function isSame(a: JudgedSentence, b: JudgedSentence): boolean {
  if (a.vector.length > 0 && cosine(a.vector, b.vector) > SAME_SENTENCE_COSINE) return true
  const overlap = Math.min(a.endOffset, b.endOffset) - Math.max(a.startOffset, b.startOffset)
  return a.hit.documentId === b.hit.documentId && a.hit.page === b.hit.page && overlap > 0
}

/** Sentences of one document stand as they do there; documents by the rank of their passages. */
function byPlace(a: JudgedSentence, b: JudgedSentence): number {
  if (a.hit.documentId !== b.hit.documentId) return b.score - a.score
  return a.hit.page - b.hit.page || a.startOffset - b.startOffset
}
