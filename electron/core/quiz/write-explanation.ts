import { arrangeCodes, truthTables } from './arrange-codes.ts'
import { changeFact } from './change-fact.ts'
import { type CodedItem, codedDraft, labelsOf, layoutsFor } from './coded-draft.ts'
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

/**
 * Two statements and whether the second explains the first. Only what the text itself ties with "because"
 * or "therefore" is called an explanation; what does not explain is a sentence on the same matter from
 * elsewhere, which tells no reason. Undefined where the wished place has nothing to stand on.
 */
export function writeExplanation(
  first: JudgedSentence,
  style: CodedStyle,
  context: WriteContext,
): QuestionDraft | undefined {
  const { random, places, optionCount } = context
  const reason = context.reasonOf(first)
  const told = reason && halvesOf(reason, first)
  const other = unrelatedTo(first, context)
  const apart = other && ([asHalf(first), asHalf(other)] as const)
  const [layout] = layoutsFor(style, 2, context)
  if (!layout) return undefined
  for (const place of places) {
    for (const truths of random.shuffle(truthTables(2))) {
      const [isFirstTrue = true, isSecondTrue = true] = truths
      for (const halves of [told, apart]) {
        if (!halves) continue
        const explains = isFirstTrue && isSecondTrue ? halves === told : undefined
        const options = arrangeCodes(layout, { truths, explains }, place, optionCount, random)
        if (!options) continue
        const items = asItems(halves, truths, style, context)
        if (!items) continue
        const [source, ...others] = halves.map(({ evidence }) => sourceOf(evidence, context.pageText(evidence[0])))
        if (!source) continue
        const wording = wordingOf(first.language)
        const draft = codedDraft(style, layout, {
          language: first.language,
          items,
          sources: [source, ...others],
          plan: { options, place, ...(explains === undefined ? {} : { explains }) },
          explanation: [
            ...items.map((item) => item.reason),
            ...(explains === undefined
              ? []
              : [explains ? wording.explainsIt(source.quote, halves[0].evidence[0]) : wording.explainsNot]),
          ].join(' '),
        })
        if (context.suits(draft)) return draft
      }
    }
  }
  return undefined
}

function asHalf(sentence: JudgedSentence): Half {
  const { text, fact, facts, evidence } = sentence
  return { text, fact, facts, evidence }
}

/** Both halves of a reason that was told; facts keep their places only where the half begins the sentence. */
function halvesOf({ effect, cause, evidence }: ToldReason, { text, facts }: JudgedSentence): readonly [Half, Half] {
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
  return [half(effect), half(cause)]
}

function asItems(
  halves: readonly [Half, Half],
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

/** A true sentence on the same matter that tells no reason and stands too far off to be one. */
function unrelatedTo(first: JudgedSentence, context: WriteContext): JudgedSentence | undefined {
  const { judgedNear, isFree, random, reasonOf } = context
  if (REASON_TOLD.test(first.source.text)) return undefined
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
  const [nearest] = fitting
    .map(({ other, like }) => ({ other, rank: like + random.next() * 0.05 }))
    .sort((a, b) => b.rank - a.rank)
  return nearest?.other
}
