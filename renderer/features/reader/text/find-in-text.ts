import type { TextRange } from '#contract/search.ts'

/** Where words stand in a text: in any case, and over any blank space between them. */
export function findInText(text: string, query: string): TextRange[] {
  const words = query.trim().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const pattern = new RegExp(words.map(literal).join('\\s+'), 'giu')
  return [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }))
}

function literal(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
