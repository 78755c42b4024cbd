import { alternativesTo, arrangeOptions, isOrderedTerm } from './choose-alternatives.ts'
import type { NameTerm } from './find-names.ts'
import type { NumberTerm } from './number-term.ts'
import { PLAIN_TERMS, type QuestionDraft, sourceOf } from './question-draft.ts'
import { foldPhrase } from './quiz-text.ts'
import type { FactSite, WriteContext } from './rules-material.ts'
import { capitalised, wordingOf } from './wording.ts'

/**
 * A sentence turned into a question by leaving its key term for "which one of
 * the following": where the term opens the sentence ("Who among the following
 * moved …?"), closes it ("… was adopted on which one of the following dates?")
 * or tells when ("In 1989, …"). No other words are moved, so the English stays
 * the book's. Undefined where the term stands elsewhere.
 */
export function writeDirect({ sentence, fact }: FactSite, context: WriteContext): QuestionDraft | undefined {
  if (sentence.language !== 'en') return undefined
  const { bank, random, places } = context
  const { term } = fact
  const { text } = sentence
  const asked = askedStem(text, term, fact.isSubject)
  if (!asked) return undefined
  const alternatives = alternativesTo(term, { text, bank, random, asOptions: true })
  const key = { text: term.text, ordered: isOrderedTerm(term), ...('value' in term ? { value: term.value } : {}) }
  const arranged = arrangeOptions(key, alternatives, places, context.optionCount)
  if (!arranged) return undefined
  const source = sourceOf(sentence.evidence, context.pageText(sentence.source))
  return {
    ...PLAIN_TERMS,
    style: 'direct',
    engine: 'rules',
    stem: asked.stem,
    options: arranged.options.map((option) => capitalised(asked.option(option))),
    answerIndex: arranged.answerIndex,
    explanation: wordingOf('en').says(source.quote, sentence.source),
    ...source,
    facts: [sentence.fact],
    answer: foldPhrase(term.text),
  }
}

interface Asked {
  stem: string
  /** An option as printed. */
  option: (text: string) => string
}

const CLASSES: Partial<Record<NameTerm['kind'] | NumberTerm['kind'], string>> = {
  country: 'countries',
  state: 'States',
  city: 'cities',
  river: 'rivers',
  date: 'dates',
  year: 'years',
  century: 'centuries',
  article: 'Articles',
  part: 'Parts',
  schedule: 'Schedules',
}

function askedStem(text: string, term: NumberTerm | NameTerm, isSubject: boolean): Asked | undefined {
  const before = text.slice(0, term.start)
  const after = text.slice(term.end)
  const kinds = CLASSES[term.kind]
  const which = `which one of the following${kinds ? ` ${kinds}` : ''}`
  const plain = (option: string) => option
  // A short form after the name ("… (STV)") would answer the question.
  if (/^ \(/.test(after)) return undefined
  if (isSubject && 'head' in term) {
    const lead = before.replace(/(?:[Tt]he |An? )?$/, '')
    const who = term.kind === 'person' || term.kind === 'office' ? 'who among the following' : which
    return { stem: asQuestion(`${lead}${who}${after.replace(/^ also\b/, '')}`), option: plain }
  }
  if (
    term.kind === 'article' &&
    term.start === 0 &&
    /^ (?:of|provides|deals|guarantees|says|lays|prohibits|abolishes|empowers|gives)\b/.test(after)
  ) {
    return { stem: asQuestion(`${which}${after}`), option: plain }
  }
  if (
    term.kind === 'amendment' &&
    /^The $/.test(before) &&
    /^ (?:Constitution(?:al)? )?[Aa]mendment (?:also )?\p{Ll}/u.test(after)
  ) {
    const rest = after.replace(/^ (?:Constitution(?:al)? )?[Aa]mendment (?:also )?/, ' ')
    return {
      stem: asQuestion(`Which one of the following amendments of the Constitution${rest}`),
      option: (option) => `${option} Amendment`,
    }
  }
  // "In 1989, the Committee …" → "The Committee … in which one of the following years?"
  const lead = /^(?<preposition>In|On|Since|Under|By) (?:the (?:year )?)?$/.exec(before)
  if (lead && kinds && !('head' in term)) {
    const rest = after.replace(/^(?: of the (?:Indian )?Constitution(?: of India)?)?,? /, '').replace(/\balso \b/, '')
    if (
      /;| (?:that|which|who|when|where|while|after|before|until|because|although|but)\b/.test(rest) ||
      rest.split(' ').length > 24
    )
      return undefined
    return {
      stem: asQuestion(
        `${rest.replace(/\.$/, '')} ${lead.groups?.preposition?.toLowerCase()} ${which}${/^(?:article|schedule|part)$/.test(term.kind) ? ' of the Constitution' : ''}`,
      ),
      option: plain,
    }
  }
  const closing = /^(?: of the (?:Indian )?Constitution(?: of India)?)?\.$/
  if (term.kind === 'count') {
    const unit =
      /^[ -](?<unit>years|months|days|weeks|members|judges|States|seats|houses|sessions|languages|subjects|schedules|parts|districts)\.$/.exec(
        after,
      )?.groups?.unit
    if (!unit || /\b(?:the|a|an|these|those|least|most|than) $/.test(before)) return undefined
    return { stem: asQuestion(`${before}how many ${unit}`), option: plain }
  }
  if (!closing.test(after)) return undefined
  const opening = before.replace(/\b(?:the|a|an) $/, '')
  if (
    !/\b(?:in|on|by|from|of|to|at|under|as|with|for) $/.test(opening) ||
    /;|\bas (?:far back|early|late|recently) as /.test(opening)
  )
    return undefined
  const tail = after.replace(/\.$/, '')
  if (term.kind === 'person' || term.kind === 'office') {
    return /\bby $/.test(opening)
      ? { stem: asQuestion(`${opening}whom among the following`), option: plain }
      : { stem: asQuestion(`${opening}which one of the following`), option: plain }
  }
  if (!('head' in term) && !kinds) return undefined
  return { stem: asQuestion(`${opening}${which}${tail}`), option: plain }
}

function asQuestion(text: string): string {
  return `${capitalised(text.replace(/[.]$/, '').trim())}?`
}
