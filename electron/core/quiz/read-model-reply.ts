import { z } from 'zod'
import type { Wish } from './model-prompts.ts'
import { findQuote, type Passage } from './passages.ts'
import type { QuestionDraft } from './question-draft.ts'
import { foldPhrase, isHindi, quoteOf } from './quiz-text.ts'
import { wordingOf } from './wording.ts'
import type { DropReason } from './write-question.ts'

const TermReply = z.object({
  evidence_quote: z.string(),
  question: z.string(),
  correct: z.string(),
  distractors: z.array(z.string()).length(3),
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
  wish: Wish
  /** Where the key is to stand, from 0. */
  place: number
}

const wrong = (detail: string): Refusal => ({ reason: 'reply', detail })
const NO_QUOTE: Refusal = { reason: 'quote', detail: 'The evidence_quote is not word for word in the passage.' }

/**
 * A model's reply as a draft: its quote found on the page, its key put at the
 * place the quiz needs. What the fields say is left to the checks.
 */
export function readModelReply(reply: string, { passage, pageText, wish, place }: Asked): QuestionDraft | Refusal {
  let json: unknown
  try {
    json = JSON.parse(reply)
  } catch {
    return wrong('The reply was not the JSON that was asked for.')
  }
  const common = { engine: 'ollama' as const, documentId: passage.documentId, pageNumber: passage.pageNumber }
  const quoteIn = (quote: string) => {
    const found = findQuote(quote, pageText, passage)
    return found && { ...found, quote: quoteOf(pageText, found.startOffset, found.endOffset) }
  }
  if (wish.style === 'statements') {
    const parsed = StatementsReply.safeParse(json)
    if (!parsed.success) return wrong('A field is missing or of the wrong kind.')
    const { evidence_quote, correct_statements, wrong_statements, explanation } = parsed.data
    if (correct_statements.length !== wish.trueCount || wrong_statements.length !== wish.falseCount) {
      return wrong('The number of statements is not what was asked for.')
    }
    const source = quoteIn(evidence_quote)
    if (!source) return NO_QUOTE
    const wording = wordingOf(isHindi(passage.text) ? 'hi' : 'en')
    const right = correct_statements.map((text) => ({ text: asStatement(text), truth: true }))
    const changed = wrong_statements.map((text) => ({ text: asStatement(text), truth: false }))
    // With one of each, the place says which comes first.
    const ordered = place === 1 ? [...changed, ...right] : [...right, ...changed]
    const text = ordered.map((statement) => statement.text).join(' ')
    return {
      ...common,
      ...source,
      style: 'statements',
      stem: wording.considerStatements,
      statements: ordered.map((statement) => statement.text),
      prompt: wording.whichCorrect,
      options: [...wording.twoCodes],
      answerIndex: place,
      explanation: explanation.trim(),
      facts: [foldPhrase(source.quote)],
      answer: foldPhrase(text),
      truths: ordered.map(({ truth }) => truth),
      coded: true,
    }
  }
  const parsed = TermReply.safeParse(json)
  if (!parsed.success) return wrong('A field is missing or of the wrong kind.')
  const { evidence_quote, question, correct, distractors, explanation } = parsed.data
  const source = quoteIn(evidence_quote)
  if (!source) return NO_QUOTE
  const options = distractors.map(asOption)
  options.splice(place, 0, asOption(correct))
  return {
    ...common,
    ...source,
    style: wish.style,
    stem: question.trim(),
    statements: [],
    prompt: '',
    options,
    answerIndex: place,
    explanation: explanation.trim(),
    facts: [foldPhrase(source.quote)],
    answer: foldPhrase(correct),
    truths: [],
    coded: false,
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
