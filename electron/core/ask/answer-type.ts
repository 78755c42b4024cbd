import { findNumbers } from '../quiz/find-numbers.ts'
import type { NumberTerm } from '../quiz/number-term.ts'
import { type Word, wordsOf } from '../search/query-words.ts'
import { type AnswerKind, looksLikeAnswer } from './answer-kind.ts'

/** What the answer of a question must hold, more closely than its kind. */
export type AnswerType =
  /** A number of the asked things: the stems of their names. */
  | { type: 'count'; things: ReadonlySet<string> }
  | { type: 'share' | 'duration' | 'age' | 'date' | 'money' | 'amount' | 'place' }
  /** One person; or whoever does something, which may be a body or an office. */
  | { type: 'person' | 'doer' }
  /** What something is called. */
  | { type: 'name' }
  /** A numbered thing of a law. */
  | { type: 'article' | 'amendment' | 'schedule' | 'part' }
  /** Nothing that its looks would tell. */
  | { type: 'open' }

const COUNTED = /\bhow many\b\s*(.*)|कितन[ेी]\s+(.*)/i
const COUNTED_BY_NAME = /\b(?:number|total|count) of\s+(.*)|\b(?:strength|size) of\s+(.*)/i
const VERB =
  /\b(?:is|are|was|were|be|been|do|does|did|can|could|may|must|should|will|would|has|have|had|sit|sat|came|come|got|get|make|made|hold|held|live|work|form|took|take|went|go)\b/i
const TYPES: [Exclude<AnswerType['type'], 'count' | 'open'>, RegExp][] = [
  ['article', /\b(?:which|what|under (?:which|what)) (?:articles?|sections?)\b|किस अनुच्छेद|कौन[- ]?सा अनुच्छेद/i],
  [
    'amendment',
    /\b(?:which|what|by (?:which|what)) (?:constitutional )?amendments?\b|(?:किस|कौन[- ]?सा) (?:संविधान )?संशोधन/i,
  ],
  ['schedule', /\b(?:which|what|in (?:which|what)) schedule\b|किस अनुसूची/i],
  ['part', /\b(?:which|what) part of the constitution\b/i],
  [
    'age',
    /\b(?:what|which) (?:is the )?(?:(?:minimum|maximum|least|lowest|highest|retirement|voting) )?age\b|\bhow old\b|कितनी (?:आयु|उम्र)|किस (?:आयु|उम्र)/i,
  ],
  [
    'money',
    /\bhow much (?:money|does it cost|is .*(?:paid|salary)|do(?:es)? .*(?:earn|cost|get paid|spend))|\b(?:salary|salaries|price|fine|pension|budget|cost) (?:of|must|is|does)|\bwhat (?:is|are) the .*(?:salary|price|fee|cost)\b/i,
  ],
  [
    'share',
    /\b(?:what|which|how (?:big|large|much)) (?:was |is )?(?:the |a )?(?:share|percentage|proportion|per ?cent|part|portion|fraction|majority)\b|\bupper limit\b|कितने प्रतिशत/i,
  ],
  [
    'duration',
    /\bhow (?:long|soon|often)\b|\b(?:for|within|in|after|to|by) how many (?:years|months|weeks|days|hours)\b|\bwhat (?:is the )?(?:term|tenure|duration)\b|\bfor what (?:term|period)\b|कितने (?:वर्ष|साल|दिन|महीने|घंटे)/i,
  ],
  [
    'date',
    /^(?:(?:and|but|by|since|until|till|from|on|in|exactly|about) )*when\b|\b(?:what|which) (?:year|date|day|month|century|decade|census)\b|\bsince when\b|\buntil when\b|(?:^|\s)कब(?:\s|$|\?)|किस (?:वर्ष|साल|सन|तारीख|दिन|तिथि)/i,
  ],
  [
    'doer',
    /^(?:by )?who(?:m|se)? (?:is (?:responsible|entitled|allowed|empowered|able|eligible|to)\b|(?:are|can|may|must|should|will|do|does|makes?|have)\b|(?!is\b|was\b|has\b)\p{Ll}+s\b)/iu,
  ],
  [
    'amount',
    /\bhow (?:much|large|big|tall|high|deep|far|fast|strong|heavy|wide)\b|\bwhat (?:is|was|were|are) the (?:size|population|strength|length|height|budget|turnout|quorum|area|depth|speed|weight|total)\b/i,
  ],
  [
    'name',
    /\bwhat (?:is|was|are|were) (?:\S+ ){0,6}(?:called|known as|termed)\b|\bwhat (?:is|was) the (?:\S+ )?name of\b|\bby what (?:other )?name\b|\bwhat (?:do|did) (?:we|they|people) call\b|क्या कह(?:ते|ा जाता)/i,
  ],
  [
    'person',
    /^(?:\S+ ){0,2}who(?:m|se)?\b|\b(?:which|what) (?:person|man|woman|leader|judge|president|minister|king|viceroy|reformer|author|scientist|player|governor|speaker|chief justice)\b|(?:^|\s)(?:कौन|किसने|किसे)(?:\s|$|\?)(?!.*कहते)/i,
  ],
  [
    'place',
    /^(?:\S+ ){0,2}where\b|\b(?:what|which) (?:is the )?(?:countr(?:y|ies)|cit(?:y|ies)|towns?|villages?|districts?|places?|continents?|states?|rivers?|buildings?|capital|provinces?)\b|कहाँ|कहां|किस (?:देश|शहर|स्थान|गाँव|राज्य)/i,
  ],
]

