/** A part of a page's text as it is set on screen: [start, end) of the page's text. */
export interface TextPiece {
  kind: 'heading' | 'paragraph' | 'item'
  start: number
  end: number
}

const LONGEST_HEADING = 90

/**
 * Sets a page of plain text: blocks stand between blank lines, items begin with
 * a bullet or a number, and a short line of its own that ends like no sentence
 * is taken for a heading. Every character but blank space keeps its offset.
 */
export function layOutText(text: string): TextPiece[] {
  const blocks = [...text.matchAll(/\S(?:(?!\n[^\S\n]*\n)[\s\S])*/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].trimEnd().length,
  }))
  return blocks.flatMap(({ start, end }, index) => {
    const block = text.slice(start, end)
    const isLast = index === blocks.length - 1
    if (!isLast && isHeading(block)) return [{ kind: 'heading' as const, start, end }]
    return splitItems(block, start)
  })
}

function isHeading(block: string): boolean {
  return block.length <= LONGEST_HEADING && !block.includes('\n') && !ITEM.test(block) && !/[.;:,।|]$/.test(block)
}

const ITEM = /^[^\S\n]*(?:[•‣◦–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])[^\S\n]+\S/

function splitItems(block: string, blockStart: number): TextPiece[] {
  const pieces: TextPiece[] = []
  let at = 0
  for (const line of block.split('\n')) {
    const start = blockStart + at
    const end = start + line.length
    const last = pieces.at(-1)
    if (ITEM.test(line)) pieces.push({ kind: 'item', start, end })
    else if (last) last.end = end
    else pieces.push({ kind: 'paragraph', start, end })
    at += line.length + 1
  }
  return pieces
}
