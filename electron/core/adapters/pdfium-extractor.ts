import { statSync } from 'node:fs'
import { FEWEST_CHARACTERS } from '../ingest/judge-page.ts'
import type { TextRun } from '../ingest/layout/text-run.ts'
import { type PdfiumEngine, startPdfium } from './pdfium-engine.ts'
import { readTextRuns, type Transform } from './pdfium-text-runs.ts'
import { FEWEST_OUTLINES } from './pdfjs-paints-pictures.ts'

/** A page as PDFium reads it: points as shown, as in PdfPage. */
export interface PdfiumPage {
  width: number
  height: number
  runs: TextRun[]
  /** Whether it shows images or outlines; looked at only where there is next to no text. */
  paintsPictures: boolean
  /** No letter could be told, and no picture says why. */
  isDoubtful: boolean
}

export interface PdfiumFile {
  pageCount: number
  metadataTitle: string | undefined
  /** Undefined where PDFium can't read the page. */
  readPage(pageNumber: number): PdfiumPage | undefined
  close(): void
}

export interface Pdfium {
  /** Undefined for a file that PDFium can't open, or that is not sound: see decision 21. */
  open(path: string, password?: string): Promise<PdfiumFile | undefined>
}

/** The engine gives no memory back: one that has taken more is not used for another document. */
const MOST_KEPT_BYTES = 96 * 1024 * 1024
/** The file lies in the engine's memory while it is read; pdf.js, which reads the larger ones, needs no less. */
const MOST_FILE_BYTES = 128 * 1024 * 1024
const MOST_TITLE_BYTES = 2000
/** Of a page's picture: recognition, which is what asks for it, draws no larger ones. */
const MOST_IMAGE_PIXELS = 80e6

/** FPDF_PAGEOBJ_… of fpdf_edit.h. */
const TEXT_OBJECT = 1
const PATH_OBJECT = 2
const IMAGE_OBJECT = 3
const FORM_OBJECT = 5
const DEEPEST_FORM = 8

/**
 * Reads sound PDFs with PDFium on the calling thread, one at a time; its engine starts
 * with the first. A document that makes the engine fail is given up, and the engine with it.
 */