/** Reads what a question wants its answer to hold. */
export function answerType(question: string): AnswerType {
  const duration = TYPES.find(([type]) => type === 'duration')?.[1].test(question)
  const typed = TYPES.find(([, pattern]) => pattern.test(question))?.[0]
  const counted = duration
    ? undefined
    : (COUNTED.exec(question) ?? (typed && typed !== 'amount' ? undefined : COUNTED_BY_NAME.exec(question)))
  if (counted) {
    const rest = counted.slice(1).find((part) => part !== undefined) ?? ''
    const verb = VERB.exec(rest)
    const nouns = wordsOf(verb && verb.index > 0 ? rest.slice(0, verb.index) : rest.split(' ').slice(0, 3).join(' '))
    return { type: 'count', things: new Set(nouns.filter(({ stop }) => !stop).map(({ stem }) => stem)) }
  }
  return { type: typed ?? 'open' }
}

const ARTICLE = /\b(?:articles?|arts?\.|sections?) ?\d/i
/** "through the 43rd and 44th amendments" */
const AMENDMENT = /\b\d{1,3}(?:st|nd|rd|th)\b[^.]{0,30}\bamendments?\b/i
const NAMING =
  /[‘“"'][^‘“"']{2,60}[’”"']|\b(?:called|known as|termed|named|referred to as|described as|means)\b|कहते|कहा जाता|कहलात|नाम/i
/** Words after a number within which what it counts is named. */
const COUNT_REACH = 4
const TIME_UNIT = /^(?:years?|months?|weeks?|days?|hours?|minutes?|decades?|centur\w+|वर्ष|साल|महीने|माह|दिन|घंटे)/i
const PERIOD = /\b(?:every|each|once (?:in|a)|annually|yearly|permanent|for life)\b|हर |प्रति/i
const MONEY = /(?:Rs\.?|₹|\$|£|€)\s?\d|\d\s?(?:rupees|dollars|crores?|lakhs?|million|billion|pounds|euros)/i

/**
 * How well a sentence holds what a question wants, 0..1: 1 the very thing (a number of the asked things, a year, a name that the
 * question did not bring along), 0 nothing of the kind. Undefined where the question's type tells nothing of its answer's looks.
 */
