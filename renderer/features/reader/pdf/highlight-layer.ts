import { placeBoxes, type Turn } from '../place-boxes.ts'
import type { PdfHighlight } from './pdf-view.ts'

const LAYER_CLASS = 'highlightLayer'
/** Where the highlight comes to stand in the window: a third down, with its context above and below. */
const RESTING_SHARE = 0.32

/** Lays the rectangles of a highlight over its page, in shares of it: they hold at any zoom. Takes any other away. */
export function drawHighlight(pages: readonly HTMLElement[], highlight: PdfHighlight | undefined, turn: Turn): void {
  for (const page of pages) page.querySelector(`:scope > .${LAYER_CLASS}`)?.remove()
  const page = highlight && pages[highlight.pageNumber - 1]
  if (!page) return
  const layer = document.createElement('div')
  layer.className = LAYER_CLASS
  layer.setAttribute('aria-hidden', 'true')
  const size = { width: highlight.pageWidth, height: highlight.pageHeight }
  for (const placed of placeBoxes(highlight.boxes, size, turn)) {
    const mark = document.createElement('div')
    mark.dataset.testid = 'highlight'
    for (const side of ['left', 'top', 'width', 'height'] as const) mark.style[side] = `${placed[side] * 100}%`
    layer.append(mark)
  }
  page.append(layer)
}

/** Puts the highlight back where pdfjs, drawing its page anew, removed it. */
export function keepHighlight(pages: readonly HTMLElement[], highlight: PdfHighlight | undefined, turn: Turn): void {
  const page = highlight && pages[highlight.pageNumber - 1]
  if (page && !page.querySelector(`:scope > .${LAYER_CLASS}`)) drawHighlight(pages, highlight, turn)
}

/** Scrolls the first rectangle of the highlight to its resting place, or the top of its page where it has none. */
export function scrollToHighlight(container: HTMLElement, page: HTMLElement | undefined): void {
  if (!page) return
  const mark = page.querySelector(`:scope > .${LAYER_CLASS} > *`)
  const frame = container.getBoundingClientRect()
  const box = (mark ?? page).getBoundingClientRect()
  const resting = mark ? frame.height * RESTING_SHARE : 0
  container.scrollTop += box.top - frame.top - resting
  if (box.left < frame.left) container.scrollLeft += box.left - frame.left - 16
  else if (box.right > frame.right)
    container.scrollLeft += Math.min(box.right - frame.right + 16, box.left - frame.left)
}
