import { type MessagePort, parentPort } from 'node:worker_threads'
import { isImage } from '#contract/documents.ts'
import type { Failure } from '#contract/errors.ts'
import { type OpenedPdf, openPdfjs } from '../adapters/open-pdfjs.ts'
import { drawPdfPage, drawPicture, type PageImage } from '../adapters/page-image.ts'
import { makeTesseract } from '../adapters/tesseract.ts'
import { toFailure } from '../errors.ts'
import { layOutRecognised } from '../ingest/lay-out-recognised.ts'
import { readInBestLanguage } from '../ingest/read-in-best-language.ts'
import type { RecognisedPage, RecogniseRequest } from '../ports.ts'

/** One request at a time, answered before the next is sent. */
export type RecogniseReply = { page: RecognisedPage } | { failure: Failure }

/** A scan is one image a page: an A3 sheet at 600 dpi has 70 million pixels. */
const MAX_IMAGE_PIXELS = 80e6
const CLEANUP_EVERY_PAGES = 20

/** The entry of a recognition thread: draws pages and reads them. The document of the last page stays open for the next. */
function serveRecognition(port: MessagePort): void {
  const tesseract = makeTesseract()
  let open: { path: string; pdf: OpenedPdf; pagesDrawn: number } | undefined

  const openDocument = async (path: string) => {
    if (open?.path === path) return open
    await open?.pdf.close()
    open = undefined
    open = { path, pdf: await openPdfjs(path, { maxImagePixels: MAX_IMAGE_PIXELS }), pagesDrawn: 0 }
    return open
  }

  const draw = async ({ path, mediaType, pageNumber }: RecogniseRequest): Promise<PageImage> => {
    if (isImage(mediaType)) return drawPicture(path)
    const document = await openDocument(path)
    if (++document.pagesDrawn % CLEANUP_EVERY_PAGES === 0) await document.pdf.document.cleanup()
    const page = await document.pdf.document.getPage(pageNumber)
    try {
      return await drawPdfPage(page)
    } finally {
      page.cleanup()
    }
  }

  const recognise = async (request: RecogniseRequest): Promise<RecognisedPage> => {
    const image = await draw(request)
    const { language, reading } = await readInBestLanguage(request.languages, (each) => tesseract.read(image, each))
    const page = {
      pageNumber: request.pageNumber,
      width: image.width * image.pointsPerPixel,
      height: image.height * image.pointsPerPixel,
    }
    return { ...layOutRecognised(page, reading.lines), language, confidence: reading.confidence }
  }

  port.on('message', (request: RecogniseRequest) => {
    recognise(request).then(
      (page) => port.postMessage({ page } satisfies RecogniseReply),
      (error) => port.postMessage({ failure: toFailure(error) } satisfies RecogniseReply),
    )
  })
}

if (!parentPort) throw new Error('workers/recognise.ts runs as a worker thread only.')
serveRecognition(parentPort)
