import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { buildPng, jpegHeader } from '../testing/build-image.ts'
import { bookPages, buildPdf } from '../testing/build-pdf.ts'
import { extractFile, openExtractor } from '../testing/extract-file.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'

describe('the bounds of the extractor', () => {
  /** Speaks the worker's protocol for a document of four pages and never returns from page 2; page 3 eats memory. */
  const stuckWorker = () =>
    new Worker(
      `const { parentPort } = require('node:worker_threads')
       parentPort.on('message', ({ type, request, lostPages }) => {
         if (type !== 'extract') return
         const say = (event) => parentPort.postMessage({ type: 'event', event })
         const lost = new Map(lostPages.map((page) => [page.pageNumber, page]))
         say({ type: 'opened', pageCount: 4 })
         for (let n = request.fromPage; n <= 4; n++) {
           if (lost.has(n)) { say(lost.get(n)); continue }
           parentPort.postMessage({ type: 'begin', pageNumber: n })
           if (n === 2) for (;;);
           const kept = []
           while (n === 3) kept.push(Buffer.alloc(8e6, 1))
           say({ type: 'page', status: 'text', page: { pageNumber: n, width: 1, height: 1, text: 'page ' + n, boxes: [], headings: [] } })
         }
         parentPort.postMessage({ type: 'end' })
       })`,
      { eval: true },
    )

  it('gives up a page that takes too long or too much memory, and reads the others', async () => {
    const extractor = openExtractor({ startWorker: stuckWorker, pageTimeoutMs: 4000, pageMemoryBytes: 200e6 })
    const events = await extractFile('any.pdf', { extractor })
    expect(events.map((event) => (event.type === 'page' ? event.page.pageNumber : event.type))).toEqual([
      'opened',
      1,
      'page-failed',
      'page-failed',
      4,
    ])
    expect(events.slice(2, 4)).toMatchObject([
      { pageNumber: 2, failure: { code: 'page-timeout', page: 2, message: expect.stringContaining('took more than') } },
      { pageNumber: 3, failure: { code: 'page-timeout', page: 3, message: expect.stringContaining('more memory') } },
    ])
  })

  it('reads a page with pdf.js alone that PDFium took too long for, and fails none', async () => {
    /** Never returns from page 2, nor from the opening where the path says so, as long as PDFium may be used. */
    const stuckPdfium = () =>
      new Worker(
        `const { parentPort } = require('node:worker_threads')
         parentPort.on('message', ({ type, request, withPdfium }) => {
           if (type !== 'extract') return
           const engine = withPdfium ? 'pdfium' : 'pdfjs'
           parentPort.postMessage({ type: 'begin', engine, opens: true })
           if (withPdfium && request.path === 'never-opens.pdf') for (;;);
           parentPort.postMessage({ type: 'event', event: { type: 'opened', pageCount: 3 } })
           for (let n = request.fromPage; n <= 3; n++) {
             parentPort.postMessage({ type: 'begin', pageNumber: n, engine, opens: false })
             if (withPdfium && n === 2) for (;;);
             const page = { pageNumber: n, width: 1, height: 1, text: engine, boxes: [], headings: [] }
             parentPort.postMessage({ type: 'event', event: { type: 'page', status: 'text', page } })
           }
           parentPort.postMessage({ type: 'end' })
         })`,
        { eval: true },
      )
    const extractor = openExtractor({ startWorker: stuckPdfium, pageTimeoutMs: 700 })
    const textsOf = async (path: string) =>
      (await extractFile(path, { extractor })).map((event) => (event.type === 'page' ? event.page.text : event.type))
    expect(await textsOf('any.pdf')).toEqual(['opened', 'pdfium', 'pdfjs', 'pdfjs'])
    expect(await textsOf('never-opens.pdf')).toEqual(['opened', 'pdfjs', 'pdfjs', 'pdfjs'])
  })

  it('stops at once when told to, even inside a page', async () => {
    const extractor = openExtractor({ startWorker: stuckWorker })
    const stop = new AbortController()
    const seen: string[] = []
    const reading = (async () => {
      for await (const event of extractor.extract(
        { path: 'any.pdf', mediaType: 'application/pdf', fromPage: 1 },
        stop.signal,
      )) {
        seen.push(event.type)
        if (event.type === 'page') stop.abort()
      }
    })()
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' })
    expect(seen).toEqual(['opened', 'page'])
  })

  it('reads one document at a time, and a waiting one can be stopped', async () => {
    const path = join(temporaryFolder(), 'book.pdf')
    writeFileSync(path, await buildPdf(bookPages(6)))
    const extractor = openExtractor()
    const stop = new AbortController()
    const first = extractor.extract({ path, mediaType: 'application/pdf', fromPage: 1 }, new AbortController().signal)
    const firstEvents = first[Symbol.asyncIterator]()
    await firstEvents.next()
    const waiting = extractFile(path, { extractor })
    const stopped = extractor
      .extract({ path, mediaType: 'application/pdf', fromPage: 1 }, stop.signal)
      [Symbol.asyncIterator]()
      .next()
    stop.abort()
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    let rest = 0
    while (!(await firstEvents.next()).done) rest++
    expect(rest).toBe(6)
    expect(await waiting).toHaveLength(7)
  })
})

describe('the extractor on pictures', () => {
  it('tells a picture as one page that has something to read, in points', async () => {
    const path = join(temporaryFolder(), 'photo.png')
    writeFileSync(path, buildPng(400, 200))
    expect(await extractFile(path, { mediaType: 'image/png' })).toEqual([
      { type: 'opened', pageCount: 1 },
      {
        type: 'page',
        status: 'unreadable',
        page: { pageNumber: 1, width: 300, height: 150, text: '', boxes: [], headings: [] },
      },
    ])
  })

  it('refuses a picture that would not fit into memory, by its header', async () => {
    const path = join(temporaryFolder(), 'huge.jpg')
    writeFileSync(path, jpegHeader(60_000, 60_000))
    await expect(extractFile(path, { mediaType: 'image/jpeg' })).rejects.toMatchObject({ code: 'file-too-large' })
    writeFileSync(path, jpegHeader(60, 60).subarray(0, 12))
    await expect(extractFile(path, { mediaType: 'image/jpeg' })).rejects.toMatchObject({ code: 'file-damaged' })
  })
})
