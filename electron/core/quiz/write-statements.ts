import { type ChangedFact, changeFact } from './change-fact.ts'
import { type CodedItem, codedDraft, layoutsFor, planCodes } from './coded-draft.ts'
import { type QuestionDraft, sourceOf } from './question-draft.ts'
import type { CodedStyle } from './question-styles.ts'
import { likeness } from './quiz-text.ts'
import type { JudgedSentence, WriteContext } from './rules-material.ts'
import { wordingOf } from './wording.ts'

/** Longest stretch of a page that statements may be taken from, in UTF-16 units. */
const SPAN = 800

interface Statement {
  sentence: JudgedSentence
  text: string
  /** What was put for what, when it is false. */
  change?: { now: string; was: string }
}

/**
 * Numbered statements from one stretch of a page, some true as they stand in the
 * text, some with one changed fact, and codes. The number of the key's option is
 * chosen first and the truths to fit it, so that keys are spread evenly.
 * Undefined when no neighbours stand by themselves.
 */
export function writeStatements(
  first: JudgedSentence,
  style: CodedStyle,
  context: WriteContext,
): QuestionDraft | undefined {
  const { random, places, optionCount } = context
  const neighbours = neighboursOf(first, context)
  if (neighbours.length === 0) return undefined
  // Asked for late, as it asks the whole library whether the change is true elsewhere.
  const changes = new Map<JudgedSentence, ChangedFact | undefined>()
  const changeOf = (sentence: JudgedSentence) => {
    if (!changes.has(sentence)) {
      changes.set(sentence, changeFact(sentence.text, sentence.facts, context.bank, random)[0])
    }
    return changes.get(sentence)
  }
  const groups = groupsOf(first, neighbours)
  const counts = random.next() < 0.6 ? [3, 2, 4] : [2, 3, 4]
  for (const place of places) {
    for (const layout of counts.flatMap((count) => layoutsFor(style, count, context))) {
      for (const sentences of groups.filter((group) => group.length === layout.items)) {
        const changeable = sentences.map((sentence) => changeOf(sentence) !== undefined)
        const plan = planCodes(layout, changeable, { place, optionCount, random })
        if (!plan) continue
        const statements = plan.order.map((at, position): Statement => {
          const sentence = sentences[at] as JudgedSentence
          const change = changeOf(sentence)
          return plan.truths[position] || !change
            ? { sentence, text: sentence.text }
            : { sentence, text: change.text, change }
        })
        const sources = statements.flatMap(({ sentence }) => sentence.evidence)
        const [head, ...rest] = sources
        if (!head) continue
        const source = sourceOf([head, ...rest], context.pageText(head))
        const draft = codedDraft(style, layout, {
          language: first.language,
          name: sharedName(statements, context),
          items: statements.map((statement, at) => asItem(statement, at + 1)),
          sources: [source],
          plan,
        })
        if (context.suits(draft)) return draft
      }
    }
  }
  return undefined
}

/** A statement with the reason why it is right or wrong. */
function asItem({ sentence, text, change }: Statement, number: number): CodedItem {
  const wording = wordingOf(sentence.language)
  const name = wording.statementName(number)
  const { source } = sentence
  return {
    text,
    isTrue: change === undefined,
    fact: sentence.fact,
    decides: change?.was ?? text,
    reason: change ? wording.statementWrong(name, change, source.quote, source) : wording.statementRight(name, source),
  }
}

/** The first sentence with one to three of the others, the nearest first; near each other and not the same said twice. */
function groupsOf(first: JudgedSentence, neighbours: readonly JudgedSentence[]): JudgedSentence[][] {
  const grow = (groups: readonly JudgedSentence[][]) =>
    groups.flatMap((group) => {
      const last = neighbours.indexOf(group.at(-1) as JudgedSentence)
      return neighbours
        .slice(last + 1)
        .filter((other) => spanOf([...group, other]) <= SPAN && group.slice(1).every((one) => areDifferent(one, other)))
        .map((other) => [...group, other])
    })
  const pairs = neighbours.map((other) => [first, other])
  const triples = grow(pairs)
  return [...pairs, ...triples, ...grow(triples)]
}

function areDifferent(a: JudgedSentence, b: JudgedSentence): boolean {
  return likeness(a.words, b.words) < 0.6
}

/** How many neighbours are weighed. */
const NEIGHBOURS = 6

/** Other sentences of the page near enough to be quoted with the first, the nearest in place and matter first. */
function neighboursOf(first: JudgedSentence, { judgedOnPage, isFree, random }: WriteContext): JudgedSentence[] {
  const near = judgedOnPage(first.source).filter(
    (other) => other !== first && other.language === first.language && other.weight >= 1.5 && isFree(other),
  )
  const ranked = near
    .map((other) => {
      const like = likeness(first.words, other.words)
      const distance = spanOf([first, other]) / SPAN
      return { other, like, rank: distance - 2 * like - other.weight * 0.1 + random.next() * 0.2 }
    })
    .filter(({ other, like }) => spanOf([first, other]) <= SPAN && like < 0.6 && isAkin(first, other, like))
    .sort((a, b) => a.rank - b.rank)
  return ranked.slice(0, NEIGHBOURS).map(({ other }) => other)
}

/** On one matter: a shared word or name, or side by side under one heading. */
export function isAkin(a: JudgedSentence, b: JudgedSentence, like: number): boolean {
  // The country is in every other sentence.
  if (a.names.some(({ text }) => text !== 'India' && b.text.includes(text))) return true
  return like >= 0.06 || (a.source.heading === b.source.heading && Math.abs(a.source.order - b.source.order) <= 2)
}

function spanOf(sentences: readonly JudgedSentence[]): number {
  const starts = sentences.flatMap(({ evidence }) => evidence.map((source) => source.startOffset))
  const ends = sentences.map(({ source }) => source.endOffset)
  return Math.max(...ends) - Math.min(...starts)
}

/** A name that every statement has and none has changed: what the question is about, with its article. */
export function sharedName(statements: readonly Statement[], { bank }: WriteContext): string | undefined {
  const [first] = statements
  const names = (first?.sentence.names ?? []).filter(
    (name) =>
      (name.kind === 'institution' ||
        name.kind === 'law' ||
        name.kind === 'office' ||
        name.kind === 'feature' ||
        name.kind === 'country' ||
        (name.kind === 'name' && name.text.includes(' '))) &&
      statements.every(({ text, sentence }) => text.includes(name.text) && sentence.text.includes(name.text)),
  )
  const [name] = names.sort((a, b) => b.text.length - a.text.length)
  if (!name) return undefined
  return bank.find(name.text)?.takesThe ? `the ${name.text}` : name.text
}
