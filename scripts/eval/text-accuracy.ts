/** Share of a text's letters that were read right: 1 − edits / letters, spaces and breaks counting as one space. */
export function characterAccuracy(truth: string, read: string): number {
  const [right, got] = [plain(truth), plain(read)]
  return Math.max(0, 1 - editDistance(Array.from(right), Array.from(got)) / Math.max(1, right.length))
}

/** Share of a text's words that were read right, punctuation included, wherever they stand. */
export function wordAccuracy(truth: string, read: string): number {
  const words = plain(truth).split(' ')
  const left = new Map<string, number>()
  for (const word of plain(read).split(' ')) left.set(word, (left.get(word) ?? 0) + 1)
  const right = words.filter((word) => {
    const count = left.get(word) ?? 0
    left.set(word, count - 1)
    return count > 0
  })
  return right.length / Math.max(1, words.length)
}

function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u200c\u200d]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Levenshtein's, by rows. */
function editDistance(a: readonly string[], b: readonly string[]): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [row, letter] of a.entries()) {
    const current = [row + 1]
    for (const [column, other] of b.entries()) {
      const replaced = (above[column] ?? 0) + (letter === other ? 0 : 1)
      current.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    }
    above = current
  }
  return above[b.length] ?? 0
}
