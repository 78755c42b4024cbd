import { z } from 'zod'
import type { Wish } from './model-prompts.ts'
import { findQuote, type Passage } from './passages.ts'
import type { ModelPlan } from './plan-model-question.ts'
import { PLAIN_TERMS, type QuestionDraft, type QuotedSpan } from './question-draft.ts'
import { foldPhrase, isHindi, quoteOf } from './quiz-text.ts'
import type { DropReason } from './write-question.ts'

const TermReply = z.object({
  evidence_quote: z.string(),
  question: z.string(),
  correct: z.string(),
  distractors: z.array(z.string()),
  explanation: z.string(),
})
const StatementsReply = z.object({
  evidence_quote: z.string(),
  correct_statements: z.array(z.string()).default([]),
  wrong_statements: z.array(z.string()).default([]),
  explanation: z.string(),
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
const NO_QUOTE: Refusal = { reason: 'quote', detail: 'The evidence_quote is not word for word in the passage.' }

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
  return plan.wish.ask === 'statements'
    ? readStatements(json, plan, plan.wish, quoteIn, language)
    : readTerms(json, plan, plan.wish, quoteIn)
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
  if (!parsed.success) return wrong('A field is missing or of the wrong kind.')
  const { evidence_quote, correct_statements, wrong_statements, explanation } = parsed.data
  if (correct_statements.length !== wish.trueCount || wrong_statements.length !== wish.falseCount) {
    return wrong('The number of statements is not what was asked for.')
  }
  const source = quoteIn(evidence_quote)
  if (!source || !('stem' in style)) return NO_QUOTE
  const right = correct_statements.map(asStatement)
  const changed = wrong_statements.map(asStatement)
  const truths = codes ? [...codes.plan.truths] : Array.from({ length: right.length + 1 }, (_, at) => at !== place)
  const statements = truths.map((truth) => (truth ? right.shift() : changed.shift()) ?? '')
  const common = {
    ...PLAIN_TERMS,
    ...source,
    style: style.id,
    engine: 'ollama' as const,
    stem: style.stem[language],
    answerIndex: place,
    explanation: explanation.trim(),
    facts: [foldPhrase(source.quote)],
    answer: foldPhrase(statements.join(' ')),
    truths,
  }
  if (!codes) return { ...common, answers: 'statements', options: statements }
  const { layout, plan } = codes
  return {
    ...common,
    answers: 'codes',
    statements,
    prompt: layout.prompt[language],
    options: plan.options.map((option) => option[language]),
    codes: plan.options.map(({ when }) => when),
  }
}

function readTerms(
  json: unknown,
  { style, place }: ModelPlan,
  wish: Exclude<Wish, { ask: 'statements' }>,
  quoteIn: QuoteFinder,
): QuestionDraft | Refusal {
  const parsed = TermReply.safeParse(json)
  if (!parsed.success) return wrong('A field is missing or of the wrong kind.')
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