export function makePdfium(start: () => Promise<PdfiumEngine> = startPdfium): Pdfium {
  let kept: PdfiumEngine | undefined
  return {
    async open(path, password) {
      const byteSize = statSync(path, { throwIfNoEntry: false })?.size ?? 0
      if (byteSize === 0 || byteSize > MOST_FILE_BYTES) return undefined
      const engine = kept ?? (await start())
      const keep = () => {
        kept = engine.byteSize() <= MOST_KEPT_BYTES ? engine : undefined
      }
      kept = undefined
      try {
        const opened = engine.openFile(path, password)
        const file = opened && readDocument(engine, opened, keep)
        if (!file) keep()
        return file
      } catch (error) {
        // Of a file that the system does not give, pdf.js says why.
        if (isSystemError(error)) keep()
        else if (!isEngineFailure(error)) throw error
        return undefined
      }
    },
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

/** A trap, an abort, or no room left on the stack or in memory: nothing more may be called. */
function isEngineFailure(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError
}

function readDocument(
  engine: PdfiumEngine,
  opened: { document: number; close(): void },
  keep: () => void,
): PdfiumFile | undefined {
  const { functions } = engine
  const { document } = opened
  let hasFailed = false
  const isSound = functions.FPDF_DocumentHasValidCrossReferenceTable(document)
  const pageCount = functions.FPDF_GetPageCount(document)
  if (!isSound || pageCount < 1) {
    opened.close()
    return undefined
  }
  return {
    pageCount,
    metadataTitle: readTitle(engine, document),
    readPage(pageNumber) {
      if (hasFailed) return undefined
      try {
        return readPage(engine, document, pageNumber - 1)
      } catch (error) {
        if (!isEngineFailure(error)) throw error
        hasFailed = true
        return undefined
      }
    },
    close() {
      if (hasFailed) return
      opened.close()
      keep()
    },
  }
}

function readPage(engine: PdfiumEngine, document: number, index: number): PdfiumPage | undefined {
  const { functions, scratch } = engine
  const page = functions.FPDF_LoadPage(document, index)
  if (!page) return undefined
  const text = functions.FPDFText_LoadPage(page)
  if (!text) {
    functions.FPDF_ClosePage(page)
    return undefined
  }
  functions.FPDF_GetPageBoundingBox(page, scratch)
  const [left = 0, top = 0, right = 0, bottom = 0] = engine.floats()
  const quarters = functions.FPDFPage_GetRotation(page)
  const [width, height] = [right - left, top - bottom]
  const runs = readTextRuns(engine, text, viewportOf({ left, top, right, bottom }, quarters))
  const found = {
    ...(quarters % 2 === 0 ? { width, height } : { width: height, height: width }),
    runs,
    ...lookAtObjects(engine, page, runs),
  }
  functions.FPDFText_ClosePage(text)
  functions.FPDF_ClosePage(page)
  return found
}

function lookAtObjects(engine: PdfiumEngine, page: number, runs: readonly TextRun[]) {
  const letterCount = runs.reduce((count, run) => count + run.text.replace(/\s/gu, '').length, 0)
  if (letterCount >= FEWEST_CHARACTERS) return { paintsPictures: false, isDoubtful: false }
  const drawn = countObjects(engine, page)
  const paintsPictures = drawn.images > 0 || drawn.outlines >= FEWEST_OUTLINES
  return { paintsPictures, isDoubtful: letterCount === 0 && (drawn.texts > 0 || !paintsPictures) }
}

/** What a page draws, in its forms (which may hold each other) too. */
function countObjects({ functions, scratch, uints }: PdfiumEngine, page: number) {
  const drawn = { texts: 0, images: 0, outlines: 0 }
  const count = (object: number, depth: number) => {
    const type = functions.FPDFPageObj_GetType(object)
    if (type === TEXT_OBJECT) drawn.texts++
    else if (type === PATH_OBJECT) drawn.outlines++
    else if (type === IMAGE_OBJECT) {
      functions.FPDFImageObj_GetImagePixelSize(object, scratch, scratch + 4)
      const [width = 0, height = 0] = uints()
      // A larger one is never shown either.
      if (width * height <= MOST_IMAGE_PIXELS) drawn.images++
    } else if (type === FORM_OBJECT && depth < DEEPEST_FORM) {
      const inner = functions.FPDFFormObj_CountObjects(object)
      for (let index = 0; index < inner; index++) count(functions.FPDFFormObj_GetObject(object, index), depth + 1)
    }
  }
  const outer = functions.FPDFPage_CountObjects(page)
  for (let index = 0; index < outer; index++) count(functions.FPDFPage_GetObject(page, index), 0)
  return drawn
}

/** From the page's own space to the page as shown, whose top left is the origin: clockwise by so many quarter turns. */
function viewportOf(box: { left: number; top: number; right: number; bottom: number }, quarters: number): Transform {
  const { left, top, right, bottom } = box
  if (quarters === 1) return [0, 1, 1, 0, -bottom, -left]
  if (quarters === 2) return [-1, 0, 0, 1, right, -bottom]
  if (quarters === 3) return [0, -1, -1, 0, top, right]
  return [1, 0, 0, -1, -left, top]
}

function readTitle({ functions }: PdfiumEngine, document: number): string | undefined {
  const tag = functions.malloc(8)
  const buffer = functions.malloc(MOST_TITLE_BYTES)
  new Uint8Array(functions.memory.buffer, tag, 8).set(Buffer.from('Title\0\0\0'))
  // In UTF-16 with a zero at its end, which is counted; longer ones are not written.
  const byteSize = functions.FPDF_GetMetaText(document, tag, buffer, MOST_TITLE_BYTES)
  const isWritten = byteSize > 2 && byteSize <= MOST_TITLE_BYTES
  const title = isWritten
    ? Buffer.from(functions.memory.buffer, buffer, byteSize - 2)
        .toString('utf16le')
        .trim()
    : ''
  functions.free(tag)
  functions.free(buffer)
  return title || undefined
}
