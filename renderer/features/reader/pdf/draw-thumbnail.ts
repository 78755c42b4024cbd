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
/** Pictures kept of a document, about 0.3 MB each. */
const PICTURES_KEPT = 80

interface Drawing {
  /** One at a time, so that the page being read is never kept waiting by a row of pictures. */
  queue: Promise<void>
  /** By page and turn, the one used last at the end. */
  pictures: Map<string, ImageBitmap>
}

const drawings = new WeakMap<PDFDocumentProxy, Drawing>()

/** Draws a page into a canvas, sized to fit. A page that can't be drawn stays blank paper. */
export function drawThumbnail(canvas: HTMLCanvasElement, request: ThumbnailRequest): void {
  const { document, pageNumber, turn, signal } = request
  const drawing = drawings.get(document) ?? { queue: Promise.resolve(), pictures: new Map() }
  drawings.set(document, drawing)
  const key = `${pageNumber}/${turn}`
  const known = drawing.pictures.get(key)
  if (known) {
    drawing.pictures.delete(key)
    drawing.pictures.set(key, known)
    show(canvas, known)
    return
  }
  const before = drawing.queue
  drawing.queue = settle(signal)
    .then(() => before)
    .then(async () => {
      if (signal.aborted) return
      const picture = await draw(request)
      keep(drawing, key, picture)
      if (!signal.aborted) show(canvas, picture)
    })
    .catch(() => {
      // Cancelled, or a damaged page: the reader itself tells about the latter.
    })
}

async function draw({ document, pageNumber, turn, width, height, signal }: ThumbnailRequest): Promise<ImageBitmap> {
  const page = await document.getPage(pageNumber)
  signal.throwIfAborted()
  const rotation = (page.rotate + turn) % 360
  const natural = page.getViewport({ scale: 1, rotation })
  const scale = Math.min(width / natural.width, height / natural.height) * pixelRatio()
  const viewport = page.getViewport({ scale, rotation })
  const canvas = window.document.createElement('canvas')
  canvas.width = Math.ceil(viewport.width)
  canvas.height = Math.ceil(viewport.height)
  const task = page.render({ canvas, viewport })
  signal.addEventListener('abort', () => task.cancel(), { once: true })
  await task.promise
  return createImageBitmap(canvas)
}

function show(canvas: HTMLCanvasElement, picture: ImageBitmap): void {
  canvas.width = picture.width
  canvas.height = picture.height
  canvas.style.width = `${picture.width / pixelRatio()}px`
  canvas.style.height = `${picture.height / pixelRatio()}px`
  canvas.getContext('2d')?.drawImage(picture, 0, 0)
}

function keep({ pictures }: Drawing, key: string, picture: ImageBitmap): void {
  pictures.set(key, picture)
  for (const [oldest, old] of pictures) {
    if (pictures.size <= PICTURES_KEPT) break
    pictures.delete(oldest)
    old.close()
  }
}

function pixelRatio(): number {
  return Math.min(devicePixelRatio, 2)
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
