import { z } from 'zod'
import { PAIR_MARK } from '#contract/quiz.ts'
import { distinctSpans, labelsOf } from './coded-draft.ts'
import type { Wish } from './model-prompts.ts'
import { findQuote, type Passage } from './passages.ts'
import type { ModelPlan } from './plan-model-question.ts'
import { PLAIN_TERMS, type QuestionDraft, type QuotedSpan } from './question-draft.ts'
import { foldPhrase, isHindi, quoteOf } from './quiz-text.ts'
import { capitalised, wordingOf } from './wording.ts'
import { orderOptions, shuffledOutOfOrder } from './write-chronology.ts'
import type { DropReason } from './write-question.ts'

const TermReply = z.object({
  evidence_quote: z.string(),
  question: z.string(),
  correct: z.string(),
  distractors: z.array(z.string()),
  explanation: z.string(),
})
const StatementsReply = z.object({
  evidence_quote: z.string().optional(),
  evidence_quotes: z.array(z.string()).optional(),
  correct_statements: z.array(z.string()).default([]),
  wrong_statements: z.array(z.string()).default([]),
  explanation: z.string(),
})

const ReasonReply = z.object({
  evidence_quote: z.string(),
  statement: z.string(),
  reason: z.string(),
  explanation: z.string(),
})
const PairsReply = z.object({
  evidence_quotes: z.array(z.string()),
  pairs: z.array(z.object({ left: z.string(), right: z.string() })),
})
const EventsReply = z.object({
  evidence_quotes: z.array(z.string()),
  events: z.array(z.object({ event: z.string(), year: z.string() })),
})

/** Why a reply is no question yet, in a sentence the model is shown. */
export interface Refusal {
  reason: DropReason
  detail: string
}

interface Asked {
  passage: Passage
  /** Of the passage's page. */
  pageText: string
  plan: ModelPlan
}

const wrong = (detail: string): Refusal => ({ reason: 'reply', detail })
const MALFORMED = wrong('A field is missing or of the wrong kind.')
const NO_QUOTE: Refusal = { reason: 'quote', detail: 'The evidence_quote is not word for word in the passage.' }
const noQuote = (number: number): Refusal => ({
  reason: 'quote',
  detail: `Quote ${number} of the evidence_quotes is not word for word in the passage.`,
})

/**
 * A model's reply as a draft: its quote found on the page, its key put at the
 * place the quiz needs. What the fields say is left to the checks.
 */
export function readModelReply(reply: string, { passage, pageText, plan }: Asked): QuestionDraft | Refusal {
  let json: unknown
  try {
    json = JSON.parse(reply)
  } catch {
    return wrong('The reply was not the JSON that was asked for.')
  }
  const quoteIn = (quote: string): QuotedSpan | undefined => {
    const found = findQuote(quote, pageText, passage)
    const { documentId, pageNumber } = passage
    return found && { documentId, pageNumber, ...found, quote: quoteOf(pageText, found.startOffset, found.endOffset) }
  }
  const language = isHindi(passage.text) ? 'hi' : 'en'
  const { wish } = plan
  switch (wish.ask) {
    case 'statements':
      return readStatements(json, plan, wish, quoteIn, language)
    case 'reason':
      return readReason(json, plan, quoteIn, language)
    case 'pairs':
      return readPairs(json, plan, wish, quoteIn, language, passage)
    case 'events':
      return readEvents(json, plan, wish, quoteIn, language, passage)
    default:
      return readTerms(json, plan, wish, quoteIn)
  }
}

type QuoteFinder = (quote: string) => QuotedSpan | undefined

function readStatements(
  json: unknown,
  { style, place, codes }: ModelPlan,
  wish: Extract<Wish, { ask: 'statements' }>,
  quoteIn: QuoteFinder,
  language: 'en' | 'hi',
): QuestionDraft | Refusal {
  const parsed = StatementsReply.safeParse(json)
  if (!parsed.success) return MALFORMED
  const { evidence_quote, evidence_quotes, correct_statements, wrong_statements, explanation } = parsed.data
  if (correct_statements.length !== wish.trueCount || wrong_statements.length !== wish.falseCount) {
    return wrong('The number of statements is not what was asked for.')
  }
  const quoted = quotesOf(evidence_quotes ?? [evidence_quote ?? ''], quoteIn)
  if ('reason' in quoted) return wish.apart ? quoted : NO_QUOTE
  if (!('stem' in style)) return MALFORMED
  const { source, otherSources, facts } = quoted
  if (wish.apart && otherSources.length === 0) return wrong('The two quotes must be from different places.')
  const right = correct_statements.map(asStatement)
  const changed = wrong_statements.map(asStatement)
  const truths = codes ? [...codes.plan.truths] : Array.from({ length: right.length + 1 }, (_, at) => at !== place)
  const statements = truths.map((truth) => (truth ? right.shift() : changed.shift()) ?? '')
  const common = {
    ...PLAIN_TERMS,
    ...source,
    otherSources,
    style: style.id,
    engine: 'ollama' as const,
    stem: style.stem[language],
    answerIndex: place,
    explanation: explanation.trim(),
    facts,
    answer: foldPhrase(statements.join(' ')),
    truths,
  }
  if (!codes) return { ...common, answers: 'statements', options: statements }
  return { ...common, ...codedBy(codes, style, language), statements }
}

