import type { Answer } from '#contract/ask.ts'
import { isHindi, topicWords, wordsOf } from '../search/query-words.ts'
import { answerKind } from './answer-kind.ts'
import { findName, findTopic } from './find-topic.ts'
import { hindiDependsOnTurns, rewriteHindi } from './rewrite-hindi.ts'

/** What a follow-up is completed from. */
export interface EarlierTurn {
  /** As it was answered: complete in itself. */
  question: string
  /** The answer's text; '' for a refusal. */
  answer: string
}

export function toEarlierTurn({ question, asked, answer, refused }: Answer): EarlierTurn {
  return { question: asked ?? question, answer: refused ? '' : answer.replace(/\s*\[\d+\]/g, '') }
}

const LEAD = /^(?:and|but|so|ok(?:ay)?|then|also|now|well)\b[,\s]*/i
const INSTEAD = /^(?:(?:and|but|so)\s+)?(?:what|how) about\s+|^and\s+(?:for|in|of)\s+/i
const BARE =
  /^(why|how|when|where|who|which|how many|how much|how long|why not|why so|since when|by whom)(?:\s+(?:so|not|then|exactly|is that|was that))?$/i
const MORE =
  /^(?:(?:please\s+)?(?:explain|elaborate|tell me|say|describe)(?:\s+(?:it|this|that))?(?:\s+(?:more|further|in (?:more )?detail|again|to me))*|more|more details?|in (?:more )?detail|(?:give|any)(?:\s+(?:me|an|some))*\s+examples?|for example|go on|continue|what else|anything else)$/i
const THING = /\b(?:it|its|itself|this|that|these|those|they|them|their|theirs|such|the same)\b/i
const PERSON = /\b(?:he|him|his|she|her|hers)\b/i
/** "that" which joins, "it is … that", "there": point at nothing. */
const JOINING =
  /\b(?:so that|such that|such as|that (?:is|are|was|were|can|may|must|has|have|the|a|an)\b|(?:say|says|said|mean|means|ensure|state|states|provide|provides|hold|held) that|it is (?:said|necessary|possible|important) (?:that|to)|is it (?:said|necessary|possible|important|true) (?:that|to))/gi

/** Whether a question can only be understood after the turns before it. */
export function dependsOnTurns(question: string): boolean {
  if (isHindi(question)) return hindiDependsOnTurns(question)
  const plain = bare(question)
  const body = plain.replace(LEAD, '')
  if (INSTEAD.test(plain) || BARE.test(body) || MORE.test(body)) return true
  const pointing = plain.replace(JOINING, ' ')
  if (PERSON.test(pointing) || (THING.test(pointing) && !hasOwnAntecedent(pointing))) return true
  // "and the members?", "its powers", "in Rajya Sabha?": no verb, no question word.
  const words = wordsOf(body)
  return words.length <= 5 && !isSentence(body) && !ORDER.test(body) && (LEAD.test(plain) || words.length <= 3)
}

/** A follow-up made to stand alone by rules: the topic of the turn before is put where it points. Undefined where nothing can be put there. */
export function rewriteByRules(question: string, turns: readonly EarlierTurn[]): string | undefined {
  const last = turns.at(-1)
  if (!last) return undefined
  if (isHindi(question)) return rewriteHindi(question, last)
  const topic = findTopic(last.question)
  if (!topic) return undefined
  const plain = bare(question)
  const body = plain.replace(LEAD, '')
  const bareWord = BARE.exec(body)?.[1]
  if (bareWord) return askAgainWith(bareWord, last.question, topic)
  if (MORE.test(body)) return `What more is said about ${withArticle(topic, last.question)}?`
  const instead = INSTEAD.exec(plain)
  const rest = instead ? plain.slice(instead[0].length) : body
  const resolved = resolvePronouns(rest, topic, last)
  if (resolved !== rest) return isSentence(resolved) ? finish(resolved) : `What about ${resolved}?`
  if (instead || isNameLike(rest)) {
    // "What about Rajya Sabha?" asks of it what was asked of the topic before.
    const swapped = swapTopic(last.question, topic, rest)
    if (swapped && (instead || findName(rest))) return swapped
  }
  return isSentence(rest)
    ? `${finish(rest).slice(0, -1)} (${topic})?`
    : `What about ${rest} of ${withArticle(topic, last.question)}?`
}

function bare(question: string): string {
  return question
    .trim()
    .replace(/[?.!\s]+$/, '')
    .replace(/\s+/g, ' ')
}

