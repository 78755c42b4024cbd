import type { NameTerm } from './find-names.ts'
import { isOrdered } from './find-numbers.ts'
import { FAMILIES } from './lexicon/families.ts'
import { OFFICES, SAME_NAMES, WHOLES } from './lexicon/names.ts'
import { COUNTRIES, INDIAN_STATES, RIVERS, THE_COUNTRIES } from './lexicon/places.ts'
import type { NumberTerm } from './number-term.ts'
import { inCaseOf } from './number-words.ts'
import { contentWords, foldPhrase } from './quiz-text.ts'
import type { Random } from './seeded-random.ts'
import type { TermBank } from './term-bank.ts'

/** A term that could stand in another's place, wrongly. */
export interface Alternative {
  /** As an option: "The Cabinet" where the key stands without an article. */
  text: string
  /** As it would stand in the sentence. */
  inSentence: string
  /** For numbers: where it stands among the others. */
  value?: number
}

interface Place {
  /** The sentence the term stands in. */
  text: string
  bank: TermBank
  random: Random
  /** Set beside the key, not put in its place: then a word that the sentence has must not single the key out. */
  asOptions: boolean
}

/**
 * Wrong terms of the key's own kind that fit its place in the sentence (number,
 * article, capital), best first: none stands in the sentence, means the same as
 * the key, is a part or the whole of it, or is said of the same thing elsewhere
 * in the library.
 */
export function alternativesTo(term: NumberTerm | NameTerm, place: Place): Alternative[] {
  return 'write' in term ? numbersBeside(term, place) : namesBeside(term, place)
}

function numbersBeside(term: NumberTerm, { text, bank, random }: Place): Alternative[] {
  const before = text.slice(0, term.start)
  const rest = contentWords(before + text.slice(term.end))
  const near = (value: number) => {
    if (term.kind === 'year') return Math.abs(value - term.value) <= (term.value > 1900 ? 6 : 15)
    if (term.kind === 'date') return Math.abs(value - term.value) <= 365 * 5
    if (term.kind === 'month' || term.kind === 'article') return Math.abs(value - term.value) <= 60
    if (term.kind === 'count' || term.kind === 'percent') return value >= term.value / 2 && value <= term.value * 2
    if (term.kind === 'century') return Math.abs(value - term.value) <= 3
    if (term.kind === 'amendment') return Math.abs(value - term.value) <= 15
    return true
  }
  // What is more than 250 is more than 150 too: only the other side is wrong.
  const isWrong = (value: number) => {
    if (/\b(?:more than|over|above|exceeds?|exceeding|beyond) $/i.test(before)) return value > term.value
    return /\b(?:less than|under|below|up to|upto|within|not exceed|fewer than) $/i.test(before)
      ? value < term.value
      : true
  }
  const pooled = random.shuffle(bank.numbers(term.kind, term.unit).filter(near)).slice(0, term.kind === 'date' ? 1 : 6)
  const made = [...random.shuffle(term.nearby.slice(0, 4)), ...term.nearby.slice(4)]
  const values = [...new Set(interleave(made, pooled))].filter((value) => value !== term.value && isWrong(value))
  const taken = new Set([foldPhrase(term.text)])
  return values.flatMap((value) => {
    const written = term.write(value)
    if (written === undefined) return []
    const folded = foldPhrase(written)
    if (taken.has(folded) || ` ${foldPhrase(text)} `.includes(` ${folded} `)) return []
    if (!fitsArticle(before, term.text, written) || bank.supports(written, rest)) return []
    taken.add(folded)
    return [{ text: written, inSentence: written, value }]
  })
}

