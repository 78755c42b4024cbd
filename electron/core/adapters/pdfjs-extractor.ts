import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import { StudyError } from '../errors.ts'
import type { PdfFile, PdfPage } from '../ingest/extract-pdf.ts'
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
 * file-encrypted, file-damaged, file-empty.
 */
export async function openPdf(path: string): Promise<PdfFile> {
  const pdfjs = await loadPdfjs()
  const root = `${dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))}/`
  const task = pdfjs.getDocument({
    data: await readBytes(path),
    verbosity: 0,
    cMapUrl: `${root}cmaps/`,
    standardFontDataUrl: `${root}standard_fonts/`,
    wasmUrl: `${root}wasm/`,
    iccUrl: `${root}iccs/`,
    useSystemFonts: false,
    disableFontFace: true,
    maxImageSize: MAX_IMAGE_PIXELS,
  })
  let document: PDFDocumentProxy
  try {
    document = await task.promise
    if (document.numPages === 0) throw emptyFile()
  } catch (error) {
    await task.destroy()
    throw explainOpenFailure(pdfjs, error)
  }
  let pagesRead = 0
  return {
    pageCount: document.numPages,
    metadataTitle: await readTitle(document),
    async readPage(pageNumber) {
      if (++pagesRead % CLEANUP_EVERY_PAGES === 0) await document.cleanup()
      return readPage(document, pdfjs, pageNumber)
    },
    close: () => task.destroy(),
  }
}

/** In the main process of Electron pdf.js takes a thread with `process.type` set for a browser's: here it never is one. */
async function loadPdfjs(): Promise<Pdfjs> {
  if (process.versions.electron) Object.defineProperty(process, 'type', { value: 'browser', configurable: true })
  // Both halves run in this thread; told so, pdf.js need not find the second one by a path of its own.
  const globals = globalThis as { pdfjsWorker?: unknown }
  // @ts-expect-error the package has no types for this entry
  globals.pdfjsWorker ??= await import('pdfjs-dist/legacy/build/pdf.worker.mjs')
  return (await import('pdfjs-dist/legacy/build/pdf.mjs')) as Pdfjs
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const { buffer, byteOffset, byteLength } = await readFile(path)
    return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)
  } catch (cause) {
    throw new StudyError(
      'file-unreadable',
      'The kept copy of this file could not be read. Delete the document and import the file again.',
      { cause },
    )
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

function emptyFile(): StudyError {
  return new StudyError('file-empty', 'This PDF has no pages. The file was kept; there is nothing in it to read.')
}

function explainOpenFailure(pdfjs: Pdfjs, error: unknown): unknown {
  if (error instanceof StudyError) return error
  if (error instanceof pdfjs.PasswordException) {
    return new StudyError(
      'file-encrypted',
      'This PDF is locked with a password, so nothing in it was read. ' +
        'The file was kept. Save a copy without the password in your PDF viewer and import that copy.',
      { cause: error },
    )
  }
  return new StudyError(
    'file-damaged',
    'This PDF is damaged and could not be opened, so nothing in it was read. ' +
      'The file was kept as it is. Download or copy it again and import that copy.',
    { cause: error },
  )
}
