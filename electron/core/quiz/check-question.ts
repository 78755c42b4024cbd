import { PAIR_MARK } from '#contract/quiz.ts'
import { codeHolds } from './arrange-codes.ts'
import { REASON_TOLD } from './find-explanations.ts'
import { leaningOpening } from './lexicon/leaning-openings.ts'
import { parseCardinal, parseHindiCardinal, parseOrdinal } from './number-words.ts'
import { type QuestionDraft, type QuotedSpan, spansOf } from './question-draft.ts'
import { contentWords, foldPhrase, likeness, quoteOf, sharedWords, tidyForShow, trigrams } from './quiz-text.ts'

export type CheckName =
  | 'quote'
  | 'stem'
  | 'leaning'
  | 'options-distinct'
  | 'options-parallel'
  | 'all-or-none'
  | 'key-length'
  | 'giveaway'
  | 'unsupported'
  | 'code'
  | 'same-fact'
  | 'duplicate'

export interface CheckFailure {
  check: CheckName
  /** What is wrong, in a sentence that whoever wrote the question can mend it by. */
  detail: string
}

/** A question that is there already. */
export interface AskedQuestion {
  /** What it says, without the words every question has. */
  text: string
  facts: readonly string[]
  answer: string
  /** Of the same quiz: then no two may rest on one fact. */
  sameQuiz: boolean
  /** Unit-length vector of `text`, where a model made one. */
  vector?: Float32Array | undefined
}

export interface CheckWorld {
  /** The text of a page the draft quotes; undefined when there is no such page. */
  pageText(span: QuotedSpan): string | undefined
  asked: readonly AskedQuestion[]
  /** Unit-length vector of `askedText(draft)`, by the model that made the others'. */
  vector?: Float32Array | undefined
}

type Check = (draft: QuestionDraft, world: CheckWorld) => string | undefined

/**
 * Everything a question must pass, whoever wrote it, in this order. Each check
 * gives a sentence where it fails. Nothing here knows of engines, and no check
 * is ever loosened to let more through.
 */
export const QUESTION_CHECKS: readonly (readonly [CheckName, Check])[] = [
  ['quote', checkQuote],
  ['stem', checkStem],
  ['leaning', checkLeaning],
  ['options-distinct', checkDistinct],
  ['options-parallel', checkParallel],
  ['all-or-none', checkAllOrNone],
  ['key-length', checkKeyLength],
  ['giveaway', checkGiveaway],
  ['unsupported', checkSupport],
  ['code', checkCode],
  ['same-fact', checkSameFact],
  ['duplicate', checkDuplicate],
]

/** All that is wrong with a draft, in the order of the checks; empty for a sound one. */
export function checkQuestion(draft: QuestionDraft, world: CheckWorld): CheckFailure[] {
  return QUESTION_CHECKS.flatMap(([check, run]) => {
    const detail = run(draft, world)
    return detail === undefined ? [] : [{ check, detail }]
  })
}

/** What a question says, without the words every question of its style has: for telling it from others. */
export function askedText(question: Pick<QuestionDraft, 'stem' | 'statements' | 'options' | 'answerIndex'>): string {
  if (question.statements.length > 0) return question.statements.join(' ')
  if (question.options.every(isSentence)) return question.options.join(' ')
  const own = question.stem.includes('\n') ? question.stem.slice(question.stem.indexOf('\n') + 1) : question.stem
  return `${own} ${question.options[question.answerIndex] ?? ''}`
}

