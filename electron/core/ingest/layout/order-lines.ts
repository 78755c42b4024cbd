import { makeLine, type TextLine } from './text-run.ts'

/** Shares of the page's height where running headers and footers stand. */
const HEADER_SHARE = 0.09
const FOOTER_SHARE = 0.93
/** Fewer lines with a gap at one place are a table or chance. */
const FEWEST_COLUMN_LINES = 6

/**
 * Puts a page's lines into reading order. Files draw their text in reading order
 * nearly always, better than geometry can guess it (text around pictures, boxes),
 * so their order is kept, with two mends: lines in the top and bottom margins go
 * first and last, and two columns drawn line by line are read one after the other.
 */
export function orderLines(lines: readonly TextLine[], page: { height: number }): TextLine[] {
  const header = lines.filter((line) => line.y1 <= page.height * HEADER_SHARE)
  const footer = lines.filter((line) => line.y0 >= page.height * FOOTER_SHARE)
  const body = lines.filter((line) => !header.includes(line) && !footer.includes(line))
  const downwards = (a: TextLine, b: TextLine) => a.baseline - b.baseline || a.x0 - b.x0
  return [...header.sort(downwards), ...partColumns(body), ...footer.sort(downwards)]
}

/** Where lines with a gap at one x follow each other, each side of prose, reads the left side first. */
function partColumns(lines: readonly TextLine[]): TextLine[] {
  const gutter = findGutter(lines)
  if (gutter === undefined) return [...lines]
  const ordered: TextLine[] = []
  let left: TextLine[] = []
  let right: TextLine[] = []
  const flush = () => {
    ordered.push(...left, ...right)
    left = []
    right = []
  }
  for (const line of lines) {
    if (line.x0 < gutter && line.x1 > gutter) {
      const sides = splitAt(line, gutter)
      if (sides) {
        left.push(sides[0])
        right.push(sides[1])
      } else {
        flush()
        ordered.push(line)
      }
    } else if (line.x1 <= gutter) {
      left.push(line)
    } else {
      right.push(line)
    }
  }
  flush()
  return ordered
}

/** The x that most split lines share, when what they part is prose and few lines run across it. */
function findGutter(lines: readonly TextLine[]): number | undefined {
  const gaps = lines.flatMap((line) =>
    line.pieces.flatMap((piece, index) => {
      const before = line.pieces[index - 1]
      return piece.before === '\t' && before ? [{ from: before.run.x + before.run.width, to: piece.run.x, line }] : []
    }),
  )
  let best: { x: number; lines: TextLine[] } | undefined
  for (const { from, to } of gaps) {
    const x = (from + to) / 2
    const sharing = gaps.filter((gap) => gap.from < x && x < gap.to).map((gap) => gap.line)
    if (sharing.length > (best?.lines.length ?? 0)) best = { x, lines: sharing }
  }
  if (!best || best.lines.length < FEWEST_COLUMN_LINES) return undefined
  const { x, lines: parted } = best
  const top = Math.min(...parted.map(({ y0 }) => y0))
  const bottom = Math.max(...parted.map(({ y1 }) => y1))
  const crossing = lines.filter(
    (line) => line.y0 >= top && line.y1 <= bottom && line.x0 < x && line.x1 > x && !parted.includes(line),
  )
  if (crossing.length > 0.15 * parted.length) return undefined
  const sides = parted.flatMap((line) => splitAt(line, x) ?? [])
  const isProse = (side: TextLine) => side.text.split(/\s+/).length >= 4 && !side.text.includes('\t')
  return sides.filter(isProse).length >= 0.7 * sides.length ? x : undefined
}

function splitAt(line: TextLine, x: number): [TextLine, TextLine] | undefined {
  const at = line.pieces.findIndex(({ run, before }) => before === '\t' && run.x > x)
  const left = makeLine(line.pieces.slice(0, Math.max(at, 0)))
  const right = makeLine(line.pieces.slice(Math.max(at, 0)))
  return left && right && left.x1 <= x ? [left, right] : undefined
}
