import { countWords } from '#contract/count-words.ts'
import type { AnswerCheck, CheckId, Verdict } from '#contract/mains.ts'
import type { TextRange } from '#contract/search.ts'
import { splitSentences } from '../ingest/split-sentences.ts'
import { wordsOf } from '../search/query-words.ts'
import { findSignals, findTerms, topicalStems, topicalWords } from './find-in-answer.ts'
import { type AnswerBlock, type AnswerShape, readAnswer } from './read-answer.ts'
import type { DirectiveEntry, MainsData } from './read-mains-data.ts'

/** What an answer is checked against. */
export interface CheckedQuestion {
  /** Without the words of its directive. */
  topic: string
  language: 'en' | 'hi'
  wordLimit: number
  minutes: number
  directive: DirectiveEntry | undefined
  /** Key terms of its head of the syllabus, in the answer's language; none where it has no head. */
  terms: readonly string[]
}

type Check = Omit<AnswerCheck, 'id'>

const TOLERANCE = 0.1
const FAR_OFF = 0.25
/** Shares of all words that an introduction or a conclusion takes. */
const LEAST_END_SHARE = 0.05
const MOST_INTRODUCTION = 0.3
const MOST_CONCLUSION = 0.28
/** An essay's body has more parts than a short answer's. */
const WORDS_A_PART = 75
const LONG_SENTENCE = 40
const COVERED_WELL = 0.6
const COVERED_PARTLY = 0.35

/**
 * What can be said of an answer for certain, by counting and looking: no model, the same every time, and each with the place
 * in the answer. It is no mark. An empty answer fails all that applies.
 */
export function checkAnswer(
  text: string,
  question: CheckedQuestion,
  elapsedMs: number,
  data: Pick<MainsData, 'wants'>,
): AnswerCheck[] {
  const shape = readAnswer(text)
  const checks: [CheckId, Check][] = [
    ['length', checkLength(shape, question)],
    ['time', checkTime(elapsedMs, question)],
    ['introduction', checkIntroduction(shape, question)],
    ['body', checkBody(shape, question)],
    ['conclusion', checkConclusion(shape, question, data)],
    ['directive', checkDirective(text, question, data)],
    ['relevance', checkRelevance(text, shape, question)],
    ['keywords', checkKeywords(text, question)],
    ['specifics', checkSpecifics(text, question)],
    ['sentences', checkSentences(text)],
  ]
  return checks.map(([id, check]) => ({ id, ...check }))
}

function say(verdict: Verdict, finding: string, rest: Partial<Omit<Check, 'verdict' | 'finding'>> = {}): Check {
  return { verdict, finding, values: {}, places: [], found: [], missing: [], ...rest }
}

const at = ({ start, end }: TextRange): TextRange => ({ start, end })

function checkLength({ wordCount, blocks }: AnswerShape, { wordLimit }: CheckedQuestion): Check {
  const least = Math.round(wordLimit * (1 - TOLERANCE))
  const most = Math.round(wordLimit * (1 + TOLERANCE))
  const off = (wordCount - wordLimit) / wordLimit
  const values = {
    words: wordCount,
    limit: wordLimit,
    least,
    most,
    difference: wordCount < least ? least - wordCount : Math.max(0, wordCount - most),
  }
  if (wordCount === 0) return say('unmet', 'empty', { values })
  if (wordCount >= least && wordCount <= most) return say('met', 'within', { values })
  const verdict = Math.abs(off) <= FAR_OFF ? 'partly' : 'unmet'
  if (off < 0) return say(verdict, 'under', { values })
  return say(verdict, 'over', { values, places: pastLimit(blocks, most) })
}

/** What stands after the last word that an examiner need read. */
function pastLimit(blocks: readonly AnswerBlock[], most: number): TextRange[] {
  let left = most
  for (const [i, block] of blocks.entries()) {
    if (block.wordCount > left) {
      const words = [...block.text.matchAll(/\S*[\p{L}\p{N}]\S*/gu)]
      const first = words[left]
      const last = blocks.at(-1)
      return first && last ? [{ start: block.start + first.index, end: last.end }] : [at(blocks[i] ?? block)]
    }
    left -= block.wordCount
  }
  return []
}

function checkTime(elapsedMs: number, { minutes }: CheckedQuestion): Check {
  const used = Math.round(elapsedMs / 6000) / 10
  const values = { used, minutes }
  if (elapsedMs <= minutes * 60_000 * (1 + TOLERANCE)) return say('met', 'within', { values })
  return say(elapsedMs <= minutes * 60_000 * 1.5 ? 'partly' : 'unmet', 'over', { values })
}