function namesBeside(term: NameTerm, { text, bank, random, asOptions }: Place): Alternative[] {
  const before = text.slice(0, term.start)
  const rest = contentWords(before + text.slice(term.end))
  const banked = bank.names(term.kind).filter((name) => name.mentions >= bank.leastMentions)
  const ranked = [
    // What an examiner sets against it, what is called the same, then whatever of its kind the material keeps coming back to.
    ...familyOf(term.text, bank, random),
    ...random.shuffle(banked.filter((name) => term.head !== '' && name.head === term.head).map((name) => name.text)),
    ...(term.kind === 'name' || term.kind === 'concept'
      ? []
      : random.shuffle(
          banked
            .filter((name) => bank.isKnown(name.text))
            .slice(0, 24)
            .map((name) => name.text),
        )),
    ...random.shuffle(FALLBACKS[term.kind] ?? []),
  ]
  // A word of the key that stands in the sentence anyway ("Council of Ministers … Prime Minister") must be in other options too.
  const shared = contentWords(term.text).filter((word) => rest.includes(word))
  if (asOptions && shared.length > 0) {
    const hasShared = (name: string) => shared.every((word) => contentWords(name).includes(word))
    ranked.sort((a, b) => Number(hasShared(b)) - Number(hasShared(a)))
  }
  const wholeText = ` ${foldPhrase(text)} `
  const takenThe = /\b[Tt]he $/.test(before)
  // "ratified by Parliament" beside "by the Cabinet": the article comes with the name where the key has none.
  const bears = (name: string) => {
    if (term.kind === 'country') return THE_COUNTRIES.test(name)
    if (term.kind === 'concept' || term.kind === 'office' || term.kind === 'person') return takenThe
    return bank.find(name)?.takesThe ?? /^(?:institution|law|feature|river)$/.test(term.kind)
  }
  // There is no Chief Minister of India.
  const isOfIndia = term.kind === 'office' && text.startsWith(' of India', term.end)
  const chosen: string[] = []
  for (const candidate of ranked) {
    const name = term.kind === 'concept' ? inCaseOf(term.text, candidate) : candidate
    const folded = foldPhrase(name)
    if (chosen.includes(name) || wholeText.includes(` ${folded} `)) continue
    if (
      (term.kind !== 'person' && isPlural(name) !== isPlural(term.text)) ||
      isCapitals(name) !== isCapitals(term.text)
    )
      continue
    if (!canStandTogether(term.text, name) || !chosen.every((other) => canStandTogether(other, name))) continue
    if (!fitsArticle(before, term.text, name) || (takenThe && !bears(name))) continue
    if (isOfIndia && !OF_INDIA.test(name)) continue
    if (bank.supports(name, rest) || bank.supports(shortOf(name), rest)) continue
    if (term.kind === 'institution' && isPurse(name) !== isPurse(term.text)) continue
    chosen.push(name)
  }
  const keyBears = bank.find(term.text)?.takesThe ?? takenThe
  return chosen.map((name) =>
    bears(name) && !takenThe && before !== '' && !keyBears
      ? { text: `The ${name}`, inSentence: `the ${name}` }
      : { text: name, inSentence: name },
  )
}

/** "Legislative Council" of "Legislative Council of the State": what is said of the one is said of the other. */
function shortOf(name: string): string {
  const [short = name] = name.split(/ (?:of|for) /)
  return short.includes(' ') ? short : name
}

/** A fund, a bank or a company is no rival of a house, a court or a commission. */
const isPurse = (name: string) =>
  /\b(?:Fund|Trust|Exchange|Bank|Company|Corporation|University|Academy|Institute)\b/.test(name)

const OF_INDIA =
  /^(?:President|Vice-President|Prime Minister|Chief Justice|Attorney General|Comptroller and Auditor General|Solicitor General|Governor-General|Viceroy)$/

const FALLBACKS: Partial<Record<NameTerm['kind'], readonly string[]>> = {
  office: OFFICES.slice(0, 14),
  country: COUNTRIES.filter((name) => name.length > 3),
  state: INDIAN_STATES.slice(0, 29),
  river: RIVERS.slice(0, 20),
}

/** Names set against a name, those the library has first; a family that is more like it before one that is less. */
export function familyOf(name: string, bank: TermBank, random: Random): string[] {
  const key = foldPhrase(name)
  const aliases = [
    key,
    ...(SAME_NAMES.find((names) => names.some((other) => foldPhrase(other) === key)) ?? []).map(foldPhrase),
  ]
  const families = FAMILIES.filter((family) => family.some((member) => aliases.includes(foldPhrase(member))))
  return families.flatMap((family) => {
    const shuffled = random.shuffle(family)
    return [
      ...shuffled.filter((member) => bank.mentions(member) > 0),
      ...shuffled.filter((member) => bank.mentions(member) === 0),
    ]
  })
}

