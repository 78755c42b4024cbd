import type { TextRange } from '#contract/search.ts'

export interface ShortPassage {
  text: string
  ranges: TextRange[]
  /** Something was left out before or after. */
  cutBefore: boolean
  cutAfter: boolean
}

/** The nearest space at or before `at`, at most `reach` away; else `at`. */
function backToSpace(text: string, at: number, reach: number): number {
  for (let index = at; index > Math.max(0, at - reach); index--) {
    if (/\s/.test(text[index - 1] ?? '')) return index
  }
  return at
}

/**
 * The stretch of a passage that shows most of the words that were found, of
 * about `length` characters, cut between words; the ranges are moved along.
 */
export function shortenPassage(text: string, ranges: readonly TextRange[], length: number): ShortPassage {
  if (text.length <= length * 1.15) return { text, ranges: [...ranges], cutBefore: false, cutAfter: false }
  const sorted = [...ranges].sort((a, b) => a.start - b.start)
  let best = { from: 0, covered: 0 }
  for (const { start } of sorted) {
    const from = Math.max(0, Math.min(start - Math.floor(length / 4), text.length - length))
    const covered = sorted.filter((range) => range.start >= from && range.end <= from + length).length
    if (covered > best.covered) best = { from, covered }
  }
  const inFirst = sorted.filter((range) => range.end <= length).length
  const from = inFirst >= best.covered ? 0 : backToSpace(text, best.from, 24)
  const to = from + length >= text.length ? text.length : backToSpace(text, from + length, 24)
  return {
    text: text.slice(from, to),
    ranges: sorted
      .map(({ start, end }) => ({ start: Math.max(start, from) - from, end: Math.min(end, to) - from }))
      .filter(({ start, end }) => start < end),
    cutBefore: from > 0,
    cutAfter: to < text.length,
  }
}
