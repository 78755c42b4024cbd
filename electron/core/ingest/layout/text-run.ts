/** A run of text as an engine found it on a page, in the order the file draws it; points from the top left of the page as shown. */
export interface TextRun {
  text: string
  x: number
  y: number
  width: number
  height: number
  /** y of the line the letters stand on. */
  baseline: number
  /** Font size as shown. */
  size: number
  /** Equal for runs of one font on this page. */
  font: string
  /** The engine saw a line end after it. */
  endsLine: boolean
  /** Not set from left to right: a watermark, a table's upright heading. */
  turned: boolean
}

/** A line of text, or one column's share of it. */
export interface TextLine {
  pieces: LinePiece[]
  /** What a reader sees, pieces joined. */
  text: string
  x0: number
  x1: number
  y0: number
  y1: number
  baseline: number
  /** Of most of its characters; of its largest letters in a line of capitals (small caps, drop caps). */
  size: number
  /** Of most of its characters. */
  font: string
  turned: boolean
}

export interface LinePiece {
  run: TextRun
  /** Cleaned; never empty, no space at its ends. */
  text: string
  /** What stands between the piece before and this one: a tab where a column or cell ends. */
  before: '' | ' ' | '\t'
}

/** A line of the pieces given, or undefined for none. */
export function makeLine(pieces: readonly LinePiece[]): TextLine | undefined {
  const [first, ...rest] = pieces
  if (!first) return undefined
  const kept: LinePiece[] = [{ ...first, before: '' }, ...rest]
  const text = kept.map((piece) => piece.before + piece.text).join('')
  const largest = Math.max(...kept.map(({ run }) => run.size))
  const main = kept.reduce((most, piece) => (piece.text.length > most.text.length ? piece : most))
  const isCapitals = text === text.toUpperCase() && /\p{Lu}{2}/u.test(text)
  return {
    pieces: kept,
    text,
    x0: Math.min(...kept.map(({ run }) => run.x)),
    x1: Math.max(...kept.map(({ run }) => run.x + run.width)),
    y0: Math.min(...kept.map(({ run }) => run.y)),
    y1: Math.max(...kept.map(({ run }) => run.y + run.height)),
    baseline: main.run.baseline,
    size: isCapitals ? largest : main.run.size,
    font: main.run.font,
    turned: main.run.turned,
  }
}
