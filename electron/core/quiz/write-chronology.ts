import type { DatedEvent } from './find-events.ts'
import { PLAIN_TERMS, type QuestionDraft, sourceOf } from './question-draft.ts'
import type { QuestionStyleFile } from './question-styles.ts'
import { contentWords, foldPhrase, likeness } from './quiz-text.ts'
import type { WriteContext } from './rules-material.ts'
import type { Random } from './seeded-random.ts'
import { wordingOf } from './wording.ts'

/** How many events are put into order. */
const EVENTS = 4
/** Years between two events at the least, so that none of them is a matter of months. */
const LEAST_YEARS_APART = 1

/** Dated events of one document in mixed order, and orders of them as options. Undefined when there are too few. */
export function writeChronology(
  first: DatedEvent,
  style: Extract<QuestionStyleFile, { shape: 'chronology' }>,
  context: WriteContext,
): QuestionDraft | undefined {
  const { random, optionCount, events, isFree } = context
  const [place = 0] = context.places
  const { language, source } = first.sentence
  const near = events
    .filter(
      ({ sentence }) =>
        sentence.language === language && sentence.source.documentId === source.documentId && isFree(sentence),
    )
    .sort((a, b) => Math.abs(a.sentence.source.order - source.order) - Math.abs(b.sentence.source.order - source.order))
  const chosen = [first]
  for (const event of near) {
    if (chosen.length === EVENTS) break
    const isApart = chosen.every(
      (other) =>
        Math.abs(other.year - event.year) >= LEAST_YEARS_APART &&
        likeness(new Set(contentWords(other.text)), new Set(contentWords(event.text))) < 0.5,
    )
    if (isApart) chosen.push(event)
  }
  if (chosen.length < EVENTS) return undefined
  const shown = shuffledOutOfOrder(chosen, random)
  const options = orderOptions(
    shown.map(({ year }) => year),
    { place, optionCount, random },
  )
  const wording = wordingOf(language)
  const spans = shown.map(({ sentence }) => sourceOf(sentence.evidence, context.pageText(sentence.source)))
  const [span, ...otherSources] = spans
  if (!span) return undefined
  return {
    ...PLAIN_TERMS,
    style: style.id,
    engine: 'rules',
    stem: style.stem[language],
    statements: shown.map(({ text }) => text),
    prompt: style.prompt[language],
    answers: 'orders',
    options,
    answerIndex: place,
    explanation: wording.happenedIn(shown.map(({ year, sentence }) => ({ year, at: sentence.source }))),
    ...span,
    otherSources,
    facts: shown.map(({ sentence }) => sentence.fact),
    answer: foldPhrase(shown.map(({ text, year }) => `${text} ${year}`).join(' ')),
    truths: [],
    years: shown.map(({ year }) => year),
  }
}

/** As printed the events must not stand in the right order already. */
export function shuffledOutOfOrder<Event extends { year: number }>(events: readonly Event[], random: Random): Event[] {
  const shuffled = random.shuffle(events)
  const isSorted = shuffled.every((event, at) => at === 0 || event.year >= (shuffled[at - 1]?.year ?? 0))
  return isSorted ? [...shuffled.slice(1), ...shuffled.slice(0, 1)] : shuffled
}

/** Orders of events by the numbers they are printed with, the right one at `place` (from 0). */
export function orderOptions(
  years: readonly number[],
  { place, optionCount, random }: { place: number; optionCount: number; random: Random },
): string[] {
  const key = years.map((_, at) => at + 1).sort((a, b) => (years[a - 1] ?? 0) - (years[b - 1] ?? 0))
  const others = nearOrders(key, random).slice(0, optionCount - 1)
  return [...others.slice(0, place), key, ...others.slice(place)].map((order) => order.join(' – '))
}

/** Other orders, those with two neighbours exchanged first: they have to be weighed, not seen at a glance. */
function nearOrders(key: readonly number[], random: Random): (readonly number[])[] {
  const swaps = key.slice(1).map((_, at) => swapped(key, at, at + 1))
  const turned = key.slice(1).map((_, at) => [...key.slice(at + 1), ...key.slice(0, at + 1)])
  const far = [swapped(key, 0, 2), swapped(key, 1, 3), swapped(key, 0, 3), [...key].reverse()]
  const orders = [key, ...random.shuffle(swaps), ...random.shuffle(far), ...turned]
  return orders.filter((order, at) => at > 0 && orders.findIndex((other) => other.join() === order.join()) === at)
}

function swapped(order: readonly number[], a: number, b: number): number[] {
  return order.map((item, at) => (at === a ? (order[b] ?? item) : at === b ? (order[a] ?? item) : item))
}
