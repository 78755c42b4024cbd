import type { ExtractedPage, TextBoxes } from '../../ports.ts'
import { pageBodySize } from './body-size.ts'
import { findHeadings, type Heading } from './find-headings.ts'
import { brokenWordLength, type Joint, joinLines } from './join-lines.ts'
import type { TextLine } from './text-run.ts'

/** One page's lines in reading order (orderLines) and its size in points as shown. */
export interface PageLines {
  pageNumber: number
  width: number
  height: number
  lines: readonly TextLine[]
}

/**
 * Writes a page's lines as its one text, with the box of every run in it and the
 * headings: see ExtractedPage. `bodySizePt` is the document's, from bodySize.
 */
export function layOutPage(page: PageLines, bodySizePt: number | undefined): ExtractedPage {
  const { lines } = page
  const headings = findHeadings(lines, pageBodySize(lines, bodySizePt))
  const leading = usualLeading(lines)
  const boxes: TextBoxes = []
  const lineStarts: number[] = []
  const lineEnds: number[] = []
  let text = ''
  lines.forEach((line, index) => {
    const above = lines[index - 1]
    if (above) {
      const broken = sameBlock(headings, index) ? brokenWordLength(above.text, line.text) : undefined
      const joint: Joint = sameBlock(headings, index)
        ? joinLines(above, line, { leading, right: rightEdge(lines, index) })
        : '\n\n'
      if (broken !== undefined && joint === '\n') {
        const dropped = above.text.length - broken
        text = text.slice(0, text.length - dropped)
        shortenLast(boxes, dropped)
        lineEnds[index - 1] = text.length
      } else {
        text += joint
      }
    }
    lineStarts.push(text.length)
    for (const { before, text: piece, run } of line.pieces) {
      text += before
      boxes.push(text.length, piece.length, tenth(run.x), tenth(run.y), tenth(run.width), tenth(run.height))
      text += piece
    }
    lineEnds.push(text.length)
  })
  return {
    pageNumber: page.pageNumber,
    width: page.width,
    height: page.height,
    text,
    boxes,
    headings: headings.flatMap(({ from, to, level }) => {
      const start = lineStarts[from] ?? 0
      return [start, (lineEnds[to - 1] ?? start) - start, level]
    }),
  }
}

/** A line that begins or follows a heading starts a block of its own. */
function sameBlock(headings: readonly Heading[], index: number): boolean {
  return !headings.some(({ from, to }) => from === index || to === index)
}

/** Takes the hyphen off the last run. */
function shortenLast(boxes: TextBoxes, dropped: number): void {
  const at = boxes.length - 6
  const length = boxes[at + 1] ?? 0
  if (dropped === 0 || length <= dropped) return
  boxes[at + 1] = length - dropped
  boxes[at + 4] = tenth(((boxes[at + 4] ?? 0) * (length - dropped)) / length)
}

/** The median distance of lines set one below the other; 0 for none. */
function usualLeading(lines: readonly TextLine[]): number {
  const distances: number[] = []
  lines.forEach((line, index) => {
    const above = lines[index - 1]
    if (!above || above.font !== line.font || Math.abs(above.size - line.size) > 0.5) return
    const distance = line.baseline - above.baseline
    if (distance > 0.8 * line.size && distance < 3 * line.size) distances.push(distance)
  })
  distances.sort((a, b) => a - b)
  return distances[distances.length >> 1] ?? 0
}

/** Where the lines around one end, those of its column: text beside a picture is narrower than the page. */
function rightEdge(lines: readonly TextLine[], index: number): number {
  const line = lines[index]
  const around = lines.slice(Math.max(0, index - 4), index + 4)
  return Math.max(...around.filter((other) => line && other.x0 < line.x1 && other.x1 > line.x0).map(({ x1 }) => x1))
}

/** A tenth of a point is finer than any highlight and keeps the stored boxes short. */
function tenth(points: number): number {
  return Math.round(points * 10) / 10
}
