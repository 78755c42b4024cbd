import type { TextRange } from '#contract/search.ts'
import { wordsOf } from '../search/query-words.ts'

/** A sentence with more of them is parted where it can be. */
const LONG_WORDS = 60
const FEWEST_WORDS = 8

/**
 * The parts of a law's long sentence, which its semicolons divide; a sentence of ordinary length is one part. Small parts stay with what
 * stands before them.
 */
export function partLong(text: string): TextRange[] {
  if (wordsOf(text).length <= LONG_WORDS) return [{ start: 0, end: text.length }]
  const parts: TextRange[] = []
  let start = 0
  for (const { index, 0: mark } of [...text.matchAll(/;\s+|$/g)]) {
    const isLast = index === text.length
    const end = isLast ? index : index + 1
    const last = parts.at(-1)
    if (wordsOf(text.slice(start, end)).length >= FEWEST_WORDS) parts.push({ start, end })
    else if (!isLast) continue
    else if (last) last.end = end
    else parts.push({ start, end })
    start = index + mark.length
  }
  return parts
}
