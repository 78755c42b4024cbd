import { alternativesTo, arrangeOptions, canStandTogether, familyOf, isPlural } from './choose-alternatives.ts'
import { PLAIN_TERMS, type QuestionDraft, sourceOf } from './question-draft.ts'
import { contentWords, foldPhrase, likeness } from './quiz-text.ts'
import type { DefinitionSite, FactSite, WriteContext } from './rules-material.ts'
import { capitalised, wordingOf } from './wording.ts'

/** Sentences between two definitions of one subject; farther off they must speak of the same in a word. */
const REACH = 60
const WIDEST_REACH = 250

/** Whether two terms may be of one subject: a term of another would be ruled out at a glance. */
export function isNearby(one: DefinitionSite, other: DefinitionSite): boolean {
  const apart = Math.abs(one.sentence.source.order - other.sentence.source.order)
  if (apart <= REACH || apart > WIDEST_REACH) return apart <= REACH
  const words = new Set(contentWords(`${one.definition.term} ${one.definition.meaning}`))
  return contentWords(`${other.definition.term} ${other.definition.meaning}`).some((word) => words.has(word))
}

/**
 * Which term a meaning belongs to, or which meaning a term has: the other
 * options are the material's other definitions. Undefined when there are too few.
 */
export function writeDefinition(site: DefinitionSite, context: WriteContext): QuestionDraft | undefined {
  const { definition, sentence } = site
  const { random, places } = context
  // "Jacksonville" is not set beside "prime field".
  const isName = ({ definition: { term } }: DefinitionSite) => context.bank.find(term) !== undefined
  const family = familyOf(definition.term, context.bank, random).map(foldPhrase)
  const others = random.shuffle(
    context.definitions.filter(
      (other) =>
        other.definition.plural === definition.plural &&
        canStandTogether(other.definition.term, definition.term) &&
        // Of one subject: another book's terms would be ruled out at a glance.
        (other.sentence.source.documentId === sentence.source.documentId ||
          family.includes(foldPhrase(other.definition.term))) &&
        isName(other) === isName(site) &&
        isNearby(other, site) &&
        !foldPhrase(definition.meaning).includes(foldPhrase(other.definition.term)) &&
        !foldPhrase(other.definition.meaning).includes(foldPhrase(definition.term)) &&
        likeness(new Set(contentWords(other.definition.meaning)), new Set(contentWords(definition.meaning))) < 0.4,
    ),
  )
  const wording = wordingOf(sentence.language)
  const source = sourceOf(sentence.evidence, context.pageText(sentence.source))
  const asMeaning = arrangeOptions(
    { text: capitalised(definition.meaning), ordered: false },
    others
      .filter((other) => isNear(other.definition.meaning.length, definition.meaning.length, 1.5))
      .map((other) => ({ text: capitalised(other.definition.meaning) })),
    places,
    context.optionCount,
  )
  const asTerm = arrangeOptions(
    { text: capitalised(definition.term), ordered: false },
    distinctTerms(
      [...family, ...others.map((other) => other.definition.term)].map(capitalised),
      capitalised(definition.term),
    ).map((text) => ({ text })),
    places,
    context.optionCount,
  )
  const arranged = random.next() < 0.5 ? (asMeaning ?? asTerm) : (asTerm ?? asMeaning)
  if (!arranged) return undefined
  const stem =
    arranged === asMeaning
      ? wording.meaningOf(definition.term, definition.plural)
      : definition.tie === 'called'
        ? wording.nameFor(definition.meaning)
        : wording.termFor(definition.meaning, definition.plural)
  return {
    ...PLAIN_TERMS,
    style: 'definition',
    engine: 'rules',
    stem,
    ...arranged,
    explanation: wording.says(source.quote, sentence.source),
    ...source,
    facts: [sentence.fact],
    answer: foldPhrase(definition.term),
  }
}

/** A name for what the text says of it: "It is headed by the Prime Minister." */
export function writeDescription({ sentence, fact }: FactSite, context: WriteContext): QuestionDraft | undefined {
  const { term } = fact
  if (sentence.language !== 'en' || !fact.isSubject || !('head' in term)) return undefined
  if (term.kind === 'person' || term.kind === 'office' || isPlural(term.text)) return undefined
  const before = sentence.text.slice(0, term.start)
  const after = sentence.text.slice(term.end)
  // Only a sentence that opens with the name and says what holds of it, not what once happened.
  if (
    !/^(?:The |An? )?$/.test(before) ||
    !/^ (?:is|consists|comprises|would comprise|has|represents|appoints|elects|conducts|decides|presides|originates|flows|separates)\b/.test(
      after,
    )
  )
    return undefined
  if (/\b(?:it|its|itself)\b/i.test(after)) return undefined
  const alternatives = alternativesTo(term, {
    text: sentence.text,
    bank: context.bank,
    random: context.random,
    asOptions: true,
  })
  const arranged = arrangeOptions(
    { text: term.text, ordered: false },
    alternatives,
    context.places,
    context.optionCount,
  )
  if (!arranged) return undefined
  const wording = wordingOf('en')
  const source = sourceOf(sentence.evidence, context.pageText(sentence.source))
  return {
    ...PLAIN_TERMS,
    style: 'definition',
    engine: 'rules',
    stem: wording.describedBy(`It${after}`),
    ...arranged,
    explanation: wording.says(source.quote, sentence.source),
    ...source,
    facts: [sentence.fact],
    answer: foldPhrase(term.text),
  }
}

function isNear(a: number, b: number, factor: number): boolean {
  return a <= b * factor && b <= a * factor
}

/** Terms that may stand beside the key: of its length, capitals or not as it has them, no two of one thing. */
function distinctTerms(terms: readonly string[], key: string): string[] {
  const chosen: string[] = []
  const named = / \p{Lu}/u.test(key)
  for (const term of terms) {
    if (/ \p{Lu}/u.test(term) !== named || key.length > term.length * 2.2 || isPlural(term) !== isPlural(key)) continue
    if (canStandTogether(term, key) && chosen.every((other) => canStandTogether(other, term))) chosen.push(term)
  }
  return chosen
}
