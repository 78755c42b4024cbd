import { foldWord } from './query-words.ts'
import { stemWord } from './stem-word.ts'

/** Where a word that is looked for stands in a text. */
export interface Place {
  /** The word's number in the text, from 0. */
  position: number
  start: number
  end: number
}

/** Finds words in texts by their stems: under a stem where it stands, under `beginning*` where words begin so. */
export type WordFinder = (text: string) => Map<string, Place[]>

/** What the keyword index takes for a word; from where it is set to. */
const WORD = /[\p{L}\p{N}\p{M}\p{Co}](?:[\p{L}\p{N}\p{M}\p{Co}\u00ad]|\u200c|\u200d)*/uy

/** `beginnings` are folded, of two letters or more. */
export function makeWordFinder({
  stems,
  beginnings,
}: {
  stems: ReadonlySet<string>
  beginnings: readonly string[]
}): WordFinder {
  const maybe = firstLettersOf([...stems], beginnings)
  const starred = beginnings.map((beginning) => ({ beginning, key: `${beginning}*` }))

  return (text) => {
    const places = new Map<string, Place[]>()
    const add = (key: string, place: Place) => {
      const known = places.get(key)
      if (known) known.push(place)
      else places.set(key, [place])
    }
    let position = 0
    let at = 0
    while (at < text.length) {
      const start = at
      let kind = kindOf(text.charCodeAt(at))
      while (kind === IN_WORD) kind = kindOf(text.charCodeAt(++at))
      if (kind === BEYOND_ASCII) {
        WORD.lastIndex = start
        const [other] = WORD.exec(text) ?? []
        if (other === undefined) {
          at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1
          continue
        }
        at = start + other.length
      } else if (at === start) {
        at++
        continue
      } else if (!maybe(text, start, at)) {
        // Nearly every word of a text: nothing is made of it.
        position++
        at++
        continue
      }
      const { folded, stem } = formsOf(text.slice(start, at))
      if (folded === '') continue
      position++
      const place = { position, start, end: at }
      for (const { beginning, key } of starred) if (folded.startsWith(beginning)) add(key, place)
      if (stems.has(stem)) add(stem, place)
    }
    return places
  }
}

/** What a UTF-16 unit is to the words of a text. */
const BETWEEN = 0
const IN_WORD = 1
const BEYOND_ASCII = 2
const KINDS = Uint8Array.from({ length: 128 }, (_, unit) =>
  /[A-Za-z0-9]/.test(String.fromCharCode(unit)) ? IN_WORD : BETWEEN,
)

/** NaN, past the end of a text, is between words. */
const kindOf = (unit: number): number => (unit >= 128 ? BEYOND_ASCII : unit < 128 ? (KINDS[unit] as number) : BETWEEN)

/**
 * Whether an ASCII word may have one of the stems, by its first two letters: stemming takes off and changes ends alone,
 * so a stem of three letters begins as its word does.
 */
function firstLettersOf(
  stems: readonly string[],
  beginnings: readonly string[],
): (text: string, start: number, end: number) => boolean {
  const wanted = new Uint8Array(128 * 128)
  for (const word of [...stems.filter((stem) => stem.length >= 3), ...beginnings]) {
    const [first, second] = [word.charCodeAt(0), word.charCodeAt(1)]
    if (first < 128 && second < 128) wanted[first * 128 + second] = 1
  }
  for (const stem of stems) {
    const first = stem.charCodeAt(0)
    if (stem.length < 3 && first < 128) wanted.fill(1, first * 128, (first + 1) * 128)
  }
  return (text, start, end) => {
    const first = lowerCase(text.charCodeAt(start))
    const second = end > start + 1 ? lowerCase(text.charCodeAt(start + 1)) : 0
    return wanted[first * 128 + second] === 1
  }
}

const lowerCase = (unit: number) => (unit >= 65 && unit <= 90 ? unit + 32 : unit)

const forms = new Map<string, { folded: string; stem: string }>()
const MOST_FORMS = 10_000

/** The same words are met over and over while passages are compared. */
function formsOf(word: string): { folded: string; stem: string } {
  let known = forms.get(word)
  if (!known) {
    if (forms.size >= MOST_FORMS) forms.clear()
    const folded = foldWord(word)
    known = { folded, stem: stemWord(folded) }
    forms.set(word, known)
  }
  return known
}
