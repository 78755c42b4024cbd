import { findNumbers } from './find-numbers.ts'
import { judgeSentence } from './judge-sentence.ts'
import type { JudgedSentence } from './rules-material.ts'
import { capitalised } from './wording.ts'

/** Something that happened, told without when, and its year. */
export interface DatedEvent {
  sentence: JudgedSentence
  /** A clause without its date and full stop: "The Constituent Assembly met for the first time". */
  text: string
  year: number
}

const HAPPENED =
  /\b(?:was|were|came|met|took|became|began|made|gave|held|won|led|set up|rose|fell|built|brought|chose|wrote|left|lost|ran|went|\p{L}{3,}ed)\b/u
/** What leaned on the date: "as far back as 1928". */
const UNFINISHED =
  /\b(?:as|back|since|until|till|early|late|only|again|once|and|or|of|in|on|by|to|from|at|with|for|the)$/u
/** Where the date may be another event's: "the expansion went on after his death in 1227". */
const OTHERS_DATE =
  /\b(?:after|before|until|till|since|following|when|while|during|for|despite|from)\b[^,]*$|\b(?:death|birth|war|battle|revolt|revolution|rebellion|partition|independence|treaty|pact|accord|declaration|signing|election|elections|defeat|victory|arrival|formation|creation|establishment|adoption|abolition|publication|conquest|invasion|fall|coronation|accession|outbreak|end|start|beginning|session|conference|congress|act|amendment|crisis|earthquake|flood|famine|games|olympics|census)$/iu
/** A second clause, of which the date may not hold. */
const SECOND_CLAUSE =
  /\b(?:and|but|so|while|which|who|whose|that) (?:(?:it|he|she|they|this|also|then|later|is|was|were|has|had)\b|(?:the|an?|its|his|their) (?:\p{L}+ ){1,3}(?:was|were|is|are|has|had|would)\b)/iu
const MOST_WORDS = 24
const LEAST_WORDS = 5

/**
 * The event a sentence tells, where its one date is a phrase of its own that can be left out ("In 1946, …",
 * "… on 26 January 1950.") and the rest stands by itself. Undefined for all else.
 */
export function findEvent(sentence: JudgedSentence): DatedEvent | undefined {
  const { text, facts, language } = sentence
  const dates = findNumbers(text).filter(({ kind }) => /^(?:date|day|month|year|century)$/.test(kind))
  const [date] = dates
  if (!date || dates.length > 1 || !/^(?:date|month|year)$/.test(date.kind)) return undefined
  if (!facts.some(({ term }) => term.start === date.start)) return undefined
  const year = Number(/\d{4}/.exec(date.text)?.[0])
  if (!year) return undefined
  const before = text.slice(0, date.start)
  const after = text.slice(date.end)
  const clause = language === 'hi' ? withoutHindiDate(before, after) : withoutDate(before, after)
  if (!clause || /\d{4}/.test(clause) || UNFINISHED.test(clause) || SECOND_CLAUSE.test(clause)) return undefined
  const words = clause.split(' ').length
  return words < LEAST_WORDS || words > MOST_WORDS ? undefined : { sentence, text: clause, year }
}

function withoutDate(before: string, after: string): string | undefined {
  const lead = /^(?:In|On) (?:the year )?$/.test(before)
  const tail = /^(?<clause>.+?),? (?:in|on) (?:the year )?$/.exec(before)?.groups?.clause
  // Before its verb, and behind another event, the date is not that of the sentence.
  if (tail && (!HAPPENED.test(tail) || OTHERS_DATE.test(tail))) return undefined
  const rest = lead
    ? /^,? (?<clause>\p{L}.*)$/u.exec(after)?.groups?.clause
    : tail && (/^\.$/.test(after) || /^,? (?:and|to|by|with|under|at|as|for|through)\b/.test(after))
      ? `${tail}${after.replace(/^,/, '')}`
      : undefined
  if (!rest) return undefined
  const clause = capitalised(rest.trim())
  const sentence = /[.]$/.test(clause) ? clause : `${clause}.`
  // Short of the judge's least length an event may still stand: "The Assembly met in Delhi."
  const verdict = judgeSentence(sentence)
  if (!verdict.standsAlone && verdict.fault !== 'length') return undefined
  return HAPPENED.test(clause) ? sentence.slice(0, -1) : undefined
}

function withoutHindiDate(before: string, after: string): string | undefined {
  const postposition = /^ (?:में|को)(?= )/.exec(after)?.[0]
  if (postposition === undefined) return undefined
  const clause = `${before.replace(/(?:सन्? |वर्ष )$/, '')}${after.slice(postposition.length + 1)}`
  return /(?:ा|ी|े|ई|ए|या) (?:था|थी|थे|गया|गई|गए|हुआ|हुई|हुए)।$|(?:हुआ|हुई|हुए|किया|की|दिया|दी|बना|बनी|बने|मिली|मिला)।$/.test(
    clause,
  )
    ? clause.replace(/।$/, '').trim()
    : undefined
}
