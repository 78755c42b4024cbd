import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import type { PdfFile, PdfPage } from '../ingest/extract-pdf.ts'
import { openPdfjs } from './open-pdfjs.ts'
import { closeLetterSpacing } from './pdfjs-letter-spacing.ts'
import { paintsPictures } from './pdfjs-paints-pictures.ts'
import { toTextRuns } from './pdfjs-text-runs.ts'

type Pdfjs = typeof import('pdfjs-dist')
type TextItem = Extract<Awaited<ReturnType<PDFPageProxy['getTextContent']>>['items'][number], { str: string }>

/** Fonts and images of the pages behind are let go this often. */
const CLEANUP_EVERY_PAGES = 50
/** Larger images are not decoded: text needs none, and they are how files exhaust memory. */
const MAX_IMAGE_PIXELS = 25e6

/**
 * Opens a PDF with pdf.js on the calling thread, which should be a worker's: a
 * page may take any time and memory. Throws StudyError: file-unreadable,
 * file-encrypted, wrong-password, file-damaged, file-empty.
 */
export async function openWithPdfjs(path: string, password?: string): Promise<PdfFile> {
  const options = { maxImagePixels: MAX_IMAGE_PIXELS, ...(password === undefined ? {} : { password }) }
  const { pdfjs, document, close } = await openPdfjs(path, options)
  let pagesRead = 0
  return {
    pageCount: document.numPages,
    metadataTitle: await readTitle(document),
    async readPage(pageNumber) {
      if (++pagesRead % CLEANUP_EVERY_PAGES === 0) await document.cleanup()
      return readPage(document, pdfjs, pageNumber)
    },
    close,
  }
}

async function readPage(document: PDFDocumentProxy, pdfjs: Pdfjs, pageNumber: number): Promise<PdfPage> {
  const page = await document.getPage(pageNumber)
  const viewport = page.getViewport({ scale: 1 })
  const content = await page.getTextContent()
  const items = content.items.filter((item): item is TextItem => 'str' in item)
  const readable = await closeLetterSpacing(items, page, pdfjs.OPS)
  return {
    width: viewport.width,
    height: viewport.height,
    runs: toTextRuns(readable, content.styles, viewport.transform),
    paintsPictures: () => paintsPictures(page, pdfjs.OPS),
    release: () => {
      page.cleanup()
    },
  }
}

/** Metadata is often damaged where the pages are not: without it there is only no title. */
async function readTitle(document: PDFDocumentProxy): Promise<string | undefined> {
  try {
    const { info } = await document.getMetadata()
    const title = (info as { Title?: unknown }).Title
    return typeof title === 'string' && title.trim() ? title.trim() : undefined
  } catch {
    return undefined
  }
}
