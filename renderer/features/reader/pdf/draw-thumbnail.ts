import type { PDFDocumentProxy } from 'pdfjs-dist'

export interface ThumbnailRequest {
  document: PDFDocumentProxy
  pageNumber: number
  /** Clockwise, beyond the page's own rotation. */
  turn: number
  /** CSS pixels the picture may take at most. */
  width: number
  height: number
  signal: AbortSignal
}

/** Scrolling fast through a book asks for many pictures: those already scrolled past are never begun. */
const SETTLE_MS = 60

/** One at a time for each document, so that the page being read is never kept waiting by a row of pictures. */
const queues = new WeakMap<PDFDocumentProxy, Promise<void>>()

/** Draws a page into a canvas, sized to fit. A page that can't be drawn stays blank paper. */
export function drawThumbnail(canvas: HTMLCanvasElement, request: ThumbnailRequest): void {
  const { document, signal } = request
  const before = queues.get(document) ?? Promise.resolve()
  const mine = settle(signal)
    .then(() => before)
    .then(() => (signal.aborted ? undefined : draw(canvas, request)))
    .catch(() => {
      // Cancelled, or a damaged page: the reader itself tells about the latter.
    })
  queues.set(document, mine)
}

async function draw(canvas: HTMLCanvasElement, request: ThumbnailRequest): Promise<void> {
  const { document, pageNumber, turn, width, height, signal } = request
  const page = await document.getPage(pageNumber)
  if (signal.aborted) return
  const rotation = (page.rotate + turn) % 360
  const natural = page.getViewport({ scale: 1, rotation })
  const scale = Math.min(width / natural.width, height / natural.height)
  const ratio = Math.min(devicePixelRatio, 2)
  const viewport = page.getViewport({ scale: scale * ratio, rotation })
  canvas.width = Math.ceil(viewport.width)
  canvas.height = Math.ceil(viewport.height)
  canvas.style.width = `${viewport.width / ratio}px`
  canvas.style.height = `${viewport.height / ratio}px`
  const task = page.render({ canvas, viewport })
  signal.addEventListener('abort', () => task.cancel(), { once: true })
  await task.promise
}

function settle(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, SETTLE_MS)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
