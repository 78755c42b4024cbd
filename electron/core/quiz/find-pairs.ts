import type { DatedEvent } from './find-events.ts'
import { contentWords, foldPhrase, likeness } from './quiz-text.ts'
import type { JudgedSentence } from './rules-material.ts'
import { capitalised } from './wording.ts'

/** Two things that belong together by one sentence: an event and its year, an Article and its matter, a term and its meaning. */
export interface TruePair {
  kind: 'event' | 'article' | 'term'
  sentence: JudgedSentence
  left: string
  right: string
}

const ARTICLE =
  /^(?<article>Article \d{1,3}[A-Z]{0,2}(?:\(\w{1,3}\))*)(?: of the (?:Indian )?Constitution(?: of India)?)? (?:deals with|relates to|provides for|guarantees|ensures) (?:the )?(?<matter>.+)\.$/u
const MOST_WORDS = 16

/** The pairs that a sentence gives, each of a kind. */
export function findPairs(sentence: JudgedSentence, event: DatedEvent | undefined): TruePair[] {
  const pairs: TruePair[] = []
  const add = (kind: TruePair['kind'], left: string, right: string) => pairs.push({ kind, sentence, left, right })
  if (event) add('event', event.text, String(event.year))
  const { article, matter } = ARTICLE.exec(sentence.text)?.groups ?? {}
  if (article && matter && isShort(matter) && !/[;:]/.test(matter)) add('article', article, capitalised(matter))
  const { definition } = sentence
  if (definition && isShort(definition.meaning) && !shareWord(definition.term, definition.meaning)) {
    add('term', capitalised(definition.term), capitalised(definition.meaning))
  }
  return pairs
}

/** Whether the right half of another pair is surely wrong beside this left half. */
export function isMismatch(pair: TruePair, other: TruePair): boolean {
  if (pair.kind !== other.kind || pair.sentence === other.sentence) return false
  if (foldPhrase(pair.left) === foldPhrase(other.left) || foldPhrase(pair.right) === foldPhrase(other.right))
    return false
  if (pair.kind === 'event') return true
  const [left, right] = [foldPhrase(pair.left), foldPhrase(other.right)]
  if (` ${right} `.includes(` ${left} `)) return false
  return likeness(new Set(contentWords(pair.right)), new Set(contentWords(other.right))) < 0.3
}

/** "Government Bill : A bill proposed by a minister" tells itself. */
function shareWord(left: string, right: string): boolean {
  const words = new Set(contentWords(right))
  return contentWords(left).some((word) => words.has(word))
}

function isShort(text: string): boolean {
  return text.split(' ').length <= MOST_WORDS
}
