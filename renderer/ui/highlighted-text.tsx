import type { TextRange } from '#contract/search.ts'

export interface TextPart {
  text: string
  marked: boolean
  /** Where the part begins in the whole text. */
  start: number
}

/** Cuts a text at ranges that may overlap, touch, come in any order or reach past its end. */
export function splitByRanges(text: string, ranges: readonly TextRange[]): TextPart[] {
  const sorted = ranges
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(text.length, end) }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start)
  const parts: TextPart[] = []
  let at = 0
  for (const { start, end } of sorted) {
    if (end <= at) continue
    const from = Math.max(start, at)
    if (from > at) parts.push({ text: text.slice(at, from), marked: false, start: at })
    const last = parts.at(-1)
    if (last?.marked) last.text += text.slice(from, end)
    else parts.push({ text: text.slice(from, end), marked: true, start: from })
    at = end
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false, start: at })
  return parts
}

/** A text with the given stretches marked as with a highlighter. */
export function HighlightedText({ text, ranges }: { text: string; ranges: readonly TextRange[] }) {
  return splitByRanges(text, ranges).map((part) =>
    part.marked ? <mark key={part.start}>{part.text}</mark> : <span key={part.start}>{part.text}</span>,
  )
}