function checkIntroduction(shape: AnswerShape, question: CheckedQuestion): Check {
  const { introduction, blocks, wordCount } = shape
  const [first] = blocks
  if (!introduction) return say('unmet', first ? 'missing' : 'empty', { places: first ? [at(first)] : [] })
  const share = introduction.wordCount / wordCount
  const values = { words: introduction.wordCount, percent: Math.round(share * 100) }
  const places = [at(introduction)]
  if (shape.body.length === 0 && !shape.conclusion) return say('unmet', 'one-block', { values, places })
  if (share < LEAST_END_SHARE) return say('partly', 'short', { values, places })
  if (share > MOST_INTRODUCTION) return say('partly', 'long', { values, places })
  const stems = topicalStems(question.topic)
  const own = new Set(wordsOf(introduction.text).map(({ stem }) => stem))
  if (stems.size > 0 && ![...stems].some((stem) => own.has(stem))) return say('partly', 'off', { values, places })
  return say('met', 'good', { values, places })
}

function checkBody({ body, blocks, wordCount }: AnswerShape, { wordLimit }: CheckedQuestion): Check {
  const points = body.filter(({ kind }) => kind === 'point').length
  const paragraphs = body.length - points
  const headings = blocks.filter(({ kind }) => kind === 'heading').length
  const wanted = Math.min(8, Math.max(2, Math.round(wordLimit / WORDS_A_PART)))
  const values = { paragraphs, points, headings, wanted }
  if (wordCount === 0) return say('unmet', 'empty', { values })
  if (body.length === 0) return say('unmet', 'one-block', { values, places: blocks.map(at) })
  const longest = body.reduce((a, b) => (b.wordCount > a.wordCount ? b : a))
  if (body.length < wanted) return say('partly', 'few', { values, places: body.map(at) })
  if (longest.wordCount > wordCount * 0.5) return say('partly', 'lopsided', { values, places: [at(longest)] })
  return say('met', 'good', { values })
}

function checkConclusion(shape: AnswerShape, question: CheckedQuestion, { wants }: Pick<MainsData, 'wants'>): Check {
  const { conclusion, blocks, wordCount } = shape
  const last = blocks.at(-1)
  if (!conclusion) return say('unmet', last ? 'missing' : 'empty', { places: last ? [at(last)] : [] })
  const share = conclusion.wordCount / wordCount
  const values = { words: conclusion.wordCount, percent: Math.round(share * 100) }
  const places = [at(conclusion)]
  if (share < LEAST_END_SHARE) return say('partly', 'short', { values, places })
  if (share > MOST_CONCLUSION) return say('partly', 'long', { values, places })
  const closes =
    findSignals(conclusion.text, wants.judgement?.signals).length > 0 ||
    findSignals(conclusion.text, wants.measures?.signals).length > 0
  const own = new Set(wordsOf(conclusion.text).map(({ stem }) => stem))
  const refersBack = [...topicalStems(question.topic)].some((stem) => own.has(stem))
  if (!closes && !refersBack) return say('partly', 'abrupt', { values, places })
  return say('met', 'good', { values, places })
}

/** A comparison or several sides take more than one sentence; a judgement or an example may be one. */
const SENTENCES_WANTED: Record<string, number> = { otherSide: 2, comparison: 2, parts: 2 }

function checkDirective(text: string, { directive }: CheckedQuestion, { wants }: Pick<MainsData, 'wants'>): Check {
  if (!directive) return say('none', 'no-directive')
  const sentences = splitSentences(text)
  const blocks = readAnswer(text).blocks.filter(({ kind }) => kind !== 'heading')
  const seen = directive.wants.map((want) => {
    const places = sentences.filter(
      ({ start, end }) => findSignals(text.slice(start, end), wants[want]?.signals).length > 0,
    )
    // Points under each other are parts, whatever words begin them.
    const count = want === 'parts' ? Math.max(places.length, blocks.length - 2) : places.length
    const needed = SENTENCES_WANTED[want] ?? 1
    return { want, places, state: count >= needed ? 2 : count > 0 ? 1 : 0 }
  })
  const met = seen.filter(({ state }) => state === 2)
  const rest = {
    values: { wanted: seen.length, met: met.length },
    places: seen.flatMap(({ want, places }) => (want === 'parts' ? [] : places.map(at))),
    found: met.map(({ want }) => want),
    missing: seen.filter(({ state }) => state < 2).map(({ want }) => want),
  }
  if (met.length === seen.length) return say('met', 'followed', rest)
  const verdict = seen.some(({ state }) => state === 0) && met.length * 2 < seen.length ? 'unmet' : 'partly'
  return say(verdict, met.length > 0 ? 'lacks' : 'missing', rest)
}

