import { isCaption } from '../is-caption.ts'
import { splitSentences } from '../split-sentences.ts'
import type { TextLine } from './text-run.ts'

/** Font sizes against the body's, from which a line is a heading of level 1, 2 or 3; level 4 is set in another font at the body's size. */
const LEVEL_RATIOS = [1.9, 1.25, 1.1] as const
const FONT_LEVEL = 4
const MOST_LINES = 3
const MOST_CHARACTERS = 160

export interface Heading {
  /** Index of the first line and the one after the last. */
  from: number
  to: number
  /** From 1, the largest. */
  level: number
}

/**
 * The headings among a page's lines in reading order: one to three lines that
 * stand out by size, or by font and by standing alone, and read like a title.
 */
export function findHeadings(lines: readonly TextLine[], bodySizePt: number): Heading[] {
  const bodyFont = mostCommonFont(lines, bodySizePt)
  const headings: Heading[] = []
  let from = 0
  while (from < lines.length) {
    let to = from + 1
    while (to < lines.length && isSameStyle(lines[to - 1], lines[to])) to++
    const level = headingLevel(lines, from, to, bodySizePt, bodyFont)
    if (level) headings.push({ from, to, level })
    from = to
  }
  return headings
}

function headingLevel(
  lines: readonly TextLine[],
  from: number,
  to: number,
  bodySizePt: number,
  bodyFont: string | undefined,
): number | undefined {
  const block = lines.slice(from, to)
  const [first] = block
  if (!first || first.turned || bodySizePt <= 0) return undefined
  const text = block.map((line) => line.text).join(' ')
  if (block.length > MOST_LINES || !readsLikeTitle(text)) return undefined
  const ratio = first.size / bodySizePt
  const bySize = LEVEL_RATIOS.findIndex((least) => ratio >= least) + 1
  if (bySize > 0) return bySize
  const below = lines[to]
  // In a box set smaller than the page, the text below is the measure.
  const isOfBody = ratio >= 0.95 ? first.font !== bodyFont : !!below && isInOtherFont(first, below)
  if (bodyFont === undefined || !isOfBody) return undefined
  return standsAlone(lines, from, to) && !/[.;,]$/.test(text) ? FONT_LEVEL : undefined
}

function readsLikeTitle(text: string): boolean {
  if (text.length > MOST_CHARACTERS || text.includes('\t') || isCaption(text)) return false
  if (!/^[\p{Lu}\p{Lo}\p{N}“‘"'([¿]/u.test(text)) return false
  const letters = text.match(/[\p{L}\p{M}]/gu)?.length ?? 0
  if (letters < 3 || letters < 0.5 * text.replace(/\s/g, '').length) return false
  // A sentence in large type is a pull quote, two are a remark; "Why do we need a Constitution?" is a title.
  return !(/[.,;।]$/.test(text) && text.split(' ').length > 6) && splitSentences(text).length === 1
}

/** Prose above and below keeps its distance, or is not there. */
function standsAlone(lines: readonly TextLine[], from: number, to: number): boolean {
  const first = lines[from]
  const last = lines[to - 1]
  if (!first || !last) return false
  const above = lines[from - 1]
  const below = lines[to]
  const isClear = !above || isOpenAbove(above, first)
  // What follows on the same line would make it a run-in word, not a heading.
  return isClear && (!below || below.baseline - last.baseline > 0.5 * last.size || below.baseline < last.baseline)
}

function isOpenAbove(above: TextLine, line: TextLine): boolean {
  const distance = line.baseline - above.baseline
  return distance < 0 || distance > 1.6 * line.size || /[.!?:…।”"]$/.test(above.text)
}

function isSameStyle(a: TextLine | undefined, b: TextLine | undefined): boolean {
  if (!a || !b || a.font !== b.font || a.turned !== b.turned) return false
  const distance = b.baseline - a.baseline
  return Math.abs(a.size - b.size) <= 0.04 * a.size && distance > 0 && distance < 1.65 * Math.max(a.size, b.size)
}

function isInOtherFont(line: TextLine, below: TextLine): boolean {
  return line.font !== below.font && line.size >= 0.98 * below.size && below.text.split(' ').length > 4
}

function mostCommonFont(lines: readonly TextLine[], bodySizePt: number): string | undefined {
  const counts = new Map<string, number>()
  for (const { pieces } of lines) {
    for (const { run, text } of pieces) {
      if (Math.abs(run.size - bodySizePt) > 0.1 * bodySizePt) continue
      counts.set(run.font, (counts.get(run.font) ?? 0) + text.length)
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}
