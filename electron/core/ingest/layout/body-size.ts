import type { TextLine } from './text-run.ts'

/** Sizes are told apart by half points. */
const STEP_PT = 0.5
const FEWEST_CHARACTERS = 600

/**
 * The font size of running text over some pages: the one most characters have.
 * Undefined where the pages have no text.
 */
export function bodySize(pages: readonly (readonly TextLine[])[]): number | undefined {
  return mostCommonSize(pages.flat())?.size
}

/**
 * The size of one page's running text: its own where the page is mostly of one
 * size (a boxed page, an appendix in small print), else the document's.
 */
export function pageBodySize(lines: readonly TextLine[], documentSize: number | undefined): number {
  const own = mostCommonSize(lines)
  if (!own) return documentSize ?? 0
  const isPageOfProse = own.characterCount >= FEWEST_CHARACTERS && own.share >= 0.5
  return documentSize === undefined || isPageOfProse ? own.size : documentSize
}

function mostCommonSize(lines: readonly TextLine[]) {
  const counts = new Map<number, number>()
  let total = 0
  for (const { pieces } of lines) {
    for (const { run, text } of pieces) {
      const size = Math.round(run.size / STEP_PT) * STEP_PT
      counts.set(size, (counts.get(size) ?? 0) + text.length)
      total += text.length
    }
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  return most && { size: most[0], characterCount: most[1], share: most[1] / total }
}
