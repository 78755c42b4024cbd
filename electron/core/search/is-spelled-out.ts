/** Of a text, without its spaces. English words have 5 to 9: most are one token of the model's. */
const LEAST_LETTERS_PER_TOKEN = 2.5

/**
 * Whether a model reads a text piece by piece, as it does what is no word of any text it learnt from (zxqv is z, x, q, v): what is
 * near to that is near by its letters. `tokenCount` is of the text's tokens. Measured in docs/decisions/0016.
 */
export function isSpelledOut(text: string, tokenCount: number): boolean {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const letterCount = words.reduce((sum, word) => sum + word.length, 0)
  // Short words are whole: "a zoo".
  return tokenCount > words.length && letterCount < tokenCount * LEAST_LETTERS_PER_TOKEN
}