export function answerFit(
  wanted: AnswerType,
  sentence: string,
  asked: ReadonlySet<string>,
  isLike: (a: Word, stems: ReadonlySet<string>) => boolean = () => false,
): number | undefined {
  const numbers = () => findNumbers(sentence).filter(({ text }) => !isAsked(text, asked))
  const some = (...kinds: NumberTerm['kind'][]) => numbers().some(({ kind }) => kinds.includes(kind))
  switch (wanted.type) {
    case 'open':
      return undefined
    case 'count':
      return countFit(wanted.things, sentence, asked, isLike)
    case 'article':
      return some('article') || ARTICLE.test(sentence) ? 1 : 0
    case 'amendment':
      return some('amendment') || AMENDMENT.test(sentence) ? 1 : 0
    case 'name':
      return NAMING.test(sentence) || newNames(sentence, asked).length > 0 ? 1 : 0
    case 'schedule':
    case 'part':
      return some(wanted.type) ? 1 : 0
    case 'share':
      return some('percent', 'fraction')
        ? 1
        : /\b(?:majority|half|third|two-thirds|one-third|all|whole)\b/i.test(sentence)
          ? 0.7
          : 0
    case 'duration':
      if (unitAfterNumber(sentence)) return 1
      return PERIOD.test(sentence) ? 0.5 : 0
    case 'age':
      return /\b(?:age|old|years?)\b|आयु|उम्र|वर्ष/i.test(sentence) &&
        /(?<![\d-])[1-9]\d(?!\d)/.test(sentence.replace(/\b\d{4}\b/g, ''))
        ? 1
        : 0
    case 'money':
      return MONEY.test(sentence) ? 1 : 0
    case 'date':
      if (some('date', 'month', 'year', 'day')) return 1
      return some('century') ||
        /\b(?:century|midnight|today|decade of|late (?:eighties|nineties)|19\d0s)\b/i.test(sentence)
        ? 0.6
        : 0
    case 'amount':
      return some('count', 'percent', 'fraction') || /\d/.test(withoutDates(sentence)) ? 1 : 0
    case 'person':
      return personFit(sentence, asked)
    case 'doer':
      return looksLikeAnswer('person', sentence) ? 1 : 0
    case 'place':
      return newNames(sentence, asked).length > 0 || /[\u0900-\u097f]/.test(sentence) ? 1 : 0
  }
}

function isAsked(text: string, asked: ReadonlySet<string>): boolean {
  return wordsOf(text).every(({ stem, stop }) => stop || asked.has(stem))
}

const NUMBER =
  /^(?:\d[\d,.]*|[०-९]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|lakhs?|crores?|millions?|billions?|dozen|twice|thrice|एक|दो|तीन|चार|पाँच|पांच|छह|छः|सात|आठ|नौ|दस|बीस|सौ|हज़ार|लाख|करोड़)$/i

/** Whether a word is a number, in digits or letters. */
export function isNumberWord(text: string): boolean {
  return NUMBER.test(text)
}

function unitAfterNumber(sentence: string): boolean {
  const words = wordsOf(sentence)
  return words.some(
    // "two or more years", "thirty to forty days"
    ({ text }, i) => NUMBER.test(text) && words.slice(i + 1, i + 4).some((word) => TIME_UNIT.test(word.text)),
  )
}

/** Best where the number stands before the asked things' name ("twelve nominated members"); less where it stands elsewhere. */
function countFit(
  things: ReadonlySet<string>,
  sentence: string,
  asked: ReadonlySet<string>,
  isLike: (a: Word, stems: ReadonlySet<string>) => boolean,
): number {
  const words = wordsOf(sentence)
  const dates = new Set(
    findNumbers(sentence)
      .filter(({ kind }) => /^(?:date|day|month|year|article|amendment|schedule|part)$/.test(kind))
      .flatMap(({ text }) => wordsOf(text).map((word) => word.text)),
  )
  let best = 0
  for (const [i, word] of words.entries()) {
    if (!NUMBER.test(word.text) || dates.has(word.text) || (asked.has(word.stem) && !word.stop)) continue
    const after = words.slice(i + 1, i + 1 + COUNT_REACH)
    if (after.some(({ stem }) => things.has(stem))) return 1
    if (after.some((other) => !other.stop && isLike(other, things))) best = Math.max(best, 0.8)
    const nounNext = after.find(({ stop, text }) => !stop && !NUMBER.test(text))
    // "The number of members … was reduced to 299": nothing else is counted.
    const alone = nounNext === undefined || /[.,;)]/.test(sentence.slice(word.end, nounNext.start))
    const named = words.some(({ stem }) => things.has(stem))
    best = Math.max(best, named ? (alone ? 0.7 : 0.35) : alone ? 0.2 : 0.1)
  }
  return best
}