function checkRelevance(text: string, { body }: AnswerShape, question: CheckedQuestion): Check {
  const asked = topicalWords(question.topic)
  const own = new Set(wordsOf(text).map(({ stem }) => stem))
  const missing = new Map(asked.filter(({ stem }) => !own.has(stem)).map(({ stem, text: word }) => [stem, word]))
  const total = new Set(asked.map(({ stem }) => stem)).size
  if (total === 0) return say('none', 'no-topic')
  const share = (total - missing.size) / total
  const stems = topicalStems(question.topic)
  const strays = body.filter(
    (block) =>
      block.wordCount >= 12 &&
      !wordsOf(block.text).some(({ stem }) => stems.has(stem)) &&
      findTerms(block.text, question.terms).length === 0,
  )
  const rest = {
    values: { percent: Math.round(share * 100), strays: strays.length },
    places: strays.map(at),
    missing: [...missing.values()].slice(0, 8),
  }
  if (share < COVERED_PARTLY) return say('unmet', 'off', rest)
  if (share < COVERED_WELL) return say('partly', 'thin', rest)
  return strays.length * 2 > body.length ? say('partly', 'strays', rest) : say('met', 'good', rest)
}

const MOST_SUGGESTED = 6

function checkKeywords(text: string, { terms, wordLimit }: CheckedQuestion): Check {
  if (terms.length === 0) return say('none', 'no-head')
  const hits = findTerms(text, terms)
  const found = [...new Set(hits.map(({ term }) => term))]
  const wanted = Math.min(terms.length, wordLimit <= 150 ? 3 : wordLimit <= 300 ? 4 : 6)
  const rest = {
    values: { found: found.length, wanted, of: terms.length },
    places: hits.map(at),
    found,
    missing: terms.filter((term) => !found.includes(term)).slice(0, MOST_SUGGESTED),
  }
  if (found.length >= wanted) return say('met', 'enough', rest)
  return say(
    found.length * 2 >= wanted && found.length > 0 ? 'partly' : 'unmet',
    found.length > 0 ? 'few' : 'none',
    rest,
  )
}

/** Articles, years, figures and shares, acts, cases and committees: what can be looked up. */
const SPECIFIC =
  /\b(?:Articles?|Art\.|Section|Schedule)\s*\d+[A-Z]?(?:\s*\([^)]{1,4}\))*|\b(?:1[5-9]|20)\d\d(?:[-–]\d{2,4})?\b|\b\d+(?:[.,]\d+)*\s*(?:%|per\s?cent|percent|crore|lakh|million|billion|km|hectares?)|\b\d+(?:st|nd|rd|th)\b|(?:\p{Lu}[\p{L}.]*\s+){1,4}(?:Commission|Committee|Act|Amendment|Report|Judgment|Case|Mission|Scheme|Yojana|Policy|Index|Convention|Agreement|Accord)\b|\p{Lu}[\p{L}.]+\s+v(?:s|ersus)?\.?\s+\p{Lu}\p{L}+|अनुच्छेद\s*[\d०-९]+|[\d०-९]+वा?ँ?(?:ें)?\s*संशोधन|[१२][०-९]{3}|[\d०-९]+\s*(?:प्रतिशत|करोड़|लाख)|[\u0900-\u097f]+\s+(?:समिति|आयोग|अधिनियम|योजना)(?![\u0900-\u097f])/gu

function checkSpecifics(text: string, { wordLimit }: CheckedQuestion): Check {
  const hits = [...text.matchAll(SPECIFIC)]
  const found = [...new Set(hits.map(([each]) => each.trim()))]
  const wanted = wordLimit <= 150 ? 2 : wordLimit <= 300 ? 3 : 6
  const rest = {
    values: { found: found.length, wanted },
    places: hits.map(({ index, 0: each }) => ({ start: index, end: index + each.length })),
    found: found.slice(0, 8),
  }
  if (found.length >= wanted) return say('met', 'enough', rest)
  return say(found.length > 0 ? 'partly' : 'unmet', found.length > 0 ? 'few' : 'none', rest)
}

function checkSentences(text: string): Check {
  const sentences = splitSentences(text)
    .map((range) => ({ ...range, words: countWords(text.slice(range.start, range.end)) }))
    .filter(({ words }) => words > 2)
  if (sentences.length === 0) return say('unmet', 'empty')
  const long = sentences.filter(({ words }) => words > LONG_SENTENCE)
  const average = sentences.reduce((sum, { words }) => sum + words, 0) / sentences.length
  const values = { average: Math.round(average), long: long.length, most: LONG_SENTENCE }
  if (long.length === 0) return say('met', 'good', { values })
  return say(long.length * 3 > sentences.length ? 'unmet' : 'partly', 'long', { values, places: long.map(at) })
}
