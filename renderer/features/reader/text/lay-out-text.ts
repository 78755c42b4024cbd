/** A part of a page's text as it is set on screen: [start, end) of the page's text. */
export type TextPiece = { start: number; end: number } & (
  | { kind: 'heading'; level: number }
  | { kind: 'paragraph' }
  /** `depth` counts the lists around it, from 0. */
  | { kind: 'item'; depth: number }
  /** Cells by row, each [start, end). */
  | { kind: 'table'; rows: { start: number; end: number }[][] }
)

const LONGEST_HEADING = 90
/** What a heading is set as where its level is only guessed. */
const GUESSED_LEVEL = 2

/**
 * Sets a page of text: blocks stand between blank lines, items begin with a bullet
 * or a number, and lines with tabs are a table's rows. `headings` are the page's,
 * as [start, length, level, …]; a plain text knows none of its own, and there
 * (undefined) a short line by itself that ends like no sentence is taken for one.
 * Every character but blank space keeps its offset.
 */
export function layOutText(text: string, headings?: readonly number[]): TextPiece[] {
  const levels = new Map<number, number>()
  for (let i = 0; headings && i + 3 <= headings.length; i += 3) levels.set(headings[i] ?? 0, headings[i + 2] ?? 1)
  const blocks = [...text.matchAll(/\S(?:(?!\n[^\S\n]*\n)[\s\S])*/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].trimEnd().length,
  }))
  return blocks.flatMap(({ start, end }, index): TextPiece[] => {
    const level = levels.get(start)
    if (level !== undefined) return [{ kind: 'heading', start, end, level }]
    const block = text.slice(start, end)
    const isLast = index === blocks.length - 1
    if (!headings && !isLast && looksLikeHeading(block)) return [{ kind: 'heading', start, end, level: GUESSED_LEVEL }]
    return splitBlock(block, start)
  })
}

function looksLikeHeading(block: string): boolean {
  return block.length <= LONGEST_HEADING && !/[\n\t]/.test(block) && !ITEM.test(block) && !/[.;:,।|]$/.test(block)
}

const ITEM = /^[^\S\n]*(?:[•‣◦–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])[^\S\n]+\S/
const SPACES_A_DEPTH = 2

function splitBlock(block: string, blockStart: number): TextPiece[] {
  const pieces: TextPiece[] = []
  let at = 0
  for (const line of block.split('\n')) {
    const start = blockStart + at
    const end = start + line.length
    const last = pieces.at(-1)
    if (line.includes('\t')) {
      if (last?.kind === 'table') {
        last.rows.push(cellsOf(line, start))
        last.end = end
      } else {
        pieces.push({ kind: 'table', start, end, rows: [cellsOf(line, start)] })
      }
    } else if (ITEM.test(line)) {
      const indent = line.length - line.trimStart().length
      pieces.push({ kind: 'item', start, end, depth: Math.floor(indent / SPACES_A_DEPTH) })
    } else if (last && last.kind !== 'table') last.end = end
    else pieces.push({ kind: 'paragraph', start, end })
    at += line.length + 1
  }
  return pieces
}

function cellsOf(line: string, lineStart: number): { start: number; end: number }[] {
  let at = lineStart
  return line.split('\t').map((cell) => {
    const start = at
    at += cell.length + 1
    return { start, end: start + cell.length }
  })
}
