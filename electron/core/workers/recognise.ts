import { type MessagePort, parentPort } from 'node:worker_threads'
import { isImage } from '#contract/documents.ts'
import type { Failure } from '#contract/errors.ts'
import { type OpenedPdf, openPdfjs } from '../adapters/open-pdfjs.ts'
import { drawPdfPage, drawPicture } from '../adapters/page-image.ts'
import { makeTesseract } from '../adapters/tesseract.ts'
import { toFailure } from '../errors.ts'
import { layOutRecognised } from '../ingest/lay-out-recognised.ts'
import { readUpright } from '../ingest/read-upright.ts'
import { type PageImage, turnBack } from '../ingest/turn-page.ts'
import { workBehind } from '../ops/work-behind.ts'
import type { RecognisedPage, RecogniseRequest } from '../ports.ts'

/** One request at a time, answered before the next is sent. */
export type RecogniseReply = { page: RecognisedPage } | { failure: Failure }

/** A scan is one image a page: an A3 sheet at 600 dpi has 70 million pixels. */
const MAX_IMAGE_PIXELS = 80e6
const CLEANUP_EVERY_PAGES = 20

/** The entry of a recognition thread: draws pages and reads them. The document of the last page stays open for the next. */
function serveRecognition(port: MessagePort): void {
  const tesseract = makeTesseract()
  let open: { path: string; password: string | undefined; pdf: OpenedPdf; pagesDrawn: number } | undefined

  const openDocument = async ({ path, password }: RecogniseRequest) => {
    // A locked file stays open for those alone who know its password.
    if (open?.path === path && open.password === password) return open
    await open?.pdf.close()
    open = undefined
    const options = { maxImagePixels: MAX_IMAGE_PIXELS, ...(password === undefined ? {} : { password }) }
    open = { path, password, pdf: await openPdfjs(path, options), pagesDrawn: 0 }
    return open
  }

  const draw = async (request: RecogniseRequest): Promise<PageImage> => {
    const { path, mediaType, pageNumber } = request
    if (isImage(mediaType)) return drawPicture(path)
    const document = await openDocument(request)
    if (++document.pagesDrawn % CLEANUP_EVERY_PAGES === 0) await document.pdf.document.cleanup()
    const page = await document.pdf.document.getPage(pageNumber)
    try {
      return await drawPdfPage(page)
    } finally {
      page.cleanup()
    }
  }

  const recognise = async (request: RecogniseRequest): Promise<RecognisedPage> => {
    const drawn = await draw(request)
    const { language, reading, turns, image } = await readUpright(drawn, request.languages, tesseract.read)
    const page = {
      pageNumber: request.pageNumber,
      width: image.width * image.pointsPerPixel,
      height: image.height * image.pointsPerPixel,
    }
    return { ...turnBack(layOutRecognised(page, reading.lines), turns), language, confidence: reading.confidence }
  }

  port.on('message', (request: RecogniseRequest) => {
    recognise(request).then(
      (page) => port.postMessage({ page } satisfies RecogniseReply),
      (error) => port.postMessage({ failure: toFailure(error) } satisfies RecogniseReply),
    )
  })
}

if (!parentPort) throw new Error('workers/recognise.ts runs as a worker thread only.')
workBehind()
serveRecognition(parentPort)
