import { changeFact } from './change-fact.ts'
import { PLAIN_TERMS, type QuestionDraft, sourceOf } from './question-draft.ts'
import type { QuestionStyleFile } from './question-styles.ts'
import { foldPhrase, likeness } from './quiz-text.ts'
import type { JudgedSentence, WriteContext } from './rules-material.ts'
import { wordingOf } from './wording.ts'
import { isAkin, sharedName } from './write-statements.ts'

/** How far apart in reading order the statements may stand. */
const REACH = 60
/** Options of very different lengths would tell. */
const MOST_LENGTH_RATIO = 1.9
const MOST_OTHERS = 14

/**
 * "Which one of the following statements is not correct?": true sentences of one matter as options, and
 * one with a changed fact, which is the key. Undefined when too few stand near.
 */
export function writeOddStatement(
  first: JudgedSentence,
  style: Extract<QuestionStyleFile, { shape: 'odd-statement' }>,
  context: WriteContext,
): QuestionDraft | undefined {
  const { bank, random, optionCount } = context
  const [place = 0] = context.places
  const others: JudgedSentence[] = []
  for (const other of akinTo(first, context)) {
    const isNew = others.every((known) => likeness(known.words, other.words) < 0.5)
    if (isNew) others.push(other)
    if (others.length === optionCount - 1) break
  }
  if (others.length < optionCount - 1) return undefined
  // Last, as it asks the whole library whether the change is true elsewhere.
  const [change] = changeFact(first.text, first.facts, bank, random)
  if (!change) return undefined
  const wording = wordingOf(first.language)
  const shown = others.map((sentence) => ({ sentence, text: sentence.text }))
  const [key, ...rest] = [{ sentence: first, text: change.text, change }, ...shown]
  if (!key) return undefined
  const options = rest.map(({ text }) => text)
  options.splice(place, 0, change.text)
  const name = sharedName([key, ...rest], context)
  const spans = [first, ...others].map(({ evidence }) => sourceOf(evidence, context.pageText(evidence[0])))
  const [source, ...otherSources] = spans
  if (!source) return undefined
  const { language } = first
  return {
    ...PLAIN_TERMS,
    style: style.id,
    engine: 'rules',
    stem:
      (name === undefined ? undefined : style.stemAbout?.[language].replace('{name}', name)) ?? style.stem[language],
    answers: 'statements',
    options,
    answerIndex: place,
    explanation: wording.optionWrong(change, first.source.quote, first.source),
    ...source,
    otherSources,
    facts: [first, ...others].map(({ fact }) => fact),
    answer: foldPhrase(change.was),
    truths: options.map((_, at) => at !== place),
  }
}

/** Sentences on the same matter, the most akin first. */
function akinTo(first: JudgedSentence, { judgedNear, isFree, random }: WriteContext): JudgedSentence[] {
  return judgedNear(first.source, REACH)
    .filter(
      (other) =>
        other !== first &&
        other.language === first.language &&
        other.weight >= 1.5 &&
        isFree(other) &&
        ratio(other.text.length, first.text.length) <= MOST_LENGTH_RATIO,
    )
    .map((other) => ({ other, like: likeness(first.words, other.words) }))
    .filter(({ other, like }) => like < 0.5 && isAkin(first, other, like))
    .map(({ other, like }) => ({ other, rank: like + random.next() * 0.05 }))
    .sort((a, b) => b.rank - a.rank)
    .slice(0, MOST_OTHERS)
    .map(({ other }) => other)
}

const ratio = (a: number, b: number) => Math.max(a / b, b / a)
