import { FAMILIES } from './lexicon/families.ts'
import {
  HONORIFICS,
  INSTITUTION_HEADS,
  LAW_HEADS,
  OFFICES,
  PERSON_WORDS,
  SINGLE_INSTITUTIONS,
} from './lexicon/names.ts'
import { CITIES, COUNTRIES, INDIAN_STATES, PHYSICAL_HEADS, RIVERS } from './lexicon/places.ts'

export type NameKind =
  | 'person'
  | 'office'
  | 'institution'
  | 'law'
  | 'country'
  | 'state'
  | 'city'
  | 'river'
  | 'feature'
  /** A proper name of no known class. */
  | 'name'
  /** A term of a subject, in small letters: "special majority". */
  | 'concept'

/** A proper name in a sentence. */
export interface NameTerm {
  kind: NameKind
  text: string
  start: number
  end: number
  /** The word that says what it is ("Commission", "Bay"), '' where none does. */
  head: string
}

/** How often each word stands with and without a capital inside sentences: tells a name at a sentence's start from a plain word. */
export type CapitalCounts = ReadonlyMap<string, { capital: number; small: number }>

export function countCapitals(sentences: Iterable<string>): CapitalCounts {
  const counts = new Map<string, { capital: number; small: number }>()
  for (const sentence of sentences) {
    for (const match of sentence.matchAll(/(?<=[\p{L}\d,] )\p{L}[\p{L}\p{M}-]+/gu)) {
      const word = match[0]
      const key = word.toLowerCase()
      const entry = counts.get(key) ?? { capital: 0, small: 0 }
      if (/^\p{Lu}/u.test(word)) entry.capital++
      else entry.small++
      counts.set(key, entry)
    }
  }
  return counts
}

const CAPITAL =
  "(?:(?:\\p{Lu}\\. ?)+(?=\\p{Lu}\\p{Ll})|(?:Dr|Mr|Mrs|Ms|Prof|Pt|St|Smt|Shri)\\. |\\p{Lu}[\\p{L}\\p{M}]*(?:[-’'](?!s\\b)\\p{L}[\\p{L}\\p{M}]*)*(?![\\p{L}\\p{M}]))"
/** Capitalised words in a row; "of", "of the" and "for" may join them, "and" only inside names that are known to hold it. */
const RUN = new RegExp(
  `(?<![\\p{L}\\p{M}\\d])${CAPITAL}(?:(?: of(?: the)?| for|(?<=Commission|Committee|Ministry|Department|Board|Fund|Mission|Agency|Authority) for the| and(?= Kashmir| Auditor| Nicobar| Nagar| Kutch)|) ?(?<=[ .])${CAPITAL})*`,
  'gu',
)

/** Words that begin a sentence without being a name, however often they bear a capital. */
const NEVER_FIRST =
  /^(?:The|An?|In|On|At|By|From|For|Of|To|With|Under|After|Before|Since|Until|Till|During|Between|Among|As|If|When|While|Although|Though|Because|Following|According|Through|Both|Each|Every|All|Any|Some|Many|Most|No|Not|Like|Unlike|It|Its|They|Their|He|His|She|Her|There|This|That|These|Those|Such|However|Over|Out|Only|Even|Per|Via|Late|Early|Mid|Former|Then|Article|Articles|Art|Section|Clause|Schedule|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)$/

/** The proper names of an English sentence, in order, without overlaps. */
export function findNames(sentence: string, capitals: CapitalCounts): NameTerm[] {
  const names: NameTerm[] = []
  for (const match of sentence.matchAll(RUN)) {
    let start = match.index
    let text = match[0].trimEnd()
    const atStart = /^[“"‘'(]?$/.test(sentence.slice(0, start))
    for (;;) {
      const [first = ''] = text.split(' ')
      if (
        first === '' ||
        !(NEVER_FIRST.test(first) || (atStart && start === match.index && isPlainWord(first, text, capitals)))
      )
        break
      const rest = text.slice(first.length).replace(/^ (?:(?:of|for)(?: the)? )?/, '')
      start += text.length - rest.length
      text = rest
    }
    if (text.length < 2 || /^\p{Lu}\.?$/u.test(text)) continue
    // Roman numerals and single letters are not names.
    if (/^[IVX]+$/.test(text)) continue
    // "State of Telangana", "President of India": the name that others could stand in the place of.
    const prefix = /^(?:State|Kingdom|Republic|City|District|Union Territory) of (?:the )?/.exec(text)?.[0] ?? ''
    if (prefix !== '' && byName.has(text.slice(prefix.length))) {
      start += prefix.length
      text = text.slice(prefix.length)
    }
    const office = byName.get(text) ? undefined : OFFICES.findLast((name) => text.startsWith(`${name} of `))
    if (office) text = office
    names.push({ ...classify(text), text, start, end: start + text.length })
  }
  return [...names, ...findConcepts(sentence, names)].sort((a, b) => a.start - b.start)
}

/** Terms in small letters that examiners set against others of their family. */
const CONCEPTS = FAMILIES.flat().filter((name) => name === name.toLowerCase())
const CONCEPT = new RegExp(
  `(?<![\\p{L}-])(?:${CONCEPTS.sort((a, b) => b.length - a.length).join('|')})(?![\\p{L}-])`,
  'giu',
)

function findConcepts(sentence: string, names: readonly NameTerm[]): NameTerm[] {
  return [...sentence.matchAll(CONCEPT)]
    .map((match) => ({
      kind: 'concept' as const,
      text: match[0],
      head: '',
      start: match.index,
      end: match.index + match[0].length,
    }))
    .filter(({ start, end }) => !names.some((name) => name.start < end && start < name.end))
}

/** "Local governments …": the first word of a sentence that elsewhere is mostly written small. */
function isPlainWord(first: string, run: string, capitals: CapitalCounts): boolean {
  const seen = capitals.get(first.toLowerCase())
  if (PERSON_WORDS.has(first) || HONORIFICS.test(first) || /\./.test(first)) return false
  if (!seen) return run === first
  return seen.small > seen.capital
}

const byName = new Map<string, NameKind>([
  ...CITIES.map((name) => [name, 'city'] as const),
  ...RIVERS.map((name) => [name, 'river'] as const),
  ...INDIAN_STATES.map((name) => [name, 'state'] as const),
  ...COUNTRIES.map((name) => [name, 'country'] as const),
  ...OFFICES.map((name) => [name, 'office'] as const),
])

function classify(text: string): { kind: NameKind; head: string } {
  const known = byName.get(text)
  if (known) return { kind: known, head: '' }
  // "Bay of Bengal": what stands before the first "of" says what it is.
  const words = (text.split(/ (?:of|for)\b/)[0] ?? text).split(' ')
  const head = words.at(-1) ?? ''
  const [first = ''] = words
  if (OFFICES.some((office) => office === words.join(' '))) return { kind: 'office', head: '' }
  if (words.length > 1 || text.includes(' of ')) {
    if (LAW_HEADS.has(head)) return { kind: 'law', head }
    if (INSTITUTION_HEADS.has(head)) return { kind: 'institution', head }
    if (PHYSICAL_HEADS.has(head)) return { kind: 'feature', head }
    if (HONORIFICS.test(first) || /^(?:\p{Lu}\. ?)+/u.test(text) || words.some((word) => PERSON_WORDS.has(word))) {
      return { kind: 'person', head: '' }
    }
    return { kind: 'name', head }
  }
  if (SINGLE_INSTITUTIONS.has(text)) return { kind: 'institution', head: text }
  if (PERSON_WORDS.has(text)) return { kind: 'person', head: '' }
  return { kind: 'name', head: '' }
}
