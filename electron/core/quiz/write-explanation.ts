import { arrangeCodes, truthTables } from './arrange-codes.ts'
import { changeFact } from './change-fact.ts'
import { type CodedItem, codedDraft, labelsOf } from './coded-draft.ts'
import { REASON_TOLD, type ToldReason } from './find-explanations.ts'
import type { Fact } from './find-facts.ts'
import { type QuestionDraft, sourceOf } from './question-draft.ts'
import type { CodedStyle } from './question-styles.ts'
import { foldPhrase, likeness } from './quiz-text.ts'
import type { SourceSentence } from './read-material.ts'
import type { JudgedSentence, WriteContext } from './rules-material.ts'
import { wordingOf } from './wording.ts'
import { isAkin } from './write-statements.ts'

/** Sentences nearer than this may well be cause and effect without saying so. */
const LEAST_APART = 4
const REACH = 40
/** Less in common than this and two sentences are of two subjects, unless one heading holds both. */
const LEAST_LIKE = 0.1

interface Half {
  text: string
  fact: string
  facts: readonly Fact[]
  evidence: readonly [SourceSentence, ...SourceSentence[]]
}

/** Statements that a question may be made of: the first, and after it some that the text tells as its reasons. */
interface Telling {
  halves: readonly [Half, ...Half[]]
  /** Which of them, numbered from 1, are told as reasons of the first. */
  told: readonly number[]
}

/**
 * A statement and one or two more, and which of these explain it. Only what the text itself ties with "because"
 * or "therefore" is called an explanation; what does not explain is a sentence on the same matter from
 * elsewhere, which tells no reason. Undefined where the wished place has nothing to stand on.
 */
export function writeExplanation(
  first: JudgedSentence,
  style: CodedStyle,
  context: WriteContext,
): QuestionDraft | undefined {
  const { random, places, optionCount } = context
  const layout = style.layouts.find(({ options }) => options.length >= optionCount)
  if (!layout) return undefined
  const tellings = tellingsOf(first, layout.items, context)
  for (const place of places) {
    for (const truths of random.shuffle(truthTables(layout.items))) {
      for (const { halves, told } of tellings) {
        const explains = truths[0] ? told.filter((item) => truths[item - 1]) : undefined
        // Reasons are rare: they are kept for the questions that need one.
        if (told.length > 0 && !explains?.length) continue
        const options = arrangeCodes(layout, { truths, explains }, place, optionCount, random)
        if (!options) continue
        const items = asItems(halves, truths, style, context)
        if (!items) continue
        const [source, ...others] = halves.map(({ evidence }) => sourceOf(evidence, context.pageText(evidence[0])))
        if (!source) continue
        const draft = codedDraft(style, layout, {
          language: first.language,
          items,
          sources: [source, ...others],
          plan: { options, place, explains },
          explanation: [
            ...items.map((item) => item.reason),
            ...saysWhatExplains(halves, { truths, explains }, style, { quote: source.quote, language: first.language }),
          ].join(' '),
        })
        if (context.suits(draft)) return draft
      }
    }
  }
  return undefined
}

/** For so many items: those with the most reasons first. */
function tellingsOf(first: JudgedSentence, items: number, context: WriteContext): Telling[] {
  const { random } = context
  const reason = context.reasonOf(first)
  const others = unrelatedTo(first, context).map(asHalf)
  const tellings: Telling[] = []
  const add = (claim: Half, reasons: readonly Half[]) => {
    const missing = items - 1 - reasons.length
    if (missing > others.length) return
    const later = random.shuffle([...reasons, ...others.slice(0, missing)])
    const told = later.flatMap((half, at) => (reasons.includes(half) ? [at + 2] : []))
    tellings.push({ halves: [claim, ...later], told })
  }
  for (let causeCount = reason?.causes ? 2 : 1; reason && causeCount > 0; causeCount--) {
    const [effect, ...causes] = halvesOf(reason, first, causeCount)
    if (effect && causes.length < items) add(effect, causes)
  }
  // What tells its own reason is no claim to ask the reason of.
  if (!REASON_TOLD.test(first.source.text)) add(asHalf(first), [])
  return tellings
}

