import type { Groups, Reading } from './number-term.ts'
import { parseRoman, romanNumeral } from './number-words.ts'
import { ordinalLike, ordinalValue } from './read-date-numbers.ts'

/**
 * Amendments a student has heard of: other numbers would give themselves away. Without the 38th and 39th, which did in
 * part what the 42nd did.
 */
const KNOWN_AMENDMENTS = [
  1, 7, 9, 15, 24, 25, 26, 31, 36, 42, 43, 44, 46, 50, 52, 54, 56, 61, 65, 69, 73, 74, 77, 81, 84, 86, 89, 91, 92, 93,
  97, 99, 100, 101, 102, 103, 104, 105, 106,
]

export function readArticle(groups: Groups, whole: string): Reading | undefined {
  const number = groups.number ?? ''
  const value = Number(number)
  if (value === 0 || value > 400) return undefined
  return {
    kind: 'article',
    value,
    nearby: [2, -2, 1, -1, 3, -3, 4, -5, 7, 10, -8, 12].map((shift) => value + shift),
    write: (other) => (other < 1 || other > 395 ? undefined : whole.trimEnd().replace(number, String(other))),
  }
}

export function readAmendment(groups: Groups): Reading | undefined {
  const word = groups.word ?? ''
  const value = ordinalValue(word)
  if (value === undefined) return undefined
  return {
    kind: 'amendment',
    text: word,
    value,
    nearby: amendmentsNear(value),
    write: (other) => (other < 1 ? undefined : ordinalLike(word, other)),
  }
}

export function readHindiAmendment(groups: Groups, whole: string): Reading | undefined {
  const word = groups.word ?? ''
  const value = Number(word)
  return {
    kind: 'amendment',
    value,
    nearby: amendmentsNear(value),
    write: (other) => (other < 1 ? undefined : whole.trimEnd().replace(word, String(other))),
  }
}

function amendmentsNear(value: number): number[] {
  return KNOWN_AMENDMENTS.filter((other) => other !== value).sort((a, b) => Math.abs(a - value) - Math.abs(b - value))
}

export function readSchedule(groups: Groups, whole: string): Reading | undefined {
  const word = groups.word ?? ''
  const value = ordinalValue(word)
  if (value === undefined || value > 12) return undefined
  return {
    kind: 'schedule',
    value,
    nearby: [1, -1, 2, -2, 3, -3, 4, -4].map((shift) => value + shift),
    write: (other) => (other < 1 || other > 12 ? undefined : whole.replace(word, ordinalLike(word, other))),
  }
}

export function readPart(groups: Groups): Reading | undefined {
  const value = parseRoman(groups.roman ?? '')
  if (value === undefined) return undefined
  return {
    kind: 'part',
    value,
    nearby: [1, -1, 2, -2, 3, 4].map((shift) => value + shift),
    write: (other) => (other < 1 || other > 22 ? undefined : `Part ${romanNumeral(other)}${groups.suffix ?? ''}`),
  }
}