/** What code sets for a question of numbered items. */
function codedBy(
  { layout, plan }: NonNullable<ModelPlan['codes']>,
  style: ModelPlan['style'],
  language: 'en' | 'hi',
): Pick<QuestionDraft, 'answers' | 'labels' | 'prompt' | 'options' | 'codes' | 'explains'> {
  return {
    answers: 'codes',
    labels: 'layouts' in style ? labelsOf(style, language) : [],
    prompt: layout.prompt[language],
    options: plan.options.map((option) => option[language]),
    codes: plan.options.map(({ when }) => when),
    ...(plan.explains === undefined ? {} : { explains: plan.explains }),
  }
}

/** Where several quotes stand, each once, or which of them stands nowhere. */
function quotesOf(quotes: readonly string[], quoteIn: QuoteFinder) {
  const spans = quotes.map(quoteIn)
  const missing = spans.indexOf(undefined)
  const [first, ...rest] = spans.flatMap((span) => span ?? [])
  if (missing >= 0 || !first) return noQuote(missing + 1)
  const [source, ...otherSources] = distinctSpans([first, ...rest])
  const facts = [source, ...otherSources].map(({ quote }) => foldPhrase(quote))
  return { source, otherSources, facts, spans: [first, ...rest] }
}

function readReason(
  json: unknown,
  { style, place, codes }: ModelPlan,
  quoteIn: QuoteFinder,
  language: 'en' | 'hi',
): QuestionDraft | Refusal {
  const parsed = ReasonReply.safeParse(json)
  if (!parsed.success || !codes || !('stem' in style)) return MALFORMED
  const { evidence_quote, statement, reason, explanation } = parsed.data
  const source = quoteIn(evidence_quote)
  if (!source) return NO_QUOTE
  const statements = [asStatement(statement), asStatement(reason)]
  if (statements.some((text) => /\bbecause\b|क्योंकि/i.test(text)))
    return wrong('The statement and the reason must be two sentences, without the word that ties them.')
  return {
    ...PLAIN_TERMS,
    ...source,
    style: style.id,
    engine: 'ollama',
    stem: style.stem[language],
    ...codedBy(codes, style, language),
    statements,
    answerIndex: place,
    explanation: explanation.trim(),
    facts: [foldPhrase(source.quote)],
    answer: foldPhrase(statements.join(' ')),
    truths: [...codes.plan.truths],
  }
}

/** The model's pairs are true; those that code wants wrong take each other's right halves, or that of a spare pair. */
function readPairs(
  json: unknown,
  { style, place, codes }: ModelPlan,
  wish: Extract<Wish, { ask: 'pairs' | 'events' }>,
  quoteIn: QuoteFinder,
  language: 'en' | 'hi',
  passage: Passage,
): QuestionDraft | Refusal {
  const parsed = PairsReply.safeParse(json)
  if (!parsed.success || !codes || !('stem' in style)) return MALFORMED
  const { evidence_quotes, pairs } = parsed.data
  if (pairs.length !== wish.count || evidence_quotes.length !== wish.count)
    return wrong(`There must be ${wish.count} pairs, and a quote for each.`)
  const halves = pairs.map(({ left, right }) => ({ left: asHalf(left), right: asHalf(right) }))
  for (const side of ['left', 'right'] as const) {
    const folded = halves.map((half) => foldPhrase(half[side]))
    if (folded.includes('') || new Set(folded).size < folded.length)
      return wrong(`Every ${side} half must be there, and none may stand twice.`)
  }
  const { truths } = codes.plan
  const shown = halves.slice(0, truths.length)
  const quoted = quotesOf(evidence_quotes.slice(0, truths.length), quoteIn)
  if ('reason' in quoted) return quoted
  const { source, otherSources, facts, spans } = quoted
  const wrongOnes = truths.flatMap((truth, at) => (truth ? [] : [at]))
  const lures = [...wrongOnes.slice(1), ...(wrongOnes.length === 1 ? [truths.length] : wrongOnes.slice(0, 1))]
  const wording = wordingOf(language)
  const [sentence] = passage.sentences
  const at = { pageNumber: passage.pageNumber, pageLabel: sentence?.pageLabel }
  const items = shown.map(({ left, right }, index) => {
    const lure = truths[index] ? undefined : halves[lures[wrongOnes.indexOf(index)] ?? 0]
    const quote = spans[index]?.quote ?? ''
    return {
      text: `${left}${PAIR_MARK}${(lure ?? { right }).right}`,
      reason: lure ? wording.pairWrong(index + 1, quote, at) : wording.pairRight(index + 1, at),
    }
  })
  return {
    ...PLAIN_TERMS,
    ...source,
    otherSources,
    style: style.id,
    engine: 'ollama',
    stem: style.stem[language],
    ...codedBy(codes, style, language),
    statements: items.map(({ text }) => text),
    answerIndex: place,
    explanation: items.map(({ reason }) => reason).join(' '),
    facts,
    answer: foldPhrase(shown.map(({ left, right }) => `${left} ${right}`).join(' ')),
    truths: [...truths],
  }
}

