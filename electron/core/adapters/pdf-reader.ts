import type { PdfFile, PdfPage } from '../ingest/extract-pdf.ts'
import { isPlainLatin } from '../ingest/is-plain-latin.ts'
import type { TextRun } from '../ingest/layout/text-run.ts'
import type { Pdfium, PdfiumFile } from './pdfium-extractor.ts'
import { openWithPdfjs } from './pdfjs-extractor.ts'

/** The engine at work on a file or page. */
export type PdfEngine = 'pdfium' | 'pdfjs'

/** Of a page's text, as a share and in characters: more than a watermark or the credits of a picture. */
const MOST_TURNED = 0.2
const FEWEST_TURNED = 100

export interface PdfReaderOptions {
  password?: string | undefined
  /** False where PDFium took too long or too much for this file before. */
  withPdfium: boolean
  /** Hears of each engine before it begins, on the file's opening and on each page; `opens` where it has to open the file first. */
  onEngine(engine: PdfEngine, opens: boolean): void
}

/**
 * Opens a PDF on the calling thread with both engines: PDFium reads the pages of sound files
 * that are plain Latin text, in a third of the time; pdf.js, which is opened when it is
 * needed, reads all else and decides what a file is refused for: decision 21.
 * Throws StudyError: file-unreadable, file-encrypted, wrong-password, file-damaged, file-empty.
 */
export async function openPdf(pdfium: Pdfium, path: string, options: PdfReaderOptions): Promise<PdfFile> {
  const openPdfjs = () => {
    options.onEngine('pdfjs', true)
    return openWithPdfjs(path, options.password)
  }
  const fast = options.withPdfium ? await openPdfium(pdfium, path, options) : undefined
  if (!fast) {
    const file = await openPdfjs()
    return {
      ...file,
      readPage(pageNumber) {
        options.onEngine('pdfjs', false)
        return file.readPage(pageNumber)
      },
    }
  }

  let slow: Promise<PdfFile> | undefined
  return {
    pageCount: fast.pageCount,
    metadataTitle: fast.metadataTitle,
    async readPage(pageNumber) {
      options.onEngine('pdfium', false)
      const page = readPlainPage(fast, pageNumber)
      if (page) return page
      if (slow) options.onEngine('pdfjs', false)
      slow ??= openPdfjs()
      return (await slow).readPage(pageNumber)
    },
    async close() {
      fast.close()
      // Where pdf.js could not open it there is nothing to close.
      await slow?.then(
        (file) => file.close(),
        () => {},
      )
    },
  }
}

async function openPdfium(pdfium: Pdfium, path: string, options: PdfReaderOptions): Promise<PdfiumFile | undefined> {
  options.onEngine('pdfium', true)
  return pdfium.open(path, options.password)
}

/**
 * Undefined for a page that is pdf.js' to read: one that PDFium can't read or finds nothing on, a legacy font,
 * another script, or text that runs up or down the page, whose lines PDFium takes out of their order.
 */
function readPlainPage(file: PdfiumFile, pageNumber: number): PdfPage | undefined {
  const page = file.readPage(pageNumber)
  if (!page || page.isDoubtful || isTurned(page.runs)) return undefined
  const { width, height, runs, paintsPictures } = page
  if (!isPlainLatin(runs.map((run) => run.text).join(' '))) return undefined
  return { width, height, runs, paintsPictures: async () => paintsPictures, release: () => {} }
}

function isTurned(runs: readonly TextRun[]): boolean {
  let turned = 0
  let all = 0
  for (const run of runs) {
    all += run.text.length
    if (run.turned) turned += run.text.length
  }
  return turned >= FEWEST_TURNED && turned > MOST_TURNED * all
}
