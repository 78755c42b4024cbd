import { romanNumeral } from '../ingest/roman-numeral.ts'
import { type Word, wordsOf } from './query-words.ts'
import { toWayWord, type Way } from './word-way.ts'

/** A numbered part of a law that a query names. */
export interface Reference {
  /** Indexes into the query's words, [from, to). */
  from: number
  to: number
  /** As it is usually written: Article 356, 42nd Amendment. */
  name: string
  ways: Way[]
}

type Kind = 'article' | 'amendment' | 'schedule' | 'part' | 'section'

/** Folded words that announce a number, by what they announce. Romanized Hindi as people type it. */
const KINDS: Record<Kind, readonly string[]> = {
  article: [
    'article',
    'articles',
    'art',
    'arts',
    'अनुच्छेद',
    'अनु',
    'आर्टिकल',
    'anuchchhed',
    'anuchched',
    'anuched',
    'anucched',
    'anuchhed',
  ],
  amendment: ['amendment', 'amendments', 'संशोधन', 'sanshodhan', 'samshodhan'],
  schedule: ['schedule', 'schedules', 'sch', 'अनुसूची', 'anusuchi', 'anusoochi'],
  part: ['part', 'भाग', 'bhag', 'bhaag'],
  section: ['section', 'sections', 'sec', 'धारा', 'dhara'],
}
/** How texts announce it; English, then Hindi. */
const WRITTEN: Record<Kind, readonly string[]> = {
  article: ['article', 'articles', 'art', 'arts', 'अनुच्छेद'],
  amendment: ['amendment', 'संशोधन'],
  schedule: ['schedule', 'अनुसूची'],
  part: ['part', 'भाग'],
  section: ['section', 'धारा'],
}
const KIND_OF = new Map(Object.entries(KINDS).flatMap(([kind, names]) => names.map((name) => [name, kind as Kind])))
/** Between the announcing word and the number: "article no. 280". */
const FILLERS = new Set(['no', 'number', 'नंबर', 'सं', 'संख्या'])

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'x x twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const ORDINALS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  )
const HINDI_ORDINALS: readonly (readonly string[])[] = [
  [],
  ['पहली', 'पहला', 'पहले', 'प्रथम', 'pahli', 'pehli'],
  ['दूसरी', 'दूसरा', 'दूसरे', 'द्वितीय', 'dusri', 'doosri'],
  ['तीसरी', 'तीसरा', 'तीसरे', 'तृतीय', 'teesri', 'tisri'],
  ['चौथी', 'चौथा', 'चौथे', 'चतुर्थ', 'chauthi'],
  ['पांचवीं', 'पांचवी', 'पांचवां', 'पंचम', 'panchvi', 'panchvin'],
  ['छठी', 'छठा', 'छठे', 'षष्ठ', 'chhathi', 'chhati'],
  ['सातवीं', 'सातवी', 'सातवां', 'सप्तम', 'satvi', 'saatvin', 'satvin'],
  ['आठवीं', 'आठवी', 'आठवां', 'अष्टम', 'aathvi', 'aathvin', 'athvi'],
  ['नौवीं', 'नौवी', 'नवीं', 'नवम', 'nauvi', 'nauvin'],
  ['दसवीं', 'दसवी', 'दशम', 'dasvi', 'dasvin'],
  ['ग्यारहवीं', 'ग्यारहवी', 'gyarahvi', 'gyarahvin'],
  ['बारहवीं', 'बारहवी', 'barahvi', 'barahvin'],
]
const ROMAN = /^(?=[ivxlc])(?:x[cl]|l?x{0,3})(?:ix|iv|v?i{0,3})$/

/** 42 as words in order: forty-second. */
function ordinalWords(number: number): string[] {
  if (number >= 100) return ['one', 'hundred', ...(number > 100 ? ['and', ...ordinalWords(number - 100)] : [])]
  if (number < 20) return [ORDINALS[number] ?? '']
  const tens = TENS[Math.floor(number / 10)] ?? ''
  return number % 10 === 0 ? [tens.replace(/y$/, 'ieth')] : [tens, ORDINALS[number % 10] ?? '']
}

const ORDINAL_OF = new Map<string, number>([
  ...Array.from({ length: 110 }, (_, i) => [ordinalWords(i + 1).join(' '), i + 1] as const),
  ...HINDI_ORDINALS.flatMap((names, number) => names.map((name) => [name, number] as const)),
])
const CARDINAL_OF = new Map<string, number>(ONES.map((name, number) => [name, number]))

