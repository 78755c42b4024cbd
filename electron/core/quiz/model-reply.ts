import { distinctSpans, labelsOf } from './coded-draft.ts'
import type { ModelPlan } from './plan-model-question.ts'
import { PLAIN_TERMS, type QuestionDraft, type QuotedSpan } from './question-draft.ts'
import { foldPhrase } from './quiz-text.ts'
import type { Place } from './wording.ts'
import type { DropReason } from './write-question.ts'

/** Why a reply is no question yet, in a sentence the model is shown. */
export interface Refusal {
  reason: DropReason
  detail: string
}

/** A reply in the reading: its JSON, what was asked for, and how its quotes are found on the page. */
export interface Reading {
  json: unknown
  plan: ModelPlan
  language: 'en' | 'hi'
  /** Where the passage stands. */
  at: Place
  /** Undefined where the words stand nowhere in the passage. */
  quoteIn(quote: string): QuotedSpan | undefined
}

export const wrong = (detail: string): Refusal => ({ reason: 'reply', detail })
export const MALFORMED = wrong('A field is missing or of the wrong kind.')
export const NO_QUOTE: Refusal = { reason: 'quote', detail: 'The evidence_quote is not word for word in the passage.' }
const noQuote = (number: number): Refusal => ({
  reason: 'quote',
  detail: `Quote ${number} of the evidence_quotes is not word for word in the passage.`,
})

/** What drafts of every kind of reply have: where they rest, who wrote them, where the key stands. */
export function draftBasis(
  { plan: { style, place } }: Reading,
  { source, otherSources, facts }: Pick<QuotedReply, 'source' | 'otherSources' | 'facts'>,
) {
  return {
    ...PLAIN_TERMS,
    ...source,
    otherSources,
    facts,
    style: style.id,
    engine: 'ollama' as const,
    answerIndex: place,
  }
}

/** The quotes of a reply, found. */
export interface QuotedReply {
  source: QuotedSpan
  otherSources: QuotedSpan[]
  facts: string[]
  /** One a quote, in the order of the quotes. */
  spans: QuotedSpan[]
}

/** Where several quotes stand, each once, or which of them stands nowhere. */
export function findQuotes(quotes: readonly string[], { quoteIn }: Reading): QuotedReply | Refusal {
  const spans = quotes.map(quoteIn)
  const missing = spans.indexOf(undefined)
  const [first, ...rest] = spans.flatMap((span) => span ?? [])
  if (missing >= 0 || !first) return noQuote(missing + 1)
  const [source, ...otherSources] = distinctSpans([first, ...rest])
  const facts = [source, ...otherSources].map(({ quote }) => foldPhrase(quote))
  return { source, otherSources, facts, spans: [first, ...rest] }
}

/** What code sets for a question of numbered items. */
export function codedBy(
  { layout, plan }: NonNullable<ModelPlan['codes']>,
  { plan: { style }, language }: Reading,
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
