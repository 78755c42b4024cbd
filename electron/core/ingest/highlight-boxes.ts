import type { Box } from '#contract/documents.ts'
import { TEXT_BOX_STRIDE, type TextBoxes } from '../ports.ts'

/**
 * The rectangles of a stretch of a page's text, one a line, in reading order:
 * points from the top left of the page as shown. Where a run of text is cut, its
 * edge is placed by the share of its characters (within a point or two on book
 * pages). Empty where the page has no boxes or the stretch no visible text. Lines of
 * a page that lies on its side run down it.
 */
export function highlightBoxes(boxes: TextBoxes, startOffset: number, endOffset: number): Box[] {
  return liesAside(boxes)
    ? linesOver(transpose(boxes), startOffset, endOffset, false).map(({ x, y, width, height }) => ({
        x: y,
        y: x,
        width: height,
        height: width,
      }))
    : linesOver(boxes, startOffset, endOffset, true)
}

/** Most of its runs are set upright, by their length. */
function liesAside(boxes: TextBoxes): boolean {
  let upright = 0
  for (let i = 0; i + TEXT_BOX_STRIDE <= boxes.length; i += TEXT_BOX_STRIDE) {
    const [width = 0, height = 0] = boxes.slice(i + 4, i + TEXT_BOX_STRIDE)
    upright += height - width
  }
  return upright > 0
}

function transpose(boxes: TextBoxes): TextBoxes {
  const turned: TextBoxes = []
  for (let i = 0; i + TEXT_BOX_STRIDE <= boxes.length; i += TEXT_BOX_STRIDE) {
    const [start = 0, length = 0, x = 0, y = 0, width = 0, height = 0] = boxes.slice(i, i + TEXT_BOX_STRIDE)
    turned.push(start, length, y, x, height, width)
  }
  return turned
}

/** Runs are cut only where it is known at which end they begin. */
function linesOver(boxes: TextBoxes, startOffset: number, endOffset: number, canCut: boolean): Box[] {
  const lines: Box[] = []
  for (let i = 0; i + TEXT_BOX_STRIDE <= boxes.length; i += TEXT_BOX_STRIDE) {
    const [start = 0, length = 0, x = 0, y = 0, width = 0, height = 0] = boxes.slice(i, i + TEXT_BOX_STRIDE)
    const from = Math.max(start, startOffset)
    const to = Math.min(start + length, endOffset)
    if (from >= to) continue
    const run = { x, y, width, height }
    const piece = canCut ? cutRun(run, (from - start) / length, (to - start) / length) : run
    const last = lines.at(-1)
    if (last && isSameLine(last, piece)) lines[lines.length - 1] = union(last, piece)
    else lines.push(piece)
  }
  return lines
}

/** A share of a run along its line. Runs set upright (taller than wide) are taken whole: which end comes first is not known. */
function cutRun(run: Box, fromShare: number, toShare: number): Box {
  if (run.height > run.width * 2 && toShare - fromShare < 1) return run
  return { ...run, x: run.x + run.width * fromShare, width: run.width * (toShare - fromShare) }
}

/** Runs share a line when they overlap for most of the lower one's height and no column gap lies between them. */
function isSameLine(a: Box, b: Box): boolean {
  const overlap = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  if (overlap < 0.5 * Math.min(a.height, b.height)) return false
  const gap = Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width)
  return gap < 2 * Math.max(a.height, b.height)
}

function union(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}
