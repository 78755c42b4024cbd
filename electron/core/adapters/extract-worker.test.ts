import { spawnSync } from 'node:child_process'
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { MediaType } from '#contract/documents.ts'
import { highlightBoxes } from '../ingest/highlight-boxes.ts'
import { systemClock } from '../ops/system-clock.ts'
import type { ExtractEvent } from '../ports.ts'
import { buildPng, jpegHeader } from '../testing/build-image.ts'
import { bookPages, buildPdf, type PdfPageSpec, paragraph } from '../testing/build-pdf.ts'
import { corpusFile } from '../testing/corpus.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { tokenF1 } from '../testing/token-f1.ts'
import { type ExtractorOptions, makeExtractor } from './extract-worker.ts'

function openExtractor(options: Partial<ExtractorOptions> = {}) {
  const extractor = makeExtractor({ clock: systemClock, ...options })
  onTestFinished(() => extractor.close())
  return extractor
}

async function extract(
  path: string,
  options: { fromPage?: number; mediaType?: MediaType; extractor?: ReturnType<typeof openExtractor> } = {},
): Promise<ExtractEvent[]> {
  const { fromPage = 1, mediaType = 'application/pdf', extractor = openExtractor() } = options
  const events: ExtractEvent[] = []
  for await (const event of extractor.extract({ path, mediaType, fromPage }, new AbortController().signal)) {
    events.push(event)
  }
  return events
}

async function extractBuilt(pages: PdfPageSpec[], properties?: { title?: string }) {
  const path = join(temporaryFolder(), 'built.pdf')
  writeFileSync(path, await buildPdf(pages, properties))
  return extract(path)
}

function pagesOf(events: ExtractEvent[]) {
  return events.flatMap((event) => (event.type === 'page' ? [event.page] : []))
}

function headingsOf(page: { text: string; headings: number[] }) {
  return page.headings.flatMap((_, i) =>
    i % 3 === 0 ? [page.text.slice(page.headings[i], (page.headings[i] ?? 0) + (page.headings[i + 1] ?? 0))] : [],
  )
}

/** A column of lines about as wide as half a page. */
const COLUMN = (name: string) =>
  Array.from({ length: 12 }, (_, i) => `${name} column goes on with its line ${i + 1} here`)

