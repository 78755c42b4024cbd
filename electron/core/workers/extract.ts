import { readFile } from 'node:fs/promises'
import { type MessagePort, parentPort } from 'node:worker_threads'
import type { Failure } from '#contract/errors.ts'
import { guessEncoding } from '../adapters/chardet-encoding.ts'
import { parseMarkup } from '../adapters/htmlparser2-markup.ts'
import { openPdf } from '../adapters/pdfjs-extractor.ts'
import { openArchive } from '../adapters/yauzl-archive.ts'
import { toFailure } from '../errors.ts'
import { extractHtml } from '../ingest/extract-html.ts'
import { extractImage } from '../ingest/extract-image.ts'
import { extractDocx, extractEpub, extractPptx } from '../ingest/extract-package.ts'
import { extractPdf } from '../ingest/extract-pdf.ts'
import { extractText } from '../ingest/extract-text.ts'
import type { ExtractEvent, ExtractRequest } from '../ports.ts'

export type LostPage = Extract<ExtractEvent, { type: 'page-failed' }>

/** To the worker: one document at a time; `more` lets it go that many events further ahead of the reader. */
export type ExtractCommand =
  | { type: 'extract'; request: ExtractRequest; lostPages: LostPage[]; ahead: number }
  | { type: 'more'; count: number }

/** From the worker: `begin` before a page is read, then what was found; `end` or `failed` comes last. */
export type ExtractReply =
  | { type: 'begin'; pageNumber: number }
  | { type: 'event'; event: ExtractEvent }
  | { type: 'end' }
  | { type: 'failed'; failure: Failure }

/** What is read out of a zip archive. */
const EXTRACT_PACKED = {
  'application/epub+zip': extractEpub,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': extractDocx,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': extractPptx,
}

/** The entry of an extraction thread: reads the documents it is given one after the other, until it is ended. */
function serveExtraction(port: MessagePort): void {
  const reply = (message: ExtractReply) => port.postMessage(message)
  let credit = 0
  let wake = () => {}
  /** Resolves when the reader wants another event: a book is never held in memory whole. */
  const roomAhead = async () => {
    while (credit <= 0) await new Promise<void>((resolve) => (wake = resolve))
    credit--
  }

  const extract = async ({ request, lostPages, ahead }: Extract<ExtractCommand, { type: 'extract' }>) => {
    credit = ahead
    try {
      for await (const event of eventsOf(request, lostPages)) {
        reply({ type: 'event', event })
        await roomAhead()
      }
      reply({ type: 'end' })
    } catch (error) {
      reply({ type: 'failed', failure: toFailure(error) })
    }
  }

  async function* eventsOf(request: ExtractRequest, lostPages: readonly LostPage[]): AsyncGenerator<ExtractEvent> {
    switch (request.mediaType) {
      case 'application/pdf':
        yield* pdfEvents(request, lostPages)
        return
      case 'text/plain':
      case 'text/markdown':
        yield* extractText(await readFile(request.path), request, { guess: guessEncoding })
        return
      case 'text/html':
      case 'multipart/related':
        yield* extractHtml(await readFile(request.path), request, {
          parse: parseMarkup,
          findArticle: (await import('../adapters/readability-article.ts')).findArticle,
          guess: guessEncoding,
        })
        return
      case 'image/png':
      case 'image/jpeg':
      case 'image/webp':
        yield* extractImage(await readFile(request.path))
        return
      default: {
        const archive = await openArchive(request.path)
        try {
          yield* EXTRACT_PACKED[request.mediaType](archive, request, parseMarkup)
        } finally {
          archive.close()
        }
      }
    }
  }

  async function* pdfEvents(request: ExtractRequest, lostPages: readonly LostPage[]): AsyncGenerator<ExtractEvent> {
    const file = await openPdf(request.path, request.password)
    try {
      yield* extractPdf(file, {
        fromPage: request.fromPage,
        lostPages: new Map(lostPages.map((lost) => [lost.pageNumber, lost])),
        onBegin: (pageNumber) => reply({ type: 'begin', pageNumber }),
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
serveExtraction(parentPort)
