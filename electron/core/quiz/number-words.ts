const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const ORDINAL_UNITS = (
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth ' +
  'seventeenth eighteenth nineteenth'
).split(' ')

/** 0..99 in words: "twenty-nine". */
export function cardinalWord(value: number): string {
  if (value < 20) return UNITS[value] ?? String(value)
  const unit = value % 10
  return `${TENS[Math.floor(value / 10)]}${unit === 0 ? '' : `-${UNITS[unit]}`}`
}

/** 1..99 in words: "forty-second". */
export function ordinalWord(value: number): string {
  if (value < 20) return ORDINAL_UNITS[value] ?? String(value)
  const unit = value % 10
  const tens = TENS[Math.floor(value / 10)] ?? ''
  return unit === 0 ? tens.replace(/y$/, 'ieth') : `${tens}-${ORDINAL_UNITS[unit]}`
}

/** "73rd". */
export function ordinalDigits(value: number): string {
  const lastTwo = value % 100
  const ending = lastTwo >= 11 && lastTwo <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th')
  return `${value}${ending}`
}

const CARDINALS = new Map(Array.from({ length: 100 }, (_, value) => [cardinalWord(value), value] as const))
const ORDINALS = new Map(Array.from({ length: 99 }, (_, at) => [ordinalWord(at + 1), at + 1] as const))

const joined = (words: Iterable<string>) =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace('-', '[- ]'))
    .join('|')
/** Matches a cardinal in words; case-insensitive use is the caller's. */
export const CARDINAL_PATTERN = joined(CARDINALS.keys())
export const ORDINAL_PATTERN = joined(ORDINALS.keys())

export function parseCardinal(word: string): number | undefined {
  return CARDINALS.get(word.toLowerCase().replace(' ', '-'))
}

export function parseOrdinal(word: string): number | undefined {
  return ORDINALS.get(word.toLowerCase().replace(' ', '-'))
}

const ROMAN: readonly (readonly [number, string])[] = [
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
]

/** 1..39 as a roman numeral. */
export function romanNumeral(value: number): string {
  let rest = value
  let text = ''
  for (const [worth, mark] of ROMAN) {
    while (rest >= worth) {
      text += mark
      rest -= worth
    }
  }
  return text
}

export function parseRoman(text: string): number | undefined {
  for (let value = 1; value < 40; value++) if (romanNumeral(value) === text) return value
  return undefined
}

/** Gives `word` the capitals of `model`: none, the first, or the first of each part. */
export function inCaseOf(model: string, word: string): string {
  if (!/^\p{Lu}/u.test(model)) return word
  if (/[- ]\p{Lu}/u.test(model))
    return word.replace(/(^|[- ])(\p{Ll})/gu, (_, gap: string, letter: string) => gap + letter.toUpperCase())
  return word.charAt(0).toUpperCase() + word.slice(1)
}

const HINDI_CARDINALS: readonly (readonly [number, readonly string[]])[] = [
  [2, ['दो']],
  [3, ['तीन']],
  [4, ['चार']],
  [5, ['पाँच', 'पांच']],
  [6, ['छह', 'छः', 'छ:']],
  [7, ['सात']],
  [8, ['आठ']],
  [9, ['नौ']],
  [10, ['दस']],
  [11, ['ग्यारह']],
  [12, ['बारह']],
  [15, ['पंद्रह', 'पन्द्रह']],
  [20, ['बीस']],
  [25, ['पच्चीस']],
  [30, ['तीस']],
  [50, ['पचास']],
]
export const HINDI_CARDINAL_PATTERN = HINDI_CARDINALS.flatMap(([, names]) => names).join('|')

export function parseHindiCardinal(word: string): number | undefined {
  return HINDI_CARDINALS.find(([, names]) => names.includes(word))?.[0]
}

/** A number in Hindi words; undefined for those that are not listed. */
export function hindiCardinal(value: number): string | undefined {
  return HINDI_CARDINALS.find(([number]) => number === value)?.[1][0]
}