describe('the extractor on built PDFs', () => {
  it('writes lines, paragraphs and headings, and joins words broken at line ends', async () => {
    const [page] = pagesOf(
      await extractBuilt([
        {
          texts: [
            { text: 'The Union Executive', x: 60, y: 70, size: 20, bold: true },
            ...paragraph(
              [
                'The President is elected by an electoral col-',
                'lege of members of Parliament and of self-',
                'governing States.',
              ],
              { x: 60, y: 110 },
            ),
            ...paragraph(['The Vice-President presides over the Council of States,', 'which is a permanent House.'], {
              x: 60,
              y: 180,
            }),
          ],
        },
      ]),
    )
    expect(page?.text).toBe(
      'The Union Executive\n\n' +
        'The President is elected by an electoral college of members of Parliament and of self-governing States.\n\n' +
        'The Vice-President presides over the Council of States,\nwhich is a permanent House.',
    )
    expect(page?.headings).toEqual([0, 19, 2])
  })

  it('reads two columns one after the other, whichever way they are drawn', async () => {
    const left = paragraph(COLUMN('The left'), { x: 50, y: 100 })
    const right = paragraph(COLUMN('The right'), { x: 320, y: 100 })
    const byLine = left.flatMap((line, i) => [line, ...right.slice(i, i + 1)])
    const pages = pagesOf(await extractBuilt([{ texts: [...left, ...right] }, { texts: byLine }]))
    const expected = [...COLUMN('The left'), ...COLUMN('The right')].join(' ')
    expect(pages.map((page) => page.text.replace(/\s+/g, ' '))).toEqual([expected, expected])
  })

  it('keeps points of a list on their lines and a caption as text, not as a heading', async () => {
    const [page] = pagesOf(
      await extractBuilt([
        {
          texts: [
            { text: 'The Union Executive', x: 60, y: 70, size: 20, bold: true },
            ...paragraph(['The powers of the President are of three kinds, which the', 'Constitution sets out:'], {
              x: 60,
              y: 110,
            }),
            ...paragraph(
              [
                '1. executive powers',
                '2. legislative powers, such as the power to',
                'summon the Houses',
                '3. powers in an emergency',
              ],
              {
                x: 60,
                y: 142,
              },
            ),
            { text: 'Fig. 3.1: The Union Executive', x: 60, y: 250, size: 14, bold: true },
            ...paragraph(
              ['The Cabinet aids and advises the President in all of these', 'matters and answers to the House.'],
              {
                x: 60,
                y: 290,
              },
            ),
          ],
        },
      ]),
    )
    expect(page && headingsOf(page)).toEqual(['The Union Executive'])
    expect(page?.text.split('\n').filter((line) => /^\d\./.test(line))).toEqual([
      '1. executive powers',
      '2. legislative powers, such as the power to',
      '3. powers in an emergency',
    ])
    expect(page?.text).toContain('Fig. 3.1: The Union Executive')
  })

  it('keeps the cells of a table on their line', async () => {
    const rows = [
      ['Right', 'Articles'],
      ['Equality', '14 to 18'],
      ['Freedom', '19 to 22'],
    ]
    const texts = rows.flatMap(([a = '', b = ''], i) => [
      { text: a, x: 60, y: 100 + i * 14 },
      { text: b, x: 260, y: 100 + i * 14 },
    ])
    const [page] = pagesOf(await extractBuilt([{ texts }]))
    expect(page?.text).toBe('Right\tArticles\nEquality\t14 to 18\nFreedom\t19 to 22')
  })

  it('puts words together again whose letters are set apart', async () => {
    const texts = [
      { text: 'So, federalism is all about', x: 60, y: 80, letterSpacing: 2.5 },
      { text: 'sharing A B C D E F G powers.', x: 60, y: 94 },
    ]
    const [page] = pagesOf(await extractBuilt([{ texts }]))
    expect(page?.text).toBe('So, federalism is all about\nsharing A B C D E F G powers.')
  })

  it('reads a line printed over itself once', async () => {
    const copies = [0, 0.3, 0.6].map((shift) => ({ text: 'Directive Principles', x: 60 + shift, y: 80 }))
    const [page] = pagesOf(
      await extractBuilt([{ texts: [...copies, { text: 'They guide the State.', x: 60, y: 120 }] }]),
    )
    expect(page?.text).toBe('Directive Principles\n\nThey guide the State.')
  })

  it.each([
    { rotate: 0 as const, width: 500, height: 700, turn: (x: number, y: number) => [x, y] },
    { rotate: 90 as const, width: 700, height: 500, turn: (x: number, y: number) => [700 - y, x] },
    { rotate: 180 as const, width: 500, height: 700, turn: (x: number, y: number) => [500 - x, 700 - y] },
  ])('places boxes on the page as shown: cropped and turned by $rotate°', async ({ rotate, width, height, turn }) => {
    const sentence = 'Justice is the first virtue'
    const [page] = pagesOf(
      await extractBuilt([
        {
          // The crop's top left corner is at (50, 92): the text stands at (40, 55) in it.
          texts: [{ text: sentence, x: 90, y: 92 + 55, size: 10 }],
          cropBox: { x: 50, y: 50, width: 500, height: 700 },
          rotate,
        },
      ]),
    )
    expect([page?.width, page?.height]).toEqual([width, height])
    const boxes = highlightBoxes(page?.boxes ?? [], 0, sentence.length)
    expect(boxes).toHaveLength(1)
    const [{ x, y, width: w, height: h } = { x: 0, y: 0, width: 0, height: 0 }] = boxes
    const length = Math.max(w, h)
    expect(length).toBeGreaterThan(100)
    expect(Math.min(w, h)).toBeLessThan(13)
    // The middle of the line is half its length along and about 3 pt above the baseline.
    const [middleX = 0, middleY = 0] = turn(40 + length / 2, 55 - 3)
    expect(Math.abs(x + w / 2 - middleX)).toBeLessThan(1.5)
    expect(Math.abs(y + h / 2 - middleY)).toBeLessThan(1.5)
  })

  it('tells scans from blank pages and from pages with little text', async () => {
    const events = await extractBuilt([
      { texts: [], scan: true },
      { texts: [{ text: '7', x: 300, y: 800 }], scan: true },
      { texts: [] },
      { texts: [{ text: 'Part Two', x: 60, y: 300, size: 30 }] },
    ])
    expect(events.flatMap((event) => (event.type === 'page' ? [event.status] : []))).toEqual([
      'unreadable',
      'unreadable',
      'empty',
      'text',
    ])
  })

  it('tells the pages from any page on exactly as a whole reading does', async () => {
    const path = join(temporaryFolder(), 'book.pdf')
    writeFileSync(path, await buildPdf(bookPages(20)))
    const whole = await extract(path)
    const rest = await extract(path, { fromPage: 13 })
    expect(rest[0]).toEqual(whole[0])
    expect(rest.slice(1)).toEqual(whole.slice(13))
    expect(pagesOf(rest).map((page) => page.pageNumber)).toEqual([13, 14, 15, 16, 17, 18, 19, 20])
  })

  it('reads a text file and a Markdown file', async () => {
    const dir = temporaryFolder()
    writeFileSync(join(dir, 'a.md'), '# Federalism\n\nPower is **shared** between [levels](x).\n')
    const [opened, page] = await extract(join(dir, 'a.md'), { mediaType: 'text/markdown' })
    expect(opened).toMatchObject({ type: 'opened', pageCount: 1, metadataTitle: 'Federalism' })
    expect(page).toMatchObject({
      status: 'text',
      page: { text: 'Federalism\n\nPower is shared between levels.', headings: [0, 10, 1], width: 0, boxes: [] },
    })
  })
})

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
    const events = await extract('any.pdf', { extractor })
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
      (await extract(path, { extractor })).map((event) => (event.type === 'page' ? event.page.text : event.type))
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
    const waiting = extract(path, { extractor })
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

