import { cleanRun } from './clean-run.ts'
import { dropOverprints } from './drop-overprints.ts'
import { type LinePiece, makeLine, type TextLine, type TextRun } from './text-run.ts'

/** Of the font size: wider than a space of justified text, narrower than the gap between two columns. */
const CELL_GAP = 1.6
const WORD_GAP = 0.25
const BULLET = /^\s*[•●○◦▪■◆❖➢►✓✔√§±*–—\uf0a7\uf0b7\uf0d8-]\s*$/

/**
 * Joins runs that stand on one line, in the order they are drawn. Where a wide
 * gap parts them (a table's cells, two columns drawn line by line) the piece
 * after it carries a tab.
 */
export function gatherLines(runs: readonly TextRun[]): TextLine[] {
  const lines: TextLine[] = []
  let pieces: LinePiece[] = []
  let previous: TextRun | undefined
  let spaceSeen = false
  const close = () => {
    const line = makeLine(isStretched(pieces) ? pieces.map(withoutTab) : pieces)
    if (line) lines.push(line)
    pieces = []
    spaceSeen = false
  }
  for (const run of dropOverprints(runs)) {
    const text = cleanRun(run.text)
    if (text) {
      if (previous && !continuesLine(previous, run)) close()
      pieces.push({ run, text, before: gapBetween(pieces.length > 0 ? previous : undefined, run, spaceSeen) })
      spaceSeen = false
      previous = run
    } else if (/\s/.test(run.text)) {
      spaceSeen = true
    }
    if (run.endsLine) {
      close()
      previous = undefined
    }
  }
  close()
  return lines
}

function continuesLine(previous: TextRun, run: TextRun): boolean {
  if (previous.turned || run.turned) return previous.turned && run.turned
  const size = Math.max(previous.size, run.size)
  const gap = run.x - (previous.x + previous.width)
  if (gap < -size) return false
  const drop = Math.abs(run.baseline - previous.baseline)
  // A superscript stands right beside its word; anything further off must share the baseline.
  return drop < 0.25 * size || (drop < 0.7 * size && gap < size && run.size !== previous.size)
}

/** Single words far apart, all by about the same: a justified line of a narrow column, not the cells of a table. */
function isStretched(pieces: readonly LinePiece[]): boolean {
  if (pieces.some(({ text }) => text.includes(' '))) return false
  const gaps = pieces.slice(1).map(({ run }, index) => {
    const before = pieces[index]?.run ?? run
    return (run.x - (before.x + before.width)) / Math.max(1, run.size)
  })
  const widest = Math.max(...gaps)
  return gaps.length === 1 ? widest < 2.5 : widest < 4 && widest < 2 * Math.min(...gaps)
}

function withoutTab(piece: LinePiece): LinePiece {
  return piece.before === '\t' ? { ...piece, before: ' ' } : piece
}

function gapBetween(previous: TextRun | undefined, run: TextRun, spaceSeen: boolean): LinePiece['before'] {
  if (!previous) return ''
  const gap = run.x - (previous.x + previous.width)
  const size = Math.max(previous.size, run.size)
  if (!run.turned && gap > CELL_GAP * size && !BULLET.test(previous.text)) return '\t'
  const isSpaced = spaceSeen || gap > WORD_GAP * size || /\s$/.test(previous.text) || /^\s/.test(run.text)
  return isSpaced ? ' ' : ''
}
