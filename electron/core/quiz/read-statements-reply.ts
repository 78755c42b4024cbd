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
const ReasonsReply = StatementsReply.extend({ statement: z.string(), reasons: z.array(z.string()) })

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
  if (wish.apart && quoted.otherSources.length < wish.trueCount - 1)
    return wrong('The quotes must be from different places.')
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

/** A statement, what the text tells as its reasons, and others where the code that was planned has them. */
export function readReasons(reading: Reading, wish: Extract<Wish, { ask: 'reasons' }>): QuestionDraft | Refusal {
  const { json, plan, language } = reading
  const { style, codes } = plan
  const parsed = ReasonsReply.safeParse(json)
  if (!parsed.success || !codes || !('stem' in style)) return MALFORMED
  const { evidence_quote, evidence_quotes, statement, explanation, ...lists } = parsed.data
  const [reasons, right, changed] = [lists.reasons, lists.correct_statements, lists.wrong_statements].map((list) =>
    list.map(asStatement),
  ) as [string[], string[], string[]]
  const isAsAsked =
    reasons.length === wish.reasonCount && right.length === wish.trueCount && changed.length === wish.falseCount
  if (!isAsAsked) return wrong('The number of reasons or statements is not what was asked for.')
  const hasOthers = wish.trueCount + wish.falseCount > 0
  const quoted = findQuotes(hasOthers ? (evidence_quotes ?? []) : [evidence_quote ?? ''], reading)
  if ('reason' in quoted) return hasOthers ? quoted : NO_QUOTE
  const { truths, explains = [] } = codes.plan
  const statements = truths.map((isTrue, at) => {
    if (at === 0) return asStatement(statement)
    return (explains.includes(at + 1) ? reasons : isTrue ? right : changed).shift() ?? ''
  })
  if (statements.some((text) => /\bbecause\b|क्योंकि/i.test(text)))
    return wrong('Statements and reasons must be sentences of their own, without the word that ties them.')
  return {
    ...draftBasis(reading, quoted),
    stem: style.stem[language],
    ...codedBy(codes, reading),
    statements,
    explanation: explanation.trim(),
    answer: foldPhrase(statements.join(' ')),
    truths: [...truths],
  }
}

function asStatement(text: string): string {
  const trimmed = text.trim().replace(/^\(?\d[.)]\s*/, '')
  return /[.।]$/.test(trimmed) ? trimmed : `${trimmed}${isHindi(trimmed) ? '।' : '.'}`
}
