import { changeFact } from './change-fact.ts'
import { type QuestionDraft, sourceOf } from './question-draft.ts'
import { contentWords, foldPhrase, likeness } from './quiz-text.ts'
import type { JudgedSentence, WriteContext } from './rules-material.ts'
import type { Random } from './seeded-random.ts'
import { type Wording, wordingOf } from './wording.ts'

/** Longest stretch of a page that two or three statements may be taken from, in UTF-16 units. */
const SPAN = 800

interface Statement {
  sentence: JudgedSentence
  text: string
  /** What was put for what, when it is false. */
  change?: { now: string; was: string }
}

/**
 * Two or three numbered statements from one stretch of a page, some true as
 * they stand in the text, some with one changed fact, and a code. The number of
 * the key's option is chosen first and the truths to fit it, so that keys are
 * spread evenly. Undefined when no neighbours stand by themselves.
 */
export function writeStatements(first: JudgedSentence, context: WriteContext): QuestionDraft | undefined {
  const { random, places } = context
  const neighbours = neighboursOf(first, context)
  if (neighbours.length === 0) return undefined
  const wording = wordingOf(first.language)
  const changes = new Map(
    [first, ...neighbours].map((sentence) => [
      sentence,
      changeFact(sentence.text, sentence.facts, context.bank, random)[0],
    ]),
  )
  const groups = groupsOf(first, neighbours)
  const counts = random.next() < 0.6 ? [3, 2] : [2, 3]
  for (const place of places) {
    for (const sentences of counts.flatMap((count) => groups.filter((group) => group.length === count))) {
      const changeable = sentences.map((sentence) => changes.get(sentence) !== undefined)
      const pattern = patternFor(sentences.length, place, changeable, random)
      if (!pattern) continue
      const { order, truths, codes } = pattern
      const statements = order.map((at, position): Statement => {
        const sentence = sentences[at] as JudgedSentence
        const change = changes.get(sentence)
        return truths[position] || !change ? { sentence, text: sentence.text } : { sentence, text: change.text, change }
      })
      return asDraft(statements, truths, codes(wording), place, context, wording)
    }
  }
  return undefined
}

/** The first sentence with one or two of the others, the nearest first; near each other and not the same said twice. */
function groupsOf(first: JudgedSentence, neighbours: readonly JudgedSentence[]): JudgedSentence[][] {
  const pairs = neighbours.map((other) => [first, other])
  const triples = neighbours.flatMap((second, at) =>
    neighbours
      .slice(at + 1)
      .filter(
        (third) =>
          spanOf([first, second, third]) <= SPAN &&
          likeness(new Set(contentWords(second.text)), new Set(contentWords(third.text))) < 0.6,
      )
      .map((third) => [first, second, third]),
  )
  return [...pairs, ...triples]
}

/** How many neighbours are weighed. */
const NEIGHBOURS = 6

/** Other sentences of the page near enough to be quoted with the first, the nearest in place and matter first. */
function neighboursOf(first: JudgedSentence, { judgedOnPage, isFree, random }: WriteContext): JudgedSentence[] {
  const words = new Set(contentWords(first.text))
  const near = judgedOnPage(first.source).filter(
    (other) => other !== first && other.language === first.language && other.weight >= 1.5 && isFree(other),
  )
  const ranked = near
    .map((other) => {
      const like = likeness(words, new Set(contentWords(other.text)))
      const distance = spanOf([first, other]) / SPAN
      return { other, like, rank: distance - 2 * like - other.weight * 0.1 + random.next() * 0.2 }
    })
    .filter(({ other, like }) => spanOf([first, other]) <= SPAN && like < 0.6 && isAkin(first, other, like))
    .sort((a, b) => a.rank - b.rank)
  return ranked.slice(0, NEIGHBOURS).map(({ other }) => other)
}

/** On one matter: a shared word or name, or side by side under one heading. */
function isAkin(a: JudgedSentence, b: JudgedSentence, like: number): boolean {
  if (a.names.some((name) => b.text.includes(name.text))) return true
  return like >= 0.06 || (a.source.heading === b.source.heading && Math.abs(a.source.order - b.source.order) <= 2)
}

