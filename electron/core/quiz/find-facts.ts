import type { NameKind, NameTerm } from './find-names.ts'
import { findNumbers } from './find-numbers.ts'
import type { NumberTerm } from './number-term.ts'
import { EXCLUSIVE } from './weigh-sentence.ts'

/**
 * A term that one sentence settles: put another of its kind in its place and
 * the sentence is wrong. Numbers, dates and numbered articles mostly are;
 * names only where the wording lets no second one be right ("was moved by",
 * "presided over", "the first", "from the Constitution of").
 */
export interface Fact {
  term: NumberTerm | NameTerm
  /** The term opens the sentence (after "The" and a short phrase such as "In 1946,"). */
  isSubject: boolean
}

export function findFacts(
  text: string,
  names: readonly NameTerm[],
  numbers: readonly NumberTerm[] = findNumbers(text),
): Fact[] {
  return [
    ...numbers
      .filter((term) => settlesNumber(text, term, names, numbers))
      .map((term) => ({ term, isSubject: term.start === 0 })),
    ...names.flatMap((term) =>
      settledName(
        text,
        term,
        names,
        numbers.some(({ kind }) => kind === 'year' || kind === 'date'),
      ),
    ),
  ]
}

const EXACT_BEFORE: Partial<Record<NumberTerm['kind'], RegExp>> = {
  date: /\b(?:on|of|since|from|dated) $/i,
  day: /\b(?:on|of|over \p{L}+ on|since|from) $/iu,
  month: /\b(?:in|of|since|from) $/i,
  year: /\b(?:in|of|since|till|until|Act|Act,|year) $/i,
  century: /\b(?:in|of|since|from) (?:the )?$/i,
}
const INEXACT_BEFORE =
  /\b(?:some|over|or|past|last|next|few|between|till|until|after|before|by|to|another|every other|the|those|these|all) $/i
/** Past events are told by their date, or by a name long enough to be one thing. */
const PAST =
  /\b(?:was|were|had|won|got|sent)\b|(?<!\b(?:is|are|be|been|being|has|have|not) (?:\p{L}+ )?)\b\p{L}{3,}ed\b/u

/** In Hindi the postposition that makes a date exact comes after it. */
const HINDI_AFTER = /^ (?:में|को|से|का|की|के|तक)(?![\p{L}\p{M}])/u

function settlesHindiNumber(term: NumberTerm, before: string, after: string): boolean {
  if (/(?:या|से|और|कुछ|लगभग|क़रीब|करीब|पहले|बाद) $/.test(before) && /\d/.test(before.slice(-20))) return false
  if (/^(?:date|day|month|year|century)$/.test(term.kind))
    return HINDI_AFTER.test(after) && !/^ के (?:बाद|पहले)/.test(after)
  return true
}

/** "For two years, from 1321 to 1323": each of the three follows from the other two. */
function isReckoned(term: NumberTerm, numbers: readonly NumberTerm[]): boolean {
  const years = numbers.filter(({ kind }) => kind === 'year').map(({ value }) => value)
  const spans = numbers.filter(({ kind, unit }) => kind === 'count' && /^(?:years?|वर्ष|साल)/.test(unit))
  return (
    (term.kind === 'year' || spans.includes(term)) &&
    spans.some(({ value }) => years.some((from) => years.includes(from + value)))
  )
}