/** False for names of one thing, a whole and its part, and names of which one holds the other. */
export function canStandTogether(a: string, b: string): boolean {
  const [one, two] = [foldPhrase(a), foldPhrase(b)]
  if (one === two || ` ${one} `.includes(` ${two} `) || ` ${two} `.includes(` ${one} `)) return false
  if (singular(one) === singular(two)) return false
  if (
    SAME_NAMES.some(
      (names) => names.some((name) => foldPhrase(name) === one) && names.some((name) => foldPhrase(name) === two),
    )
  )
    return false
  const isPartOf = (whole: string, part: string) => WHOLES[whole]?.some((name) => foldPhrase(name) === part) === true
  if (isPartOf(one, two) || isPartOf(two, one)) return false
  // "Dr. Ambedkar" and "B. R. Ambedkar": the last words of two names of persons are enough.
  const last = (name: string) => name.split(' ').at(-1) ?? ''
  const initials = /^(?:\p{Ll} ){1,3}\p{Ll}{2,}$|^(?:dr|justice|sardar|pandit|mahatma|mr|ms|lord) /u
  return !(last(one) === last(two) && (initials.test(one) || initials.test(two)))
}

function singular(folded: string): string {
  return folded.replace(/ies\b/g, 'y').replace(/s\b/g, '')
}

/** "______ is" and "______ are" tell singular from plural, so options must agree. */
export function isPlural(name: string): boolean {
  const head =
    name
      .split(/ (?:of|for)\b/)[0]
      ?.split(' ')
      .at(-1) ?? ''
  return /[^sui]s$/.test(head) && !/^(?:Netherlands|States|Congress|Ganges)$/.test(name.split(' ').at(-1) ?? '')
}

function isCapitals(name: string): boolean {
  return /^\p{Lu}{2,}$/u.test(name)
}

/** After "a" or "an" an option must begin as the key does. */
function fitsArticle(before: string, key: string, option: string): boolean {
  if (!/\b(?:a|an) $/i.test(before)) return true
  return startsWithVowelSound(key) === startsWithVowelSound(option)
}

/** By spelling: "a unicameral", "a European", "an hour", "an 18-year-old", "an MLA". */
export function startsWithVowelSound(text: string): boolean {
  if (/^(?:uni|eu|use|usu|one\b|once\b)/i.test(text)) return false
  if (/^(?:hour|honest|honou?r|heir)/i.test(text) || /^(?:8|11\b|18\b)/.test(text)) return true
  if (/^[A-Z]{2,}/.test(text)) return /^[AEFHILMNORSX]/.test(text)
  return /^[aeiouáéíóú]/i.test(text)
}

/**
 * `count` alternatives and the key in their places: numbers in rising order
 * with the key at the wished place if the values allow it, others around the
 * key at the wished place. Undefined when there are too few.
 */
export function arrangeOptions(
  key: { text: string; value?: number; ordered: boolean },
  alternatives: readonly Pick<Alternative, 'text' | 'value'>[],
  places: readonly number[],
  optionCount = 4,
): { options: string[]; answerIndex: number } | undefined {
  if (alternatives.length < optionCount - 1) return undefined
  if (!key.ordered || key.value === undefined) {
    const [place = 0] = places
    const options = alternatives.slice(0, optionCount - 1).map((alternative) => alternative.text)
    options.splice(place, 0, key.text)
    return { options, answerIndex: place }
  }
  const { value } = key
  const lower = alternatives.filter((alternative) => (alternative.value ?? 0) < value)
  const higher = alternatives.filter((alternative) => (alternative.value ?? 0) > value)
  const place = places.find((wished) => lower.length >= wished && higher.length >= optionCount - 1 - wished)
  if (place === undefined) return undefined
  const chosen = [...lower.slice(0, place), ...higher.slice(0, optionCount - 1 - place), { text: key.text, value }]
  chosen.sort((a, b) => (a.value ?? 0) - (b.value ?? 0))
  return { options: chosen.map((alternative) => alternative.text), answerIndex: place }
}

/** Whether the options beside a term are set in rising order. */
export function isOrderedTerm(term: NumberTerm | NameTerm): boolean {
  return 'write' in term && isOrdered(term.kind)
}

function interleave<T>(a: readonly T[], b: readonly T[]): T[] {
  return Array.from({ length: Math.max(a.length, b.length) }).flatMap((_, at) => [
    ...a.slice(at, at + 1),
    ...b.slice(at, at + 1),
  ])
}