function spanOf(sentences: readonly JudgedSentence[]): number {
  const starts = sentences.flatMap(({ evidence }) => evidence.map((source) => source.startOffset))
  const ends = sentences.map(({ source }) => source.endOffset)
  return Math.max(...ends) - Math.min(...starts)
}

interface Pattern {
  /** Which sentence stands at each number. */
  order: number[]
  truths: boolean[]
  codes: (wording: Wording) => string[]
}

/** Truths, order and codes that put the key at `place`; undefined when too few sentences can be made false. */
function patternFor(count: number, place: number, changeable: readonly boolean[], random: Random): Pattern | undefined {
  const candidates = random.shuffle(truthTables(count)).flatMap((truths) => {
    const codes = codesFor(truths, place, random)
    const order = codes && orderFor(truths, changeable, random)
    return codes && order ? [{ order, truths, codes }] : []
  })
  return candidates[0]
}

function truthTables(count: number): boolean[][] {
  const tables = Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_, at) => (bits & (1 << at)) !== 0),
  )
  // Of three, none correct has no code in the paper.
  return count === 3 ? tables.filter((truths) => truths.some(Boolean)) : tables
}

/** Sentences in some order such that each false number gets one that can be changed. */
function orderFor(truths: readonly boolean[], changeable: readonly boolean[], random: Random): number[] | undefined {
  const all = random.shuffle(truths.map((_, at) => at))
  const falseCount = truths.filter((truth) => !truth).length
  const changed = all.filter((at) => changeable[at]).slice(0, falseCount)
  if (changed.length < falseCount) return undefined
  const kept = all.filter((at) => !changed.includes(at))
  return truths.map((truth) => (truth ? kept.shift() : changed.shift()) as number)
}

/** The paper's order of codes: single statements, then pairs, then all. */
const THREE_CODES: readonly (readonly number[])[] = [[1], [2], [3], [1, 2], [1, 3], [2, 3], [1, 2, 3]]

function codesFor(truths: readonly boolean[], place: number, random: Random): Pattern['codes'] | undefined {
  const right = truths.flatMap((truth, at) => (truth ? [at + 1] : []))
  if (truths.length === 2) {
    const index = right.length === 0 ? 3 : right.length === 2 ? 2 : (right[0] ?? 1) - 1
    return index === place ? (wording) => [...wording.twoCodes] : undefined
  }
  const key = THREE_CODES.findIndex((code) => code.join() === right.join())
  const before = random.shuffle(THREE_CODES.slice(0, key))
  const after = random.shuffle(THREE_CODES.slice(key + 1))
  if (before.length < place || after.length < 3 - place) return undefined
  const chosen = [...before.slice(0, place), THREE_CODES[key] as readonly number[], ...after.slice(0, 3 - place)]
  chosen.sort((a, b) => THREE_CODES.indexOf(a) - THREE_CODES.indexOf(b))
  return (wording) => chosen.map((code) => wording.code(code, 3))
}

function asDraft(
  statements: readonly Statement[],
  truths: boolean[],
  options: string[],
  answerIndex: number,
  context: WriteContext,
  wording: Wording,
): QuestionDraft {
  const sources = statements.flatMap(({ sentence }) => sentence.evidence)
  const [head, ...rest] = sources
  if (!head) throw new RangeError('a question of statements needs one')
  const source = sourceOf([head, ...rest], context.pageText(head))
  const reference = sharedName(statements, context)
  const reasons = statements.map(({ change, sentence }, at) =>
    change
      ? wording.statementWrong(at + 1, change, sentence.source.quote, source.pageNumber)
      : wording.statementRight(at + 1, source.pageNumber),
  )
  return {
    style: 'statements',
    engine: 'rules',
    stem: reference ? wording.withReferenceTo(reference) : wording.considerStatements,
    statements: statements.map((statement) => statement.text),
    prompt: wording.whichCorrect,
    options,
    answerIndex,
    explanation: reasons.join(' '),
    ...source,
    facts: statements.map(({ sentence }) => foldPhrase(sentence.text)),
    answer: foldPhrase(statements.map(({ change, text }) => change?.was ?? text).join(' ')),
    truths,
    coded: true,
  }
}

/** A name that every statement has and none has changed: what the question is about, with its article. */
function sharedName(statements: readonly Statement[], { bank }: WriteContext): string | undefined {
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
