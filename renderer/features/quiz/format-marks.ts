import { UNITS_PER_MARK } from '#contract/quiz.ts'

/** Fractions that have a sign of their own. */
const SIGNS: Record<string, string> = {
  '1/2': '½',
  '1/3': '⅓',
  '2/3': '⅔',
  '1/4': '¼',
  '3/4': '¾',
  '1/6': '⅙',
  '5/6': '⅚',
  '1/9': '⅑',
}
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const LOWERED = '₀₁₂₃₄₅₆₇₈₉'

/**
 * Marks counted in units of 1/36, written exactly: 456 is "12⅔", −16 is "−⁴⁄₉". `digits`
 * writes the whole marks in the person's language.
 */
export function formatMarks(units: number, digits: (whole: number) => string = String): string {
  const size = Math.abs(units)
  const whole = Math.floor(size / UNITS_PER_MARK)
  const fraction = fractionOf(size % UNITS_PER_MARK)
  const sign = units < 0 ? '−' : ''
  return whole === 0 && fraction ? `${sign}${fraction}` : `${sign}${digits(whole)}${fraction}`
}

function fractionOf(units: number): string {
  if (units === 0) return ''
  const divisor = greatestCommonDivisor(units, UNITS_PER_MARK)
  const [top, bottom] = [units / divisor, UNITS_PER_MARK / divisor]
  return SIGNS[`${top}/${bottom}`] ?? `${inScript(top, RAISED)}⁄${inScript(bottom, LOWERED)}`
}

function inScript(value: number, script: string): string {
  return [...String(value)].map((digit) => script[Number(digit)]).join('')
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/** A score as a share of the most that could be had, 0..1; a score below nothing is 0. */
export function shareOfMarks(scoreUnits: number, maxUnits: number): number {
  return maxUnits > 0 ? Math.max(0, scoreUnits / maxUnits) : 0
}