function finish(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}?`
}

const VERB = /\b(?:is|are|was|were|do|does|did|can|could|may|must|should|will|would|has|have|had)\b/i
const ASKING =
  /^(?:what|which|who|whom|whose|when|where|why|how|explain|describe|list|name|define|compare|is|are|was|were|do|does|did|can|could|may|must|should|will|would|has|have|had)\b/i

/** "Define federalism." says all. */
const ORDER = /^(?:explain|describe|list|name|define|compare|discuss|state|outline|summarise|summarize)\s+\S/i

function isSentence(text: string): boolean {
  return ASKING.test(text) && (VERB.test(text) || wordsOf(text).length > 2)
}

function isNameLike(text: string): boolean {
  return wordsOf(text).length <= 5 && !VERB.test(text)
}

/** "Does the Lok Sabha lose its power when it is dissolved?" names what its pronouns mean. */
function hasOwnAntecedent(question: string): boolean {
  const at = THING.exec(question)?.index ?? 0
  const before = question.slice(0, at)
  return findName(before) !== undefined || topicWords(before).filter(({ stop }) => !stop).length >= 2
}

/** "its members" → "the members of the Rajya Sabha"; he and she are whoever the last answer named. */
function resolvePronouns(text: string, topic: string, last: EarlierTurn): string {
  const thing = withArticle(topic, last.question)
  const person = (answerKind(last.question) === 'person' ? findName(last.answer) : undefined) ?? topic
  const owned = (owner: string) => (_match: string, noun: string) => `the ${noun} of ${owner}`
  return text
    .replace(
      /\b(?:its|their)\s+((?:\p{Ll}[\p{L}-]*\s+){0,2}?\p{Ll}[\p{L}-]*)(?=\s+(?:and|is|are|was|were|in|on|at|by|from|to|when|if|be|under|elected|appointed|chosen|removed)\b|$)/giu,
      owned(thing),
    )
    .replace(/\b(?:his|hers?)\s+(\p{Ll}[\p{L}-]*)/giu, owned(person))
    .replace(/\b(?:he|him|she|her)\b/gi, person)
    .replace(
      /\b(?:this|that|these|those|such)\s+(?=\p{Ll})(?!(?:is|are|was|were|be|so|can|may|must|has|have|happen\w*|work\w*|mean\w*)\b)(\p{L}+)/giu,
      (_match, noun: string) => (topic.toLowerCase().includes(noun.toLowerCase()) ? thing : `the ${noun} of ${thing}`),
    )
    .replace(/\b(?:it|itself|they|them|this|that|these|those|the same)\b/gi, thing)
}

/** The topic with the article it had. */
function withArticle(topic: string, question: string): string {
  const at = question.indexOf(topic)
  const article = /\b(the|an?)\s+$/i.exec(question.slice(0, Math.max(0, at)))?.[1]
  return article ? `${article.toLowerCase()} ${topic}` : topic
}

function swapTopic(question: string, topic: string, other: string): string | undefined {
  const at = question.indexOf(topic)
  if (at < 0) return undefined
  const before = question
    .slice(0, at)
    .replace(/\b(?:the|an?)\s+$/i, (article) => (/^(?:the|an?)\s/i.test(other) ? '' : article))
  return before + other + question.slice(at + topic.length)
}

/** "Is the Rajya Sabha ever dissolved?" "Why?" → "Why is the Rajya Sabha ever dissolved?" */
function askAgainWith(word: string, question: string, topic: string): string {
  const asking =
    word.charAt(0).toUpperCase() +
    word
      .slice(1)
      .toLowerCase()
      .replace(/ (?:so|not)$/, '')
  const plain = bare(question)
  if (/^(?:is|are|was|were|do|does|did|can|could|may|must|should|will|would|has|have|had)\b/i.test(plain)) {
    return `${asking} ${plain.charAt(0).toLowerCase()}${plain.slice(1)}?`
  }
  const parts =
    /^(?:what|which|who|when|where|why|how)\b\s*(.*?)\s*\b(is|are|was|were|do|does|did|can|could|may|must|should|will|would|has|have|had)\s+(.+)$/i.exec(
      plain,
    )
  if (!parts) return `${asking}, of ${topic}: ${plain}?`
  const [, noun = '', verb = '', rest = ''] = parts
  const subject = /^(?:many|much|long|often|old|far)\b/i.test(noun) ? '' : noun.replace(/^(?:the\s+)?/, 'the ')
  return `${asking} ${verb} ${noun && subject ? `${subject} ` : ''}${rest}?`.replace(/\s+/g, ' ')
}
