import type { TextRange } from '#contract/search.ts'

/** A stretch of a text that is marked as a whole or not at all. */
export interface MarkedPiece {
  text: string
  marked: boolean
  /** UTF-16, into the text. */
  start: number
}

/** A text in pieces, those within the places marked; places that overlap become one. */
export function markPlaces(text: string, places: readonly TextRange[]): MarkedPiece[] {
  const sorted = places
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(text.length, end) }))
    .filter(({ start, end }) => end > start)
    .toSorted((a, b) => a.start - b.start)
  const joined: TextRange[] = []
  for (const { start, end } of sorted) {
    const last = joined.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else joined.push({ start, end })
  }
  const pieces: MarkedPiece[] = []
  let at = 0
  for (const { start, end } of joined) {
    if (start > at) pieces.push({ text: text.slice(at, start), marked: false, start: at })
    pieces.push({ text: text.slice(start, end), marked: true, start })
    at = end
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false, start: at })
  return pieces
}
