import { PAIR_MARK } from '#contract/quiz.ts'
import { type CodedItem, codedDraft, layoutsFor, planCodes } from './coded-draft.ts'
import { isMismatch, type TruePair } from './find-pairs.ts'
import { type QuestionDraft, sourceOf } from './question-draft.ts'
import type { CodedStyle } from './question-styles.ts'
import type { WriteContext } from './rules-material.ts'
import { wordingOf } from './wording.ts'

/** Sentences between terms of one subject. */
const TERMS_REACH = 120

/**
 * Pairs of one kind, some true as the text has them, some with the right half of another pair. The nearest
 * in reading order are taken. Undefined when there are too few of the kind.
 */
export function writePairs(first: TruePair, style: CodedStyle, context: WriteContext): QuestionDraft | undefined {
  const { random, places, optionCount, pairs, isFree } = context
  const { source, language } = first.sentence
  const akin = pairs
    .filter(
      (pair) =>
        pair !== first &&
        pair.kind === first.kind &&
        pair.sentence.language === language &&
        pair.sentence.source.documentId === source.documentId &&
        isFree(pair.sentence) &&
        isMismatch(first, pair) &&
        (first.kind !== 'term' || Math.abs(pair.sentence.source.order - source.order) <= TERMS_REACH),
    )
    .sort((a, b) => Math.abs(a.sentence.source.order - source.order) - Math.abs(b.sentence.source.order - source.order))
  const wording = wordingOf(language)
  for (const place of places) {
    for (const items of random.next() < 0.7 ? [3, 4] : [4, 3]) {
      for (const layout of random.shuffle(layoutsFor(style, items, context))) {
        const chosen = chooseApart(first, akin, items)
        if (!chosen) continue
        // Halves to mislead with: of pairs not shown first, so that no right half stands twice.
        const lures = random.shuffle(akin.filter((pair) => !chosen.includes(pair)))
        const wrongHalf = (pair: TruePair) => {
          const fitting = lures.filter((lure) => isMismatch(pair, lure) && fits(pair, lure))
          // Of years, the nearest misleads most.
          return pair.kind === 'event'
            ? fitting.sort((a, b) => yearsApart(pair, a) - yearsApart(pair, b))[0]
            : fitting[0]
        }
        const wrongs = new Map<TruePair, TruePair | undefined>()
        for (const pair of chosen) {
          const lure = wrongHalf(pair)
          if (lure) lures.splice(lures.indexOf(lure), 1)
          wrongs.set(pair, lure)
        }
        const changeable = chosen.map((pair) => wrongs.get(pair) !== undefined)
        const plan = planCodes(layout, changeable, { place, optionCount, random })
        if (!plan) continue
        const ordered = plan.order.map((at) => chosen[at] as TruePair)
        const coded = ordered.map((pair, index): CodedItem => {
          const lure = plan.truths[index] ? undefined : wrongs.get(pair)
          const at = pair.sentence.source
          const number = index + 1
          return {
            text: `${pair.left}${PAIR_MARK}${(lure ?? pair).right}`,
            isTrue: lure === undefined,
            fact: pair.sentence.fact,
            decides: `${pair.left} ${pair.right}`,
            reason: lure ? wording.pairWrong(number, at.quote, at) : wording.pairRight(number, at),
          }
        })
        const [source, ...others] = ordered.map(({ sentence }) =>
          sourceOf(sentence.evidence, context.pageText(sentence.source)),
        )
        if (!source) continue
        const draft = codedDraft(style, layout, { language, items: coded, sources: [source, ...others], plan })
        if (context.suits(draft)) return draft
      }
    }
  }
  return undefined
}

/** The first and the nearest others such that no two could be taken for each other. */
function chooseApart(first: TruePair, akin: readonly TruePair[], count: number): TruePair[] | undefined {
  const chosen = [first]
  for (const pair of akin) {
    if (chosen.length === count) break
    if (chosen.every((known) => isMismatch(known, pair))) chosen.push(pair)
  }
  return chosen.length === count ? chosen : undefined
}

const yearsApart = (one: TruePair, other: TruePair) => Math.abs(Number(one.right) - Number(other.right))

/** A year a generation off, or a meaning three times as long, misleads nobody. */
function fits(pair: TruePair, lure: TruePair): boolean {
  if (pair.kind === 'event') return yearsApart(pair, lure) <= 25
  const [a, b] = [pair.right.length, lure.right.length]
  return Math.max(a / b, b / a) <= 2.5
}
