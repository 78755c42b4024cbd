import { z } from 'zod'
import type { Wish } from './model-prompts.ts'
import { draftBasis, findQuotes, MALFORMED, NO_QUOTE, type Reading, type Refusal, wrong } from './model-reply.ts'
import { findQuote, type Passage } from './passages.ts'
import type { ModelPlan } from './plan-model-question.ts'
import type { QuestionDraft, QuotedSpan } from './question-draft.ts'
import { foldPhrase, isHindi, quoteOf } from './quiz-text.ts'
import { readEvents, readPairs } from './read-items-reply.ts'
import { readReasons, readStatements } from './read-statements-reply.ts'

const TermReply = z.object({
  evidence_quote: z.string(),
  question: z.string(),
  correct: z.string(),
  distractors: z.array(z.string()),
  explanation: z.string(),
})
interface Asked {
  passage: Passage
  /** Of the passage's page. */
  pageText: string
  plan: ModelPlan
}

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
  const { pageNumber, sentences } = passage
  const reading: Reading = {
    json,
    plan,
    language: isHindi(passage.text) ? 'hi' : 'en',
    at: { pageNumber, pageLabel: sentences[0]?.pageLabel },
    quoteIn,
  }
  const { wish } = plan
  switch (wish.ask) {
    case 'statements':
      return readStatements(reading, wish)
    case 'reasons':
      return readReasons(reading, wish)
    case 'pairs':
      return readPairs(reading, wish)
    case 'events':
      return readEvents(reading, wish)
    default:
      return readTerms(reading, wish)
  }
}

function readTerms(reading: Reading, wish: Extract<Wish, { optionCount: number }>): QuestionDraft | Refusal {
  const parsed = TermReply.safeParse(reading.json)
  if (!parsed.success) return MALFORMED
  const { evidence_quote, question, correct, distractors, explanation } = parsed.data
  if (distractors.length !== wish.optionCount - 1) return wrong('The number of distractors is not what was asked for.')
  const quoted = findQuotes([evidence_quote], reading)
  if ('reason' in quoted) return NO_QUOTE
  const options = distractors.map(asOption)
  options.splice(reading.plan.place, 0, asOption(correct))
  return {
    ...draftBasis(reading, quoted),
    stem: question.trim(),
    options,
    explanation: explanation.trim(),
    answer: foldPhrase(correct),
  }
}

/** Without a letter or number before it, or a full stop after a few words. */
function asOption(text: string): string {
  const trimmed = text.trim().replace(/^\(?[A-Ea-e1-5][.)]\s+/, '')
  const plain = trimmed.split(' ').length < 6 ? trimmed.replace(/[.]$/, '') : trimmed
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}
