import type { TextRange } from '#contract/search.ts'

export interface PaintedRange extends TextRange {
  /** quote: the highlighted passage · match: found words · current: the match in view */
  paint: 'quote' | 'match' | 'current'
}

export interface PaintedPart {
  start: number
  end: number
  /** Every paint that covers the part. */
  paints: readonly PaintedRange['paint'][]
}

/** Cuts [start, end) of a text wherever a range begins or ends, and says what covers each part. */
export function paintRanges(start: number, end: number, ranges: readonly PaintedRange[]): PaintedPart[] {
  const touching = ranges.filter((range) => range.start < end && range.end > start && range.start < range.end)
  const cuts = new Set([start, end])
  for (const range of touching) {
    cuts.add(Math.max(start, range.start))
    cuts.add(Math.min(end, range.end))
  }
  const sorted = [...cuts].sort((a, b) => a - b)
  return sorted.slice(0, -1).map((from, i) => {
    const to = sorted[i + 1] ?? end
    return {
      start: from,
      end: to,
      paints: touching.filter((range) => range.start <= from && range.end >= to).map(({ paint }) => paint),
    }
  })
}
