import { readFile } from 'node:fs/promises'
import { type MessagePort, parentPort } from 'node:worker_threads'
import type { MediaType } from '#contract/documents.ts'
import type { Failure } from '#contract/errors.ts'
import { openPdf, type PdfEngine } from '../adapters/pdf-reader.ts'
import { makePdfium } from '../adapters/pdfium-extractor.ts'
import { toFailure } from '../errors.ts'
import { extractPdf } from '../ingest/extract-pdf.ts'
import { workBehind } from '../ops/work-behind.ts'
import type { ExtractEvent, ExtractRequest } from '../ports.ts'

export type LostPage = Extract<ExtractEvent, { type: 'page-failed' }>

/**
 * To the worker: one document at a time, by PDFium too where it may be; `more` lets it go that many events further
 * ahead of the reader.
 */
export type ExtractCommand =
  | { type: 'extract'; request: ExtractRequest; lostPages: LostPage[]; withPdfium: boolean; ahead: number }
  | { type: 'more'; count: number }

/**
 * From the worker: `begin` before an engine sets to a page, or to the file where there is no page yet, and whether it
 * has to open the file for it; then what was found; `end` or `failed` comes last.
 */
export type ExtractReply =
  | { type: 'begin'; pageNumber?: number | undefined; engine?: PdfEngine; opens?: boolean }
  | { type: 'event'; event: ExtractEvent }
  | { type: 'end' }
  | { type: 'failed'; failure: Failure }

type PackedMediaType = Extract<MediaType, `${string}zip` | `${string}openxmlformats${string}`>

/** The entry of an extraction thread: reads the documents it is given one after the other, until it is ended. */
function serveExtraction(port: MessagePort): void {
  const reply = (message: ExtractReply) => port.postMessage(message)
  const pdfium = makePdfium()
  let credit = 0
  let wake = () => {}
  /** Resolves when the reader wants another event: a book is never held in memory whole. */
  const roomAhead = async () => {
    while (credit <= 0) await new Promise<void>((resolve) => (wake = resolve))
    credit--
  }

  const extract = async (command: Extract<ExtractCommand, { type: 'extract' }>) => {
    credit = command.ahead
    try {
      for await (const event of eventsOf(command)) {
        reply({ type: 'event', event })
        await roomAhead()
      }
      reply({ type: 'end' })
    } catch (error) {
      reply({ type: 'failed', failure: toFailure(error) })
    }
  }

  async function* eventsOf(command: Extract<ExtractCommand, { type: 'extract' }>): AsyncGenerator<ExtractEvent> {
    const { request } = command
    // What a format needs is loaded with its first file: most are PDFs, and the rest takes longer to load than a page to read.
    switch (request.mediaType) {
      case 'application/pdf':
        yield* pdfEvents(command)
        return
      case 'text/plain':
      case 'text/markdown': {
        const [{ extractText }, { guessEncoding }] = await Promise.all([
          import('../ingest/extract-text.ts'),
          import('../adapters/chardet-encoding.ts'),
        ])
        yield* extractText(await readFile(request.path), request, { guess: guessEncoding })
        return
      }
      case 'text/html':
      case 'multipart/related': {
        const [{ extractHtml }, { parseMarkup }, { findArticle }, { guessEncoding }] = await Promise.all([
          import('../ingest/extract-html.ts'),
          import('../adapters/htmlparser2-markup.ts'),
          import('../adapters/readability-article.ts'),
          import('../adapters/chardet-encoding.ts'),
        ])
        const parts = { parse: parseMarkup, findArticle, guess: guessEncoding }
        yield* extractHtml(await readFile(request.path), request, parts)
        return
      }
      case 'image/png':
      case 'image/jpeg':
      case 'image/webp': {
        const { extractImage } = await import('../ingest/extract-image.ts')
        yield* extractImage(await readFile(request.path))
        return
      }
      default:
        yield* packedEvents(request, request.mediaType)
    }
  }

  async function* packedEvents(request: ExtractRequest, mediaType: PackedMediaType): AsyncGenerator<ExtractEvent> {
    const [{ extractDocx, extractEpub, extractPptx }, { parseMarkup }, { openArchive }] = await Promise.all([
      import('../ingest/extract-package.ts'),
      import('../adapters/htmlparser2-markup.ts'),
      import('../adapters/yauzl-archive.ts'),
    ])
    const extractPacked = {
      'application/epub+zip': extractEpub,
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document': extractDocx,
      'application/vnd.openxmlformats-officedocument.presentationml.presentation': extractPptx,
    }[mediaType]
    const archive = await openArchive(request.path)
    try {
      yield* extractPacked(archive, request, parseMarkup)
    } finally {
      archive.close()
    }
  }

  async function* pdfEvents({
    request,
    lostPages,
    withPdfium,
  }: Extract<ExtractCommand, { type: 'extract' }>): AsyncGenerator<ExtractEvent> {
    let pageNumber: number | undefined
    const file = await openPdf(pdfium, request.path, {
      password: request.password,
      withPdfium,
      onEngine: (engine, opens) => reply({ type: 'begin', pageNumber, engine, opens }),
    })
    try {
      yield* extractPdf(file, {
        fromPage: request.fromPage,
        lostPages: new Map(lostPages.map((lost) => [lost.pageNumber, lost])),
        onBegin: (begun) => {
          pageNumber = begun
        },
      })
    } finally {
      await file.close()
    }
  }

  port.on('message', (command: ExtractCommand) => {
    if (command.type === 'extract') {
      void extract(command)
      return
    }
    credit += command.count
    wake()
  })
}

if (!parentPort) throw new Error('workers/extract.ts runs as a worker thread only.')
workBehind()
serveExtraction(parentPort)