describe('the extractor on real and hostile files', () => {
  const chapter = corpusFile('ncert-polity', 'keps201.pdf')
  it.skipIf(!chapter)('reads a textbook chapter in order, with its headings and its title', async () => {
    const events = await extract(chapter ?? '')
    expect(events[0]).toMatchObject({ pageCount: 25, headingTitle: 'Chapter 1: Constitution: Why and How?' })
    const pages = pagesOf(events)
    const flat = pages.map((page) => page.text.replace(/\s+/g, ' '))
    expect(flat[2]).toContain(
      'The first function of a constitution is to provide a set of basic rules that allow for minimal coordination amongst members of a society.',
    )
    expect(flat[4]).toContain(
      'If Parliament has the authority to enact laws, there must be a law that bestows this authority on Parliament in the first place.',
    )
    expect(flat[20]).toContain('So they borrowed a number of provisions from different countries.')
    expect(pages.flatMap(headingsOf)).toEqual(
      expect.arrayContaining([
        'WHY DO WE NEED A CONSTITUTION?',
        'Constitution allows coordination and\nassurance',
        'Specification of decision making powers',
        'THE AUTHORITY OF A CONSTITUTION',
        'Balanced institutional design',
        'Inheritance of the nationalist movement',
      ]),
    )
  })

  it.skipIf(!chapter)('places the boxes of a known sentence on its line', async () => {
    const page = pagesOf(await extract(chapter ?? ''))[2]
    const sentence = 'citizens have no assurance that others will follow these rules, they'
    const start = page?.text.indexOf(sentence) ?? -1
    const boxes = highlightBoxes(page?.boxes ?? [], start, start + sentence.length)
    // Set at x 66, baseline 473.5 from the bottom, in a CropBox from (18, 18) to (504, 702); 336 pt wide, 10.5 pt high.
    expect(boxes).toHaveLength(1)
    expect(boxes[0]?.x).toBeCloseTo(48, 0)
    expect(boxes[0]?.width).toBeCloseTo(336, 0)
    const baseline = 702 - 473.5
    expect(boxes[0]?.y).toBeGreaterThan(baseline - 11)
    expect((boxes[0]?.y ?? 0) + (boxes[0]?.height ?? 0)).toBeGreaterThan(baseline)
    expect((boxes[0]?.y ?? 0) + (boxes[0]?.height ?? 0)).toBeLessThan(baseline + 4)
  })

  const poppler = spawnSync('pdftotext', ['-v']).error === undefined
  if (!poppler) console.warn('skipped: pdftotext is not installed, so texts are not compared with it')
  it.skipIf(!chapter || !poppler)('agrees with pdftotext on nearly every word of a textbook', async () => {
    const theirs = spawnSync('pdftotext', [chapter ?? '', '-'], { encoding: 'utf8' }).stdout.split('\f')
    const scores = pagesOf(await extract(chapter ?? ''))
      .map((page) => tokenF1(page.text, theirs[page.pageNumber - 1] ?? ''))
      .sort((a, b) => a - b)
    expect(scores[0]).toBeGreaterThan(0.98)
    expect(scores[scores.length >> 1]).toBeGreaterThan(0.995)
  })

  const outcomes = {
    'password-openpassword.pdf': 'file-encrypted',
    'pdfjs-encrypted-attachment.pdf': { text: 1 },
    'no-trailer.pdf': { text: 8 },
    'pdfjs-empty.pdf': { empty: 1 },
    'unreadable-metadata.pdf': 'file-damaged',
    'pdfjs-poppler-395-0-fuzzed.pdf': 'file-damaged',
    'pdfjs-bug1020226.pdf': 'file-damaged',
    'pdfjs-poppler-742-0-fuzzed.pdf': { failed: 1 },
    'pdfjs-bomb_giant.pdf': { text: 1 },
    'pdfjs-issue5481.pdf': { unreadable: 3 },
    'pdfjs-TAMReview.pdf': { text: 2, unreadable: 21 },
    'legacy-font-telugu.pdf': { unreadable: 46 },
    'two-columns.pdf': { text: 3 },
  } as const
  const folder = corpusFile('nasty')
  it.skipIf(!folder)('ends every hostile file with a stated outcome', async () => {
    const extractor = openExtractor()
    const found: Record<string, unknown> = {}
    for (const name of readdirSync(folder ?? '')) {
      try {
        const counts: Record<string, number> = {}
        for (const event of await extract(join(folder ?? '', name), { extractor })) {
          if (event.type === 'opened') continue
          const status = event.type === 'page' ? event.status : 'failed'
          counts[status] = (counts[status] ?? 0) + 1
        }
        found[name] = counts
      } catch (error) {
        found[name] = (error as { code?: string }).code
      }
    }
    expect(found).toMatchObject(outcomes)
    expect(Object.values(found)).not.toContain('internal')
  })

  const scans = corpusFile('scanned')
  it.skipIf(!scans)('takes scans and legacy fonts for unreadable', async () => {
    const extractor = openExtractor()
    const statuses = async (name: string) =>
      (await extract(join(scans ?? '', name), { extractor })).flatMap((event) =>
        event.type === 'page' ? [event.status] : [],
      )
    expect(new Set(await statuses('english-scan-8p.pdf'))).toEqual(new Set(['unreadable']))
    expect(new Set(await statuses('hindi-scan-17p.pdf'))).toEqual(new Set(['unreadable']))
    expect(await statuses('hindi-legacy-font-7p.pdf')).not.toContain('text')
  })

  it('reads a PDF with another name, and says so of one that is none', async () => {
    const dir = temporaryFolder()
    writeFileSync(join(dir, 'real.pdf'), await buildPdf([{ texts: [{ text: 'Words', x: 50, y: 50 }] }]))
    copyFileSync(join(dir, 'real.pdf'), join(dir, 'blob'))
    expect(await extract(join(dir, 'blob'))).toHaveLength(2)
    writeFileSync(join(dir, 'none.pdf'), 'not a PDF')
    await expect(extract(join(dir, 'none.pdf'))).rejects.toMatchObject({ code: 'file-damaged' })
    await expect(extract(join(dirname(dir), 'gone.pdf'))).rejects.toMatchObject({ code: 'file-unreadable' })
  })
})

describe('the extractor on pictures', () => {
  it('tells a picture as one page that has something to read, in points', async () => {
    const path = join(temporaryFolder(), 'photo.png')
    writeFileSync(path, buildPng(400, 200))
    expect(await extract(path, { mediaType: 'image/png' })).toEqual([
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
    await expect(extract(path, { mediaType: 'image/jpeg' })).rejects.toMatchObject({ code: 'file-too-large' })
    writeFileSync(path, jpegHeader(60, 60).subarray(0, 12))
    await expect(extract(path, { mediaType: 'image/jpeg' })).rejects.toMatchObject({ code: 'file-damaged' })
  })
})