/** Capitalised words that the question did not bring along and that begin no sentence. */
function newNames(sentence: string, asked: ReadonlySet<string>): Word[] {
  const words = wordsOf(sentence)
  return words.filter(
    (word, i) =>
      /^\p{Lu}/u.test(word.text) &&
      !word.stop &&
      !asked.has(word.stem) &&
      (i > 0 || /^\p{Lu}/u.test(words[1]?.text ?? '') || /^(?:\p{Lu}\.?\s*)+/u.test(sentence)) &&
      !(i === 0 && !/^\p{Lu}/u.test(words[1]?.text ?? '')),
  )
}

const TITLE =
  /\b(?:Mr|Mrs|Ms|Dr|Prof|Justice|Lord|Sir|Pt|Pandit|Sardar|Maharaja|Maharana|King|Queen|Begum|Shri|Smt|Ustad|Saint|Pope|Emperor)\b\.?\s+\p{Lu}/u
const INITIALS = /\b(?:\p{Lu}\.\s?){1,3}\p{Lu}\p{Ll}+/u
/** Words of names that are no person's. */
const NO_PERSON =
  /^(?:Sabha|Parliament|Courts?|Commission|Committee|Assembly|Council|Constitutions?|Acts?|Articles?|Amendments?|Bills?|States?|Union|India|Indian|Indians|Governments?|Part(?:y|ies)|Congress|Panchayats?|Gram|Lok|Rajya|Zilla|Supreme|High|House|Ministers?|Ministry|President|Governors?|Speaker|Schedule[ds]?|Castes?|Tribes?|Rights?|Principles?|Pradesh|Nadu|Bengal|Kerala|Punjab|Bihar|Gujarat|Maharashtra|Karnataka|Rajasthan|Kashmir|Assam|Manipur|Nagaland|Mizoram|Tripura|Sikkim|Goa|Haryana|Odisha|Jharkhand|Telangana|Delhi|Mumbai|Chennai|Kolkata|University|School|College|Church|War|River|City|County|Street|Europe|European|America|American|Africa|Asia|England|English|Britain|British|France|French|German|Germany|Russia|Russian|China|Chinese|Japan|Japanese|Israel|Canada|Nepal|Pakistan|Lanka|United|Kingdom|Republic|Empire|Dynasty|January|February|March|April|May|June|July|August|September|October|November|December|North|South|East|West|Northern|Southern|Eastern|Western|Central|Hindi|Hindu|Muslims?|Christian|Dalits?)$/

/** A person's name, best with a title or initials; an office or a body may stand for one. */
function personFit(sentence: string, asked: ReadonlySet<string>): number {
  if (/[\u0900-\u097f]/.test(sentence)) return 0.6
  const words = wordsOf(sentence)
  // "Tamil Nadu": what stands beside such a word belongs to it.
  const impersonal = words.filter(({ text }) => NO_PERSON.test(text))
  const names = newNames(sentence, asked).filter(
    (name) =>
      !impersonal.some(({ start, end }) => Math.abs(start - name.end) <= 1 || Math.abs(name.start - end) <= 1) &&
      !NO_PERSON.test(name.text),
  )
  const text = sentence.replace(/[“”"]/g, '')
  if (names.length > 0 && (TITLE.test(text) || INITIALS.test(text))) return 1
  if (names.length >= 2) return 0.9
  if (names.length === 1) return 0.7
  return looksLikeAnswer('person' satisfies AnswerKind, sentence) ? 0.3 : 0
}

function withoutDates(sentence: string): string {
  const dates = findNumbers(sentence).filter(({ kind }) => /^(?:date|day|month|year|article|amendment)$/.test(kind))
  return dates.reduce((text, date) => text.replace(date.text, ' '), sentence)
}