/** An option that is a statement: whole, with its full stop. */
const isSentence = (option: string) => /[.।][”’"']?$/.test(option) && option.split(' ').length > 3

const keyOf = (draft: QuestionDraft) => draft.options[draft.answerIndex] ?? ''
const distractorsOf = (draft: QuestionDraft) => draft.options.filter((_, at) => at !== draft.answerIndex)

function checkQuote(draft: QuestionDraft, { pageText }: CheckWorld) {
  for (const span of spansOf(draft)) {
    const { quote, startOffset, endOffset, pageNumber } = span
    if (quote.trim() === '') return 'There is no quote.'
    const text = pageText(span)
    if (text === undefined) return `There is no page ${pageNumber}.`
    if (quoteOf(text, startOffset, endOffset) !== quote) return `The quote is not word for word on page ${pageNumber}.`
  }
  return undefined
}

/** Words that point a reader to a text that is not in front of them. */
const REFERS_TO_TEXT =
  /\b(?:passage|paragraph|excerpt|text|extract|author|chapter|evidence|quote|sentence)\b(?! of the constitution)|\b(?:above|below)[- ]?(?:mentioned)?\b(?! are| is)|गद्यांश|अनुच्छेद में दिए|उपरोक्त पाठ/i

function checkStem({ stem, statements, prompt, answers, explanation }: QuestionDraft) {
  const text = stem.trim()
  if (text.length < 15) return 'The question is too short to be understood.'
  if (text.length > 700) return 'The question is too long.'
  const isNumbered = answers === 'codes' || answers === 'orders'
  if (isNumbered && (statements.length < 2 || prompt === ''))
    return 'A question of statements needs at least two and a line that asks.'
  if (!isNumbered && !/\?/.test(text)) return 'The question must ask something and end with a question mark.'
  // What is set by a style's own words may say "given below".
  if (answers === 'terms' && REFERS_TO_TEXT.test(text.split('\n')[0] ?? ''))
    return 'The question must stand by itself, without speaking of a passage or a text.'
  if (explanation.trim() === '') return 'There is no explanation.'
  return undefined
}

/** What is asked must stand by itself: the question and each statement. */
function checkLeaning(draft: QuestionDraft) {
  const texts = draft.answers === 'terms' ? draft.stem.split('\n') : claimsOf(draft)
  const opening = texts.map(leaningOpening).find((found) => found !== undefined)
  return opening && `It begins with “${opening}”, which leans on a sentence that is not there.`
}

function checkDistinct({ options, answerIndex }: QuestionDraft) {
  if (options.length < 4 || options.length > 5) return 'There must be four or five options.'
  if (answerIndex < 0 || answerIndex >= options.length) return 'The key is not one of the options.'
  const folded = options.map(foldPhrase)
  if (folded.some((option) => option === '')) return 'An option is empty.'
  const twice = folded.findIndex((option, at) => folded.indexOf(option) !== at)
  return twice < 0 ? undefined : `Two options are the same: “${options[twice]}”.`
}

function checkParallel(draft: QuestionDraft) {
  const { options, answers } = draft
  if (answers === 'codes' || answers === 'orders') return undefined
  const words = options.map((option) => option.split(' ').length)
  if (Math.max(...words) > 3 * Math.min(...words) + 4) return 'The options are of very different lengths.'
  if (answers === 'statements') {
    return options.every(isSentence) ? undefined : 'Some options are statements and some are not.'
  }
  const differs = (test: (option: string) => boolean) => new Set(options.map(test)).size > 1
  if (differs((option) => /\d/.test(option) && !/\p{L}{3}/u.test(option)))
    return 'Some options are numbers and some are not.'
  if (differs((option) => /^\p{Lu}|^\P{L}|^[\p{Lo}]/u.test(option)))
    return 'Some options begin with a capital and some do not.'
  if (differs((option) => /[.!?।]$/.test(option) && option.split(' ').length > 3))
    return 'Some options are sentences and some are not.'
  return undefined
}

function checkAllOrNone({ options, answers }: QuestionDraft) {
  if (answers !== 'terms') return undefined
  const found = options.find((option) =>
    /\b(?:all|none|both|neither|any) (?:of )?(?:the )?(?:above|these|options?)\b|\bnot given\b|उपर्युक्त (?:सभी|में से कोई)|इनमें से (?:सभी|कोई)/i.test(
      option,
    ),
  )
  return found && `“${found}” is not an option here: each must be an answer of its own.`
}

function checkKeyLength(draft: QuestionDraft) {
  if (draft.answers === 'codes' || draft.answers === 'orders') return undefined
  const others = distractorsOf(draft)
  const mean = others.reduce((sum, option) => sum + option.length, 0) / Math.max(1, others.length)
  const key = keyOf(draft).length
  // A few letters more on a short name tell nobody anything.
  return key > mean * 1.3 && key - mean > 6 ? 'The right answer is much longer than the others.' : undefined
}

function checkGiveaway(draft: QuestionDraft) {
  if (draft.answers !== 'terms') return undefined
  const stem = new Set(contentWords(draft.stem))
  const others = distractorsOf(draft)
  for (const word of new Set(contentWords(keyOf(draft)))) {
    if (word.length < 3 || /^\d/.test(word) || !stem.has(word)) continue
    const alsoIn = others.filter((option) => contentWords(option).includes(word)).length
    if (alsoIn < Math.ceil(others.length * 0.67)) return `The question has the word “${word}” of its own answer.`
  }
  const folded = ` ${foldPhrase(draft.stem)} `
  const named = draft.options.find(
    (option) => contentWords(option).length > 0 && folded.includes(` ${foldPhrase(option)} `),
  )
  return named && `The option “${named}” stands in the question.`
}

function checkSupport(draft: QuestionDraft) {
  const quotes = spansOf(draft).map(({ quote }) => {
    const text = tidyForShow(quote)
    return { text: quote, folded: ` ${foldPhrase(text)} `, words: new Set(contentWords(text)), whole: wholeWords(text) }
  })
  const says = (text: string) => quotes.some(({ folded }) => folded.includes(` ${foldPhrase(text)} `))
  const isCarriedBy = (text: string, { folded, words, whole }: (typeof quotes)[number]) => {
    if (folded.includes(` ${foldPhrase(text)} `)) return true
    const own = contentWords(text)
    const vital = vitalWords(text)
    const least = draft.answers === 'terms' ? 0.6 : 0.8
    // “President” is not in “Vice-President”.
    const hasNames = draft.answers === 'terms' || namesIn(text).every((name) => whole.has(name))
    return hasNames && vital.every((word) => words.has(word)) && sharedWords(own, words) >= least
  }
  const carries = (text: string) => quotes.some((quote) => isCarriedBy(text, quote))
  if (draft.answers === 'terms') return carries(keyOf(draft)) ? undefined : 'The quote does not say the right answer.'
  if (draft.answers === 'orders') {
    const unsaid = draft.statements.findIndex((statement, at) => !carries(`${statement} ${draft.years[at]}`))
    return unsaid < 0 ? undefined : `The quote does not say when event ${unsaid + 1} happened.`
  }
  const claims = claimsOf(draft)
  for (const [at, claim] of claims.entries()) {
    if (draft.truths[at] && !carries(claim))
      return `The quote does not say statement ${at + 1}, which is marked as correct.`
    // Both halves of a wrong pair in one quote belong together after all.
    const isSaid = claim.includes(PAIR_MARK) ? carries(claim) : says(claim)
    if (!draft.truths[at] && isSaid) return `The quote says statement ${at + 1}, which is marked as wrong.`
  }
  const told = quotes.filter(({ text }) => REASON_TOLD.test(text))
  const [first = '', ...later] = claims
  for (const [at, claim] of later.entries()) {
    if (!draft.explains || !draft.truths[at + 1]) continue
    const isTold = told.some((quote) => isCarriedBy(first, quote) && isCarriedBy(claim, quote))
    const isMarked = draft.explains.includes(at + 2)
    if (isMarked && !isTold) return `The quote does not give statement ${at + 2} as the reason of statement 1.`
    if (!isMarked && isTold)
      return `The quote gives statement ${at + 2} as the reason of statement 1, which is marked as no explanation.`
  }
  return undefined
}

/** Words as they are written, hyphens kept, without case and what is set around them. */
function wholeWords(text: string): Set<string> {
  return new Set(text.split(/\s+/).flatMap((word) => plainWord(word) || []))
}

function plainWord(word: string): string {
  return word
    .toLowerCase()
    .replace(/[’']s?$|^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, '')
    .replace(/[’']s$/u, '')
}

/** Words with a capital, but the first one: what must not be another's name. */
function namesIn(text: string): string[] {
  return text
    .split(/\s+/)
    .filter((word, at) => at > 0 && /^[“"‘'(]?\p{Lu}/u.test(word))
    .map(plainWord)
    .filter((word) => word !== '')
}

/** The statements whose truth is asked: as numbered, or as options. */
function claimsOf({ answers, options, statements }: QuestionDraft): readonly string[] {
  return answers === 'statements' ? options : statements
}

/** Numbers, in figures or words, and names: what must not differ from the quote by a single one. */
function vitalWords(text: string): string[] {
  const vital = text
    .split(/\s+/)
    .filter((word, at) => /\d/.test(word) || isNumberWord(word) || (at > 0 && /^[“"‘'(]?\p{Lu}/u.test(word)))
  return contentWords(vital.join(' '))
}

function isNumberWord(word: string): boolean {
  const plain = word.replace(/[^\p{L}\p{M}-]/gu, '')
  const value = parseCardinal(plain) ?? parseOrdinal(plain) ?? parseHindiCardinal(plain)
  return value !== undefined && value !== 1
}

/** The key's code, and no other option's, says what is true of the items. */
function checkCode(draft: QuestionDraft) {
  const { answers, options, answerIndex, truths, codes, statements, years } = draft
  if (answers === 'terms') return undefined
  if (answers === 'orders') {
    if (new Set(years).size < statements.length) return 'Two of the events are of the same year.'
    const right = options.map((option) => {
      const order = (option.match(/\d+/g) ?? []).map(Number)
      if (new Set(order).size !== statements.length) return false
      return order.every((item, at) => at === 0 || (years[item - 1] ?? 0) > (years[(order[at - 1] ?? 0) - 1] ?? 0))
    })
    return onlyKey(right, answerIndex)
  }
  if (truths.length !== claimsOf(draft).length) return 'It is not said which statements are correct.'
  if (answers === 'statements')
    return onlyKey(
      truths.map((truth) => !truth),
      answerIndex,
    )
  if (codes.length !== options.length) return 'It is not said what each option means.'
  return onlyKey(
    codes.map((code) => codeHolds(code, draft)),
    answerIndex,
  )
}

function onlyKey(right: readonly boolean[], answerIndex: number): string | undefined {
  if (!right[answerIndex]) return 'The key does not name the correct statements.'
  return right.filter(Boolean).length > 1 ? 'Two options are right.' : undefined
}

function checkSameFact({ facts, answer }: QuestionDraft, { asked }: CheckWorld) {
  for (const other of asked) {
    const limit = other.answer === answer ? 0.5 : other.sameQuiz ? 0.7 : 0.9
    const shared = facts.filter((fact) =>
      other.facts.some(
        (known) => known === fact || likeness(new Set(fact.split(' ')), new Set(known.split(' '))) >= limit,
      ),
    )
    // In another quiz a fact may come back in other company or with another key.
    const most = other.sameQuiz
      ? 1
      : other.answer === answer
        ? 1
        : facts.length > 1
          ? Math.ceil(facts.length * 0.67)
          : 2
    if (shared.length >= most) return 'Another question asks about the same fact.'
  }
  return undefined
}

/** Likeness of trigrams from which two questions are one. */
export const NEAR_COPY = 0.75
/** Cosine from which two questions are one, whatever their keys. */
export const SAME_MEANING = 0.96
const SAME_MEANING_SAME_ANSWER = 0.88

function checkDuplicate(draft: QuestionDraft, { asked, vector }: CheckWorld) {
  const own = trigrams(askedText(draft))
  for (const other of asked) {
    if (likeness(own, trigrams(other.text)) >= NEAR_COPY) return 'It is a near copy of another question.'
    if (!vector || other.vector?.length !== vector.length) continue
    const limit = other.answer === draft.answer ? SAME_MEANING_SAME_ANSWER : SAME_MEANING
    if (dot(vector, other.vector) >= limit) return 'Another question says the same in other words.'
  }
  return undefined
}

/** Of unit-length vectors: their cosine. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}
