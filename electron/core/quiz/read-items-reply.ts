import { z } from 'zod'
import { PAIR_MARK } from '#contract/quiz.ts'
import type { Wish } from './model-prompts.ts'
import { codedBy, draftBasis, findQuotes, MALFORMED, type Reading, type Refusal, wrong } from './model-reply.ts'
import type { QuestionDraft } from './question-draft.ts'
import { foldPhrase } from './quiz-text.ts'
import { capitalised, wordingOf } from './wording.ts'
import { orderOptions, shuffledOutOfOrder } from './write-chronology.ts'

const PairsReply = z.object({
  evidence_quotes: z.array(z.string()),
  pairs: z.array(z.object({ left: z.string(), right: z.string() })),
})
const EventsReply = z.object({
  evidence_quotes: z.array(z.string()),
  events: z.array(z.object({ event: z.string(), year: z.string() })),
})

/** The model's pairs are true; those that code wants wrong take each other's right halves, or that of a spare pair. */
export function readPairs(reading: Reading, wish: Extract<Wish, { ask: 'pairs' | 'events' }>): QuestionDraft | Refusal {
  const { json, plan, language, at } = reading
  const { style, codes } = plan
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
  const quoted = findQuotes(evidence_quotes.slice(0, truths.length), reading)
  if ('reason' in quoted) return quoted
  const wrongOnes = truths.flatMap((truth, at) => (truth ? [] : [at]))
  const lures = [...wrongOnes.slice(1), ...(wrongOnes.length === 1 ? [truths.length] : wrongOnes.slice(0, 1))]
  const wording = wordingOf(language)
  const items = shown.map(({ left, right }, index) => {
    const lure = truths[index] ? undefined : halves[lures[wrongOnes.indexOf(index)] ?? 0]
    const quote = quoted.spans[index]?.quote ?? ''
    return {
      text: `${left}${PAIR_MARK}${(lure ?? { right }).right}`,
      reason: lure ? wording.pairWrong(index + 1, quote, at) : wording.pairRight(index + 1, at),
    }
  })
  return {
    ...draftBasis(reading, quoted),
    stem: style.stem[language],
    ...codedBy(codes, reading),
    statements: items.map(({ text }) => text),
    explanation: items.map(({ reason }) => reason).join(' '),
    answer: foldPhrase(shown.map(({ left, right }) => `${left} ${right}`).join(' ')),
    truths: [...truths],
  }
}

/** The model tells what happened when; code puts the events out of order and writes the orders. */
export function readEvents(
  reading: Reading,
  wish: Extract<Wish, { ask: 'pairs' | 'events' }>,
): QuestionDraft | Refusal {
  const { json, plan, language, at } = reading
  const { style, place, optionCount, random } = plan
  const parsed = EventsReply.safeParse(json)
  if (!parsed.success || style.shape !== 'chronology') return MALFORMED
  const { evidence_quotes, events } = parsed.data
  if (events.length !== wish.count || evidence_quotes.length !== wish.count)
    return wrong(`There must be ${wish.count} events, and a quote for each.`)
  const quoted = findQuotes(evidence_quotes, reading)
  if ('reason' in quoted) return quoted
  const dated = events.map(({ event, year }) => ({ text: asHalf(event).replace(/[.।]$/, ''), year: Number(year) }))
  if (dated.some(({ year }) => !Number.isInteger(year) || year < 1000 || year > 2100))
    return wrong('Every year must be of four digits.')
  if (dated.some(({ text }) => /\d{4}/.test(text))) return wrong('An event must be told without its year.')
  const shown = shuffledOutOfOrder(dated, random)
  const years = shown.map(({ year }) => year)
  return {
    ...draftBasis(reading, quoted),
    stem: style.stem[language],
    statements: shown.map(({ text }) => text),
    prompt: style.prompt[language],
    answers: 'orders',
    options: orderOptions(years, { place, optionCount, random }),
    explanation: wordingOf(language).happenedIn(years.map((year) => ({ year, at }))),
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