/** The model tells what happened when; code puts the events out of order and writes the orders. */
function readEvents(
  json: unknown,
  { style, place, optionCount, random }: ModelPlan,
  wish: Extract<Wish, { ask: 'pairs' | 'events' }>,
  quoteIn: QuoteFinder,
  language: 'en' | 'hi',
  passage: Passage,
): QuestionDraft | Refusal {
  const parsed = EventsReply.safeParse(json)
  if (!parsed.success || style.shape !== 'chronology') return MALFORMED
  const { evidence_quotes, events } = parsed.data
  if (events.length !== wish.count || evidence_quotes.length !== wish.count)
    return wrong(`There must be ${wish.count} events, and a quote for each.`)
  const quoted = quotesOf(evidence_quotes, quoteIn)
  if ('reason' in quoted) return quoted
  const { source, otherSources, facts } = quoted
  const dated = events.map(({ event, year }) => ({ text: asHalf(event).replace(/[.।]$/, ''), year: Number(year) }))
  if (dated.some(({ year }) => !Number.isInteger(year) || year < 1000 || year > 2100))
    return wrong('Every year must be of four digits.')
  if (dated.some(({ text }) => /\d{4}/.test(text))) return wrong('An event must be told without its year.')
  const shown = shuffledOutOfOrder(dated, random)
  const years = shown.map(({ year }) => year)
  const [sentence] = passage.sentences
  const at = { pageNumber: passage.pageNumber, pageLabel: sentence?.pageLabel }
  return {
    ...PLAIN_TERMS,
    ...source,
    otherSources,
    style: style.id,
    engine: 'ollama',
    stem: style.stem[language],
    statements: shown.map(({ text }) => text),
    prompt: style.prompt[language],
    answers: 'orders',
    options: orderOptions(years, { place, optionCount, random }),
    answerIndex: place,
    explanation: wordingOf(language).happenedIn(years.map((year) => ({ year, at }))),
    facts,
    answer: foldPhrase(shown.map(({ text, year }) => `${text} ${year}`).join(' ')),
    years,
  }
}

/** Half of a pair, or an event: without a number before it or a full stop after it, with a capital. */
function asHalf(text: string): string {
  return capitalised(
    text
      .trim()
      .replace(/^\(?\d[.)]\s*/, '')
      .replace(/[.।;,:]$/, ''),
  )
}

function readTerms(
  json: unknown,
  { style, place }: ModelPlan,
  wish: Extract<Wish, { optionCount: number }>,
  quoteIn: QuoteFinder,
): QuestionDraft | Refusal {
  const parsed = TermReply.safeParse(json)
  if (!parsed.success) return MALFORMED
  const { evidence_quote, question, correct, distractors, explanation } = parsed.data
  if (distractors.length !== wish.optionCount - 1) return wrong('The number of distractors is not what was asked for.')
  const source = quoteIn(evidence_quote)
  if (!source) return NO_QUOTE
  const options = distractors.map(asOption)
  options.splice(place, 0, asOption(correct))
  return {
    ...PLAIN_TERMS,
    ...source,
    style: style.id,
    engine: 'ollama',
    stem: question.trim(),
    options,
    answerIndex: place,
    explanation: explanation.trim(),
    facts: [foldPhrase(source.quote)],
    answer: foldPhrase(correct),
  }
}

function asStatement(text: string): string {
  const trimmed = text.trim().replace(/^\(?\d[.)]\s*/, '')
  return /[.।]$/.test(trimmed) ? trimmed : `${trimmed}${isHindi(trimmed) ? '।' : '.'}`
}

/** Without a letter or number before it, or a full stop after a few words. */
function asOption(text: string): string {
  const trimmed = text.trim().replace(/^\(?[A-Ea-e1-5][.)]\s+/, '')
  const plain = trimmed.split(' ').length < 6 ? trimmed.replace(/[.]$/, '') : trimmed
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}