/** Of the true statements after a true first one: which the text gives as its reasons, and which not. */
function saysWhatExplains(
  [{ evidence }]: Telling['halves'],
  { truths, explains }: Pick<QuestionDraft, 'truths' | 'explains'>,
  style: CodedStyle,
  { quote, language }: { quote: string; language: 'en' | 'hi' },
): string[] {
  const wording = wordingOf(language)
  const nameOf = (item: number) => wording.statementName(item, labelsOf(style, language)[item - 1])
  const later = explains ? truths.flatMap((truth, at) => (truth && at > 0 ? [at + 1] : [])) : []
  const [told, untold] = [true, false].map((isTold) =>
    later.filter((item) => explains?.includes(item) === isTold).map(nameOf),
  ) as [string[], string[]]
  return [
    ...(told.length > 0 ? [wording.explainsIt(told, nameOf(1), quote, evidence[0])] : []),
    ...(untold.length > 0 ? [wording.explainsNot(untold, nameOf(1))] : []),
  ]
}

function asHalf(sentence: JudgedSentence): Half {
  const { text, fact, facts, evidence } = sentence
  return { text, fact, facts, evidence }
}

/**
 * What was told, and its reason as one statement or as two; facts keep their places only where the text has the
 * part as it stands.
 */
function halvesOf(
  { effect, cause, causes, evidence }: ToldReason,
  { text, facts }: JudgedSentence,
  causeCount: number,
): Half[] {
  const half = (part: string): Half => {
    const bare = part.replace(/[.।]$/, '')
    const at = text.toLowerCase().indexOf(bare.toLowerCase())
    const moved = facts.flatMap((fact) =>
      at >= 0 && fact.term.start >= at && fact.term.end <= at + bare.length
        ? [{ ...fact, term: { ...fact.term, start: fact.term.start - at, end: fact.term.end - at } }]
        : [],
    )
    return { text: part, fact: foldPhrase(text), facts: moved, evidence }
  }
  return [effect, ...(causes && causeCount > 1 ? causes : [cause])].map(half)
}

function asItems(
  halves: Telling['halves'],
  truths: readonly boolean[],
  style: CodedStyle,
  { bank, random }: WriteContext,
): CodedItem[] | undefined {
  const items = halves.map(({ text, fact, facts, evidence }, at): CodedItem | undefined => {
    const last = evidence.at(-1) ?? evidence[0]
    const language = /[\u0904-\u0939]/.test(text) ? 'hi' : 'en'
    const wording = wordingOf(language)
    const name = wording.statementName(at + 1, labelsOf(style, language)[at])
    if (truths[at]) {
      return { text, isTrue: true, fact, decides: text, reason: wording.statementRight(name, last) }
    }
    const [change] = changeFact(text, facts, bank, random)
    if (!change) return undefined
    return {
      text: change.text,
      isTrue: false,
      fact,
      decides: change.was,
      reason: wording.statementWrong(name, change, last.quote, last),
    }
  })
  return items.every((item) => item !== undefined) ? items : undefined
}

/** True sentences on the same matter that tell no reason and stand too far off to be one, the likest first. */
function unrelatedTo(first: JudgedSentence, context: WriteContext): JudgedSentence[] {
  const { judgedNear, isFree, random, reasonOf } = context
  const near = judgedNear(first.source, REACH).map((other) => ({
    other,
    like: likeness(first.words, other.words),
  }))
  const fitting = near.filter(
    ({ other, like }) =>
      Math.abs(other.source.order - first.source.order) >= LEAST_APART &&
      other.language === first.language &&
      other.weight >= 1.5 &&
      isFree(other) &&
      !REASON_TOLD.test(other.source.text) &&
      !reasonOf(other) &&
      like < 0.3 &&
      (like >= LEAST_LIKE || other.source.heading === first.source.heading) &&
      isAkin(first, other, like),
  )
  // Of those most like it: two statements that have nothing in common explain nothing at a glance.
  return fitting
    .map(({ other, like }) => ({ other, rank: like + random.next() * 0.05 }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ other }) => other)
}
