/**
 * How alike two texts are in their words, 0..1: twice the words both have over all words
 * of both. `length` 2 counts pairs of words that follow each other, so that order tells.
 */
export function tokenF1(a: string, b: string, { length = 1 } = {}): number {
  const [ours, theirs] = [gramsOf(a, length), gramsOf(b, length)]
  const left = new Map<string, number>()
  for (const gram of ours) left.set(gram, (left.get(gram) ?? 0) + 1)
  let both = 0
  for (const gram of theirs) {
    const count = left.get(gram) ?? 0
    if (count > 0) both++
    left.set(gram, count - 1)
  }
  return (2 * both) / Math.max(1, ours.length + theirs.length)
}

/** Words broken at a line's end are joined first, since some tools do it and some do not. */
function gramsOf(text: string, length: number): string[] {
  const words =
    text
      .toLowerCase()
      .replace(/(\p{Ll})-\s*\n\s*(\p{Ll})/gu, '$1$2')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  if (length === 1) return words
  return words.slice(length - 1).map((_, index) => words.slice(index, index + length).join(' '))
}
