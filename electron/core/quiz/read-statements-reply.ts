import { z } from 'zod'
import type { Wish } from './model-prompts.ts'
import {
  codedBy,
  draftBasis,
  findQuotes,
  MALFORMED,
  NO_QUOTE,
  type Reading,
  type Refusal,
  wrong,
} from './model-reply.ts'
import type { QuestionDraft } from './question-draft.ts'
import { foldPhrase, isHindi } from './quiz-text.ts'

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
/** The model's true statements and its changed ones, in the order and with the codes that code has planned. */
export function readStatements(reading: Reading, wish: Extract<Wish, { ask: 'statements' }>): QuestionDraft | Refusal {
  const { json, plan, language } = reading
  const { style, place, codes } = plan
  const parsed = StatementsReply.safeParse(json)
  if (!parsed.success) return MALFORMED
  const { evidence_quote, evidence_quotes, correct_statements, wrong_statements, explanation } = parsed.data
  if (correct_statements.length !== wish.trueCount || wrong_statements.length !== wish.falseCount) {
    return wrong('The number of statements is not what was asked for.')
  }
  const quoted = findQuotes(evidence_quotes ?? [evidence_quote ?? ''], reading)
  if ('reason' in quoted) return wish.apart ? quoted : NO_QUOTE
  if (!('stem' in style)) return MALFORMED
  if (wish.apart && quoted.otherSources.length === 0) return wrong('The two quotes must be from different places.')
  const right = correct_statements.map(asStatement)
  const changed = wrong_statements.map(asStatement)
  const truths = codes ? [...codes.plan.truths] : Array.from({ length: right.length + 1 }, (_, at) => at !== place)
  const statements = truths.map((truth) => (truth ? right.shift() : changed.shift()) ?? '')
  const common = {
    ...draftBasis(reading, quoted),
    stem: style.stem[language],
    explanation: explanation.trim(),
    answer: foldPhrase(statements.join(' ')),
    truths,
  }
  if (!codes) return { ...common, answers: 'statements', options: statements }
  return { ...common, ...codedBy(codes, reading), statements }
}

/** A statement, and what the text tells as its reason. */
export function readReason(reading: Reading): QuestionDraft | Refusal {
  const { json, plan, language } = reading
  const { style, codes } = plan
  const parsed = ReasonReply.safeParse(json)
  if (!parsed.success || !codes || !('stem' in style)) return MALFORMED
  const { evidence_quote, statement, reason, explanation } = parsed.data
  const quoted = findQuotes([evidence_quote], reading)
  if ('reason' in quoted) return NO_QUOTE
  const statements = [asStatement(statement), asStatement(reason)]
  if (statements.some((text) => /\bbecause\b|क्योंकि/i.test(text)))
    return wrong('The statement and the reason must be two sentences, without the word that ties them.')
  return {
    ...draftBasis(reading, quoted),
    stem: style.stem[language],
    ...codedBy(codes, reading),
    statements,
    explanation: explanation.trim(),
    answer: foldPhrase(statements.join(' ')),
    truths: [...codes.plan.truths],
  }
}

function asStatement(text: string): string {
  const trimmed = text.trim().replace(/^\(?\d[.)]\s*/, '')
  return /[.।]$/.test(trimmed) ? trimmed : `${trimmed}${isHindi(trimmed) ? '।' : '.'}`
}
