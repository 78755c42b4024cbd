import type { Groups, Reading } from './number-term.ts'
import { inCaseOf, ordinalDigits, ordinalWord, parseOrdinal } from './number-words.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const HINDI_MONTHS =
  'जनवरी फरवरी|फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर|सितम्बर अक्टूबर|अक्तूबर नवंबर|नवम्बर दिसंबर|दिसम्बर'.split(' ')
/** Matches the name of a month in English or Hindi. */
export const MONTH = `(?<month>${[...MONTHS, ...HINDI_MONTHS].join('|')})`

/** Texts studied now were written after it. */
const NEWEST_YEAR = 2020

export function readDate(groups: Groups, whole: string): Reading | undefined {
  const at = { day: Number(groups.day), month: monthIndex(groups.month), year: Number(groups.year) }
  const value = dayNumber(at.year, at.month, at.day)
  // Another day, another month, another year; and two of them at once: near enough to be weighed.
  const nearby = [
    shifted(at, 1, 0, 0),
    shifted(at, 0, 2, 0),
    shifted(at, -1, 0, 0),
    shifted(at, 0, -1, 11),
    shifted(at, 1, -3, 4),
    shifted(at, -1, 1, -6),
    shifted(at, 2, 0, 0),
    shifted(at, -2, 0, 0),
  ]
  const write = (other: number) => {
    const { day, month, year } = fromDayNumber(other)
    const ending = groups.ending ? ordinalDigits(day).replace(/\d+/, '') : ''
    return whole
      .replace(/\b\d{1,2}(?:st|nd|rd|th)?\b/, `${day}${ending}`)
      .replace(groups.month ?? '', monthName(month, groups.month ?? ''))
      .replace(/\d{4}$/, String(year))
  }
  return { kind: 'date', value, nearby, write }
}

export function readDay(groups: Groups, whole: string): Reading | undefined {
  const at = { day: Number(groups.day), month: monthIndex(groups.month), year: 2001 }
  const value = dayNumber(at.year, at.month, at.day)
  const nearby = [
    shifted(at, 0, 1, 0),
    shifted(at, 0, -1, 0),
    shifted(at, 0, 2, 0),
    shifted(at, 0, 0, 11),
    shifted(at, 0, -2, 0),
    shifted(at, 0, 0, -9),
  ]
  const write = (other: number) => {
    const { day, month } = fromDayNumber(other)
    const ending = groups.ending ? ordinalDigits(day).replace(/\d+/, '') : ''
    return whole
      .replace(/^\d{1,2}(?:st|nd|rd|th)?/, `${day}${ending}`)
      .replace(groups.month ?? '', monthName(month, groups.month ?? ''))
  }
  return { kind: 'day', value, nearby, write }
}

export function readMonth(groups: Groups): Reading | undefined {
  const month = monthIndex(groups.month)
  const value = Number(groups.year) * 12 + month
  return {
    kind: 'month',
    value,
    nearby: [value + 12, value - 12, value + 3, value - 5, value + 17, value - 20],
    write: (other) => `${monthName(other % 12, groups.month ?? '')} ${Math.floor(other / 12)}`,
  }
}

export function readYear(groups: Groups): Reading | undefined {
  const value = Number(groups.year)
  // Far back the text is coarser, and so are the wrong options.
  const step = value < 1700 ? 5 : 1
  return {
    kind: 'year',
    value,
    nearby: [2, -2, 1, -1, 3, -3, 5, -5, 4, -4, 7, -7].map((shift) => value + shift * step),
    // No year that had not come when the text was written: it would rule itself out.
    write: (other) => (other >= 1000 && other <= Math.max(value, NEWEST_YEAR) ? String(other) : undefined),
  }
}

export function readCentury(groups: Groups, whole: string): Reading | undefined {
  const word = groups.word ?? ''
  const value = ordinalValue(word)
  if (value === undefined) return undefined
  return {
    kind: 'century',
    value,
    nearby: [value - 1, value + 1, value - 2, value + 2, value - 3],
    write: (other) =>
      other < 2 || other > Math.max(value, 20) ? undefined : whole.replace(word, ordinalLike(word, other)),
  }
}

export function ordinalValue(word: string): number | undefined {
  return /^\d/.test(word) ? Number.parseInt(word, 10) : parseOrdinal(word)
}

export function ordinalLike(word: string, value: number): string {
  return /^\d/.test(word) || value > 99 ? ordinalDigits(value) : inCaseOf(word, ordinalWord(value))
}

function monthIndex(name = ''): number {
  const english = MONTHS.indexOf(name)
  return english >= 0 ? english : HINDI_MONTHS.findIndex((names) => names.split('|').includes(name))
}

function monthName(month: number, model: string): string {
  const index = ((month % 12) + 12) % 12
  return (MONTHS.includes(model) ? MONTHS[index] : HINDI_MONTHS[index]?.split('|')[0]) ?? model
}

const DAY_MS = 86_400_000

function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month, day) / DAY_MS
}

function fromDayNumber(value: number): { day: number; month: number; year: number } {
  const date = new Date(value * DAY_MS)
  return { day: date.getUTCDate(), month: date.getUTCMonth(), year: date.getUTCFullYear() }
}

function shifted(
  at: { day: number; month: number; year: number },
  years: number,
  months: number,
  days: number,
): number {
  // The day is kept inside the shortest month, so that 31 does not slip into the next one.
  return dayNumber(at.year + years, at.month + months, Math.max(1, Math.min(28, at.day + days)))
}