function settlesNumber(
  text: string,
  term: NumberTerm,
  names: readonly NameTerm[],
  numbers: readonly NumberTerm[],
): boolean {
  const before = text.slice(0, term.start)
  const after = text.slice(term.end)
  if (isReckoned(term, numbers)) return false
  if (/[\u0904-\u0939]/.test(text)) return settlesHindiNumber(term, before, after)
  // One of a list or a range can't be asked for alone.
  if (/(?:\d|\p{Lu}\p{L}*),? (?:and|or|to|&) $/u.test(before) && /\d|Schedule|Article/.test(before.slice(-24)))
    return false
  if (
    /^(?: amendment)?,? (?:and|or|to|&) (?:the )?(?:\d|Article|[A-Z]\w+ Schedule)/.test(after) ||
    /^\s?[-–]\s?\d/.test(after)
  )
    return false
  // A number inside a name ("Government of India Act 1919") belongs to the name.
  const exact = EXACT_BEFORE[term.kind]
  if (exact) return exact.test(before) && hasAnchor(text, term, names, numbers)
  if (term.kind === 'article' || term.kind === 'part' || term.kind === 'schedule' || term.kind === 'amendment') {
    return !/:/.test(after.slice(0, 2)) && text.length - term.text.length > 40
  }
  if (INEXACT_BEFORE.test(before)) return false
  // Said twice in the sentence it would stand beside its own change: "after every ten years … by another ten years".
  if (numbers.some((other) => other !== term && other.kind === term.kind && other.value === term.value)) return false
  // A number in a name or a title: "the Seven Years' War", "the Third Estate".
  if (/["“‘'] ?$/.test(before) || (/^\p{Lu}/u.test(term.text) && (before !== '' || /^[ -]\p{Lu}/u.test(after))))
    return false
  if (term.kind === 'count' && term.value === 2 && !/^(?:years|months|houses)$/.test(term.unit)) return false
  if (term.kind === 'count' && !/s$|people|men|women|children|per cent|crore|lakh/.test(term.unit)) return false
  const dated = numbers.some((other) => other !== term && /^(?:date|year|month)$/.test(other.kind))
  const named = names.some((name) => name.text.includes(' ') && /^(?:institution|law|person|feature)$/.test(name.kind))
  return (dated || named || !PAST.test(text)) && hasAnchor(text, term, names, numbers)
}

function hasAnchor(
  text: string,
  term: NumberTerm,
  names: readonly NameTerm[],
  numbers: readonly NumberTerm[],
): boolean {
  const others = names.filter((name) => name.end <= term.start || name.start >= term.end)
  return others.length > 0 || numbers.length > 1 || text.split(' ').length >= 14
}

const EVENT =
  'moved|proposed|founded|established|drafted|wrote|authored|introduced|presided|chaired|headed|led|launched|discovered|inaugurated|signed|declared|passed|ruled|held|struck|upheld|enacted|built|defeated|annexed|became|recommended|resigned|won|conquered|organised|organized|appointed|abolished|invented|coined|started|convened|published|served as|suggested|partitioned|succeeded|was elected|was appointed|was chosen|was the (?:first|last|only|founder|author|chairman|president|leader|king|ruler|capital|viceroy|governor|chief)|is the (?:only|highest|largest|longest|oldest|smallest|deepest|first|head|capital|apex|supreme|custodian|guardian|principal|final)|was set up|was created|was formed|was established|was born'
const POWER =
  'appoints|chooses|possesses|is never|is obliged|has the sole|has no power|cannot|can be introduced only|is the presiding officer|allocates|dismisses|enjoys|acts as|advises|sanctions|enforces|elects|dissolves|summons|prorogues|certifies|presides over|conducts|audits|supervises|interprets|nominates|promulgates|administers the oath|decides whether|draws up|has the power to|has the exclusive power|has exclusive|represents the|consists of|comprises|would comprise|is composed of|is responsible to|is elected by|is appointed by|is headed by|is presided over|is nominated by'
/** What a place does. */
const LIES = 'receives|flows|rises|originates|separates|connects|borders|lies'
const PLACE_VERB = new RegExp(`^ (?:${LIES})\\b`)
const SUBJECT_VERB = new RegExp(
  `^(?: \\([A-Z]+\\))? (?:also |then |later |alone |first |has |had )?(?:${EVENT}|${POWER})\\b`,
)
const BY_BEFORE =
  /\b(?:appointed|elected|headed|chaired|presided over|removed|nominated|administered|summoned|dissolved|decided|led|founded|established|moved|proposed|drafted|written|built|introduced|inaugurated|launched|discovered|passed|adopted|conducted|called|set up|issued|prepared|ratified|approved|coined|ruled|described|recommended|fixed|exercised|presented|defeated|annexed|abolished|created) by (?:the )?(?:then )?$/
const PLACE_BEFORE =
  /\b(?:(?:borrowed|taken|derived|adopted|came|comes|drawn|copied|inspired) (?:from|by) (?:the )?(?:Constitution of )?(?:the )?|(?:held|born|situated|located|established|founded|signed|launched|inaugurated|opened|met|started|begun|began|formed|introduced|adopted|set up) (?:in|at|near) |flows through |rises in |originates in |capital of |(?:receives|set in|sets in) .{0,20}(?:over|in) |between .{3,30} and )$/
const DOCUMENT_BEFORE =
  /\b(?:(?:listed|mentioned|included|contained|placed|enumerated|given|provided|guaranteed|laid down|elected|established|created|set up|introduced|passed|made|enacted|appointed) (?:in|under|by) (?:the )?|chairmanship of |presidency of |leadership of |vested in (?:the )?|responsible to (?:the )?|submitted to (?:the )?|presented to (?:the )?|accountable to (?:the )?|answerable to (?:the )?|(?:opinion|assent|consent|approval|recommendation|permission|sanction|resolution|chairmanship|appointment) of (?:the )?|\bonly (?:by|in|on|to|before|with) (?:the )?|\bvests? .{5,70} in (?:the )?)$/

/** Which patterns fit which kind of name. */
const FITTING: Record<NameKind, readonly ('subject' | 'by' | 'place' | 'document')[]> = {
  person: ['subject', 'by', 'document'],
  office: ['subject', 'by', 'document'],
  institution: ['subject', 'by', 'document'],
  law: ['subject', 'document', 'place'],
  country: ['subject', 'place'],
  state: ['subject', 'place'],
  city: ['subject', 'place'],
  river: ['subject', 'place'],
  feature: ['subject', 'place'],
  name: ['subject', 'document'],
  concept: ['subject', 'by', 'document'],
}

/** What somebody did in a year that is told was done by one. */
const PAST_VERB =
  /^ (?:\p{L}{3,}ed|gave|took|made|led|held|met|won|lost|rose|fell|wrote|built|brought|chose|began|came|became|left|set up) /u

function settledName(text: string, term: NameTerm, names: readonly NameTerm[], isDated: boolean): Fact[] {
  const before = text.slice(0, term.start)
  const after = text.slice(term.end)
  if (
    isListed(before, after, term, names) ||
    /\b(?:like|such as|for example|for instance|e\.g\.|including|especially) (?:the )?$/i.test(before)
  )
    return []
  // A single plain name ("States", "Indian") says too little to be an answer.
  if (term.kind === 'concept')
    return settlesConcept(text, before, after) ? [{ term, isSubject: /^(?:The |An? )?$/.test(before) }] : []
  // A case is known by its parties: "the Golaknath ruling".
  if (/^ (?:case|ruling|judge?ment|verdict)\b/.test(after) && /\b[Tt]he $/.test(before))
    return [{ term, isSubject: false }]
  if (term.kind === 'name' && (!term.text.includes(' ') || term.text.length < 8)) return []
  const isSubject =
    /^(?:(?:(?:In|On|At|During|From|Under|By) [^,;:]{3,40}|\p{Lu}\p{Ll}+ly), )?(?:[Tt]he |An? )?$/u.test(before)
  const patterns = FITTING[term.kind]
  const asSubject =
    patterns.includes('subject') &&
    isSubject &&
    (SUBJECT_VERB.test(after) ||
      (patterns.includes('place') && PLACE_VERB.test(after)) ||
      (EXCLUSIVE.test(after.slice(0, 40)) && /^ (?:is|was|has|are)\b/.test(after)) ||
      (isDated && PAST_VERB.test(after)))
  const fits =
    asSubject ||
    (patterns.includes('by') && BY_BEFORE.test(before)) ||
    (patterns.includes('place') && PLACE_BEFORE.test(before)) ||
    (patterns.includes('document') && DOCUMENT_BEFORE.test(before))
  return fits ? [{ term, isSubject: asSubject }] : []
}

/** "a special majority", "advisory jurisdiction": settled where the text says by or through which, or that only this one is. */
function settlesConcept(text: string, before: string, after: string): boolean {
  // In "the monsoon trough" it is a part of another term.
  if (
    !/^(?:[.,;:)]| (?:is|are|was|were|means|refers|consists|of|by|in|on|to|for|with|and|or|which|that|can|may|has)\b)/.test(
      after,
    )
  )
    return false
  if (
    /\b(?:by|through|possesses|called|known as|means of|method of|system of|principle of|requires?|required|form of|writ of|under its) (?:an? |the )?$/.test(
      before,
    )
  )
    return true
  return (
    /^(?:The |An? )?$/.test(before) &&
    (EXCLUSIVE.test(text) || /^ (?:means|is|refers|was abolished|is payable|consists)\b/.test(after))
  )
}

/** "Gujarat, Maharashtra and …": a member of a list is not the one right answer. */
function isListed(before: string, after: string, term: NameTerm, names: readonly NameTerm[]): boolean {
  const next = names.find((other) => other.start >= term.end)
  const last = names.findLast((other) => other.end <= term.start)
  const joined = /^(?:,| and| or|, and|, or| as well as|\/)(?: the)? $/
  if (next && joined.test(`${after.slice(0, next.start - term.end)}`)) return true
  if (last && joined.test(before.slice(last.end))) return true
  return /^ (?:and|or) (?:the )?\p{Ll}|^, (?:the )?\p{L}+(?:,| and)/u.test(after)
}
