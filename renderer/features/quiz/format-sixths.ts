const FRACTIONS = ['', '⅙', '⅓', '½', '⅔', '⅚'] as const

/**
 * Marks counted in sixths, written exactly: 76 is "12⅔", −2 is "−⅓". `digits`
 * writes the whole marks in the person's language.
 */
export function formatSixths(sixths: number, digits: (whole: number) => string = String): string {
  const size = Math.abs(sixths)
  const whole = Math.floor(size / 6)
  const fraction = FRACTIONS[size % 6] ?? ''
  const sign = sixths < 0 ? '−' : ''
  return whole === 0 && fraction ? `${sign}${fraction}` : `${sign}${digits(whole)}${fraction}`
}

/** A score as a share of the most that could be had, 0..1; a score below nothing is 0. */
export function shareOfSixths(scoreSixths: number, maxSixths: number): number {
  return maxSixths > 0 ? Math.max(0, scoreSixths / maxSixths) : 0
}
