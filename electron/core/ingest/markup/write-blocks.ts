import type { TextBlock } from '../read-markdown.ts'

/** From here on a table's cell is prose: the table only lays out the page. */
const LONGEST_CELL = 600
/** Tables inside tables beyond this are read as text, and lists are not set in further. */
const DEEPEST = 8

/** A stretch of blocks under way: the document's own, or those of a table's cell. */
interface Frame {
  blocks: TextBlock[]
  /** Finished lines of the block under way. */
  lines: string[]
  line: string
  /** The line under way is empty, or its last character is a space: no other space belongs there. */
  endsInSpace: boolean
  /** Nothing but an item's mark stands in the line under way. */
  isMarkOnly: boolean
  /** The lists around, each with the number of its last item; undefined for bullets. */
  lists: (number | undefined)[]
  /** The rows of the table whose cells are being read. */
  rows: TextBlock[][][]
}

/**
 * Gathers what a reader of marked-up text hears into blocks: paragraphs, headings,
 * lists (one block each, an item a line, marked by its bullet or number and set in
 * by its depth) and tables (one block each, a row a line, cells parted by tabs).
 */
export class BlockWriter {
  readonly #frames: Frame[] = [newFrame()]

  get #frame(): Frame {
    return this.#frames[this.#frames.length - 1] as Frame
  }

  /** Blocks finished so far, those in the cells of an open table apart. */
  get blockCount(): number {
    return this.#frames[0]?.blocks.length ?? 0
  }

  /** Adds to the block under way. Whitespace counts as one space, or as it stands with `keepSpace`. */
  text(text: string, { keepSpace = false } = {}): void {
    const frame = this.#frame
    if (keepSpace) {
      const [first = '', ...rest] = text.replace(/\r\n?/g, '\n').split('\n')
      this.#append(frame, first)
      for (const line of rest) {
        this.#endLine(frame, { keepEmpty: true })
        this.#append(frame, line)
      }
      return
    }
    const flat = text.replace(/\s+/g, ' ')
    this.#append(frame, frame.endsInSpace && flat.startsWith(' ') ? flat.slice(1) : flat)
  }

  /** A line's end inside the block under way. */
  breakLine(): void {
    this.#endLine(this.#frame)
  }

  /** Ends the block under way; inside a list its line alone. */
  endBlock(headingLevel?: number): void {
    const frame = this.#frame
    if (frame.isMarkOnly) return
    this.#endLine(frame)
    if (frame.lists.length === 0) this.#flush(frame, headingLevel)
  }

  /** `start` is the number of a numbered list's first item; undefined for bullets. */
  openList(start: number | undefined): void {
    const frame = this.#frame
    if (frame.lists.length === 0) this.endBlock()
    else this.#endLine(frame)
    frame.lists.push(start === undefined ? undefined : start - 1)
  }

  /** `mark` stands for the item's own bullet or number. */
  openItem(mark?: string): void {
    const frame = this.#frame
    this.#endLine(frame)
    const last = frame.lists.length - 1
    if (last < 0) return
    const count = frame.lists[last]
    if (count !== undefined) frame.lists[last] = count + 1
    const indent = '  '.repeat(Math.min(last, DEEPEST))
    frame.line = `${indent}${mark ?? (count === undefined ? '•' : `${count + 1}.`)} `
    frame.endsInSpace = true
    frame.isMarkOnly = true
  }

  closeList(): void {
    const frame = this.#frame
    this.#endLine(frame)
    frame.lists.pop()
    if (frame.lists.length === 0) this.#flush(frame)
  }

  openTable(): void {
    this.endBlock()
  }

  openRow(): void {
    this.#frame.rows.push([])
  }

  openCell(): void {
    if (this.#frames.length <= DEEPEST) this.#frames.push(newFrame())
    else this.text(' ')
  }

  closeCell(): void {
    if (this.#frames.length === 1) return
    const blocks = this.#endFrame(this.#frames.pop() as Frame)
    const { rows } = this.#frame
    if (rows.length === 0) rows.push([])
    rows.at(-1)?.push(blocks)
  }

  closeTable(): void {
    const frame = this.#frame
    const rows = frame.rows.filter((row) => row.some((cell) => cell.length > 0))
    frame.rows = []
    if (rows.length === 0) return
    const cells = rows.flat()
    const isLayout =
      rows.every((row) => row.length <= 1) ||
      cells.some((cell) => cell.some((block) => block.headingLevel !== undefined) || lengthOf(cell) > LONGEST_CELL)
    const blocks = isLayout ? cells.flat() : [{ text: rows.map(asLine).join('\n') }]
    if (frame.lists.length === 0) {
      this.endBlock()
      for (const block of blocks) frame.blocks.push(block)
    } else {
      this.#endLine(frame)
      for (const block of blocks) frame.lines.push(...block.text.split('\n'))
    }
  }

  /** Ends whatever was left open and gives the blocks. */
  end(): TextBlock[] {
    while (this.#frames.length > 1) {
      this.closeCell()
      this.closeTable()
    }
    return this.#endFrame(this.#frame)
  }

  #append(frame: Frame, text: string): void {
    if (text === '') return
    frame.line += text
    frame.endsInSpace = text.endsWith(' ')
    frame.isMarkOnly &&= text.trim() === ''
  }

  #endLine(frame: Frame, { keepEmpty = false } = {}): void {
    const line = frame.isMarkOnly ? '' : frame.line.trimEnd()
    if (line !== '' || (keepEmpty && frame.lines.length > 0)) frame.lines.push(line)
    frame.line = ''
    frame.endsInSpace = true
    frame.isMarkOnly = false
  }

  #flush(frame: Frame, headingLevel?: number): void {
    while (frame.lines.at(-1) === '') frame.lines.pop()
    const { lines } = frame
    frame.lines = []
    if (lines.length === 0) return
    if (headingLevel === undefined) frame.blocks.push({ text: lines.join('\n') })
    else frame.blocks.push({ text: lines.join(' ').trim(), headingLevel })
  }

  #endFrame(frame: Frame): TextBlock[] {
    this.#endLine(frame)
    frame.lists = []
    this.#flush(frame)
    return frame.blocks
  }
}

function newFrame(): Frame {
  return { blocks: [], lines: [], line: '', endsInSpace: true, isMarkOnly: false, lists: [], rows: [] }
}

function lengthOf(cell: readonly TextBlock[]): number {
  return cell.reduce((sum, { text }) => sum + text.length, 0)
}

function asLine(row: readonly TextBlock[][]): string {
  const cells = row.map((cell) =>
    cell
      .map(({ text }) => text)
      .join(' ')
      .replace(/\s+/g, ' '),
  )
  return cells.join('\t').trimEnd()
}
