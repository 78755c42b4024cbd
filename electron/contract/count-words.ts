/** A number or letter at a line's start that only counts points, and marks of lists. */
const LIST_MARKS = /^[^\S\n]*(?:[•●○◦▪■◆❖➢►✓√*–—-]+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])(?=\s)/gimu

/**
 * The words of an answer as an examiner counts them: what stands between spaces and holds a letter or a digit of any
 * script. A hyphenated word is one; list numbers, bullets and dashes are none.
 */
export function countWords(text: string): number {
  const plain = text.replace(LIST_MARKS, '')
  return plain.match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0
}
