const STEPS = [
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
] as const

/** A whole number from 1 to 399 in small Roman numerals. */
export function romanNumeral(value: number): string {
  let rest = Math.min(value, 399)
  let written = ''
  for (const [step, sign] of STEPS) {
    while (rest >= step) {
      written += sign
      rest -= step
    }
  }
  return written
}