/** A number as a query writes it, from word `at` on: 356, 21A, 21-A, 42nd, forty-second, VII, सातवीं. */
function readNumber(words: readonly Word[], at: number): { label: string; to: number } | undefined {
  const word = words[at]?.folded
  if (word === undefined) return undefined
  const digits = /^(\d{1,3})([a-z]{0,2})(?:वां|वीं|वें|वी|वे|va|vi|ve|vaan|vin)?$/.exec(word)
  if (digits) {
    const [, number = '', letters = ''] = digits
    const suffix = /^(?:st|nd|rd|th|va|vi|ve)$/.test(letters) ? '' : letters
    const next = words[at + 1]?.folded ?? ''
    // "21-A" and "300 A" are one number; "a" alone may be an article of grammar, so nothing else may follow it closely.
    if (
      suffix === '' &&
      letters === '' &&
      /^[a-z]{1,2}$/.test(next) &&
      /^[A-Z]{1,2}$/.test(words[at + 1]?.text ?? '')
    ) {
      return { label: `${number}${next}`, to: at + 2 }
    }
    return { label: `${number}${suffix}`, to: at + 1 }
  }
  const two = ORDINAL_OF.get(`${word} ${words[at + 1]?.folded ?? ''}`)
  if (two !== undefined) return { label: String(two), to: at + 2 }
  const one = ORDINAL_OF.get(word) ?? CARDINAL_OF.get(word)
  if (one !== undefined) return { label: String(one), to: at + 1 }
  if (ROMAN.test(word)) {
    for (let number = 1; number <= 89; number++)
      if (romanNumeral(number) === word) return { label: String(number), to: at + 1 }
  }
  return undefined
}

/**
 * The articles, amendments, schedules, parts and sections that a query names by
 * number, in English or Hindi, whichever comes first ("Schedule 7", "Seventh
 * Schedule", "अनुच्छेद ३५६"), with the ways texts write them.
 */
export function findReferences(words: readonly Word[]): Reference[] {
  const found: Reference[] = []
  for (let at = 0; at < words.length; at++) {
    const kind = KIND_OF.get(words[at]?.folded ?? '')
    if (kind) {
      const filler = FILLERS.has(words[at + 1]?.folded ?? '') ? 1 : 0
      const after = readNumber(words, at + 1 + filler)
      if (after) {
        found.push({ from: at, to: after.to, ...describe(kind, after.label) })
        at = after.to - 1
        continue
      }
    }
    const before = readNumber(words, at)
    const ahead = before && nextKind(words, before.to)
    if (before && ahead) {
      found.push({ from: at, to: ahead.to, ...describe(ahead.kind, before.label) })
      at = ahead.to - 1
    }
  }
  return found
}

/** "42nd Amendment", "forty-second constitutional amendment". Articles and sections are never written so. */
function nextKind(words: readonly Word[], at: number): { kind: Kind; to: number } | undefined {
  const skip = /^(?:constitutional|constitution|संविधान|संवैधानिक|samvidhan)$/.test(words[at]?.folded ?? '') ? 1 : 0
  const kind = KIND_OF.get(words[at + skip]?.folded ?? '')
  return kind === 'amendment' || kind === 'schedule' || kind === 'part' ? { kind, to: at + skip + 1 } : undefined
}

function describe(kind: Kind, label: string): { name: string; ways: Way[] } {
  const title = `${kind[0]?.toUpperCase()}${kind.slice(1)}`
  const [, digits = '', letters = ''] = /^(\d+)([a-z]*)$/.exec(label) ?? []
  const number = Number(digits)
  const spellings = letters ? [[label], [digits, letters]] : [[label]]
  /** An article that says it of itself goes before those that mention it. */
  const mention = kind === 'article' || kind === 'section' ? 0.85 : 1
  const phrase = (words: readonly string[], within?: number): Way => ({
    words: wordsOf(words.join(' ')).map(toWayWord),
    weight: mention,
    ...(within !== undefined && { within }),
  })
  const ways: Way[] = []
  for (const announced of WRITTEN[kind]) for (const spelling of spellings) ways.push(phrase([announced, ...spelling]))
  if (kind === 'article' || kind === 'section') {
    for (const spelling of spellings) ways.push({ ...phrase(spelling), weight: 1, asNumberOfParagraph: true })
    // "articles 14, 19 and 21": the number somewhere after the word.
    for (const spelling of spellings)
      if (spelling.length === 1) ways.push({ ...phrase(['articles', ...spelling], 8), weight: 0.7 })
    return { name: `${title} ${digits}${letters.toUpperCase()}`, ways }
  }
  const ordinals = [
    [`${number}${ending(number)}`],
    ordinalWords(number),
    ...(HINDI_ORDINALS[number] ?? []).filter((name) => /[\u0900-\u097f]/.test(name)).map((name) => [name]),
    [`${number}वां`],
    [`${number}वें`],
    [`${number}वीं`],
  ]
  for (const ordinal of ordinals) {
    for (const announced of WRITTEN[kind]) {
      // "73rd and 74th Constitution Amendment Acts".
      ways.push(
        ordinal.length === 1 && kind === 'amendment'
          ? phrase([...ordinal, announced], 6)
          : phrase([...ordinal, announced]),
      )
    }
  }
  if (kind === 'part' || kind === 'schedule')
    for (const announced of WRITTEN[kind]) ways.push(phrase([announced, romanNumeral(number)]))
  return {
    name: kind === 'part' ? `Part ${romanNumeral(number).toUpperCase()}` : `${number}${ending(number)} ${title}`,
    ways,
  }
}

function ending(number: number): string {
  if (number % 100 >= 11 && number % 100 <= 13) return 'th'
  return { 1: 'st', 2: 'nd', 3: 'rd' }[number % 10] ?? 'th'
}
