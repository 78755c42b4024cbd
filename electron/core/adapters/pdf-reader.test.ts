import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { PdfPage } from '../ingest/extract-pdf.ts'
import { buildLockedPdf } from '../testing/build-locked-pdf.ts'
import { bookPages, buildPdf, type PdfPageSpec, paragraph } from '../testing/build-pdf.ts'
import { corpusFile } from '../testing/corpus.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { openPdf } from './pdf-reader.ts'
import { startPdfium } from './pdfium-engine.ts'
import { makePdfium, type Pdfium } from './pdfium-extractor.ts'

function write(bytes: Buffer): string {
  const path = join(temporaryFolder(), 'file.pdf')
  writeFileSync(path, bytes)
  return path
}

/** The file's first pages, and the engines at work on each ('open' for the file itself). */
async function read(path: string, options: { withPdfium?: boolean; pdfium?: Pdfium; password?: string } = {}) {
  const { withPdfium = true, pdfium = makePdfium(), password } = options
  const engines: Record<string, string[]> = {}
  let at = 'open'
  const onEngine = (engine: string) => {
    engines[at] = [...(engines[at] ?? []), engine]
  }
  const file = await openPdf(pdfium, path, { password, withPdfium, onEngine })
  onTestFinished(() => file.close())
  const pages: PdfPage[] = []
  for (let pageNumber = 1; pageNumber <= Math.min(file.pageCount, 30); pageNumber++) {
    at = String(pageNumber)
    pages.push(await file.readPage(pageNumber))
  }
  return { file, pages, engines }
}

const seen = ({ runs }: PdfPage) =>
  runs.flatMap(({ text, x, y, width, height, baseline, size, turned }) =>
    text.trim() ? [{ text: text.trim(), turned, box: [x, y, width, height, baseline, size] }] : [],
  )

/** Fonts that lie in no file differ in height from engine to engine. */
const MOST_APART_PT = 1.7

/** The same texts in the same order, on one place. */
function expectSame(page: PdfPage | undefined, other: PdfPage | undefined): void {
  if (!page || !other) throw new Error('There is no such page.')
  expect([page.width, page.height]).toEqual([other.width, other.height])
  const [ours, theirs] = [seen(page), seen(other)]
  expect(ours.map(({ text, turned }) => [text, turned])).toEqual(theirs.map(({ text, turned }) => [text, turned]))
  ours.forEach(({ box }, at) => {
    box.forEach((value, of) => {
      expect(Math.abs(value - (theirs[at]?.box[of] ?? Number.NaN))).toBeLessThan(MOST_APART_PT)
    })
  })
}

/** Its last line but one, which says where the table is, points into nowhere. */
function withBrokenTable(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/startxref\s+\d+/, 'startxref\n7'), 'latin1')
}

const PROSE: PdfPageSpec = {
  texts: [
    { text: 'The Union Executive', x: 60, y: 120, size: 20, bold: true },
    ...paragraph(['The President is elected by an electoral col-', 'lege of members of Parliament.'], {
      x: 60,
      y: 160,
    }),
    ...paragraph(['Another column stands beside it,', 'set a little lower down the page.'], { x: 330, y: 167 }),
  ],
}

describe('reading a PDF with two engines', () => {
  it('finds the same runs in the same places with either', async () => {
    const path = write(await buildPdf([{ ...PROSE, cropBox: { x: 20, y: 30, width: 560, height: 780 } }]))
    const fast = await read(path)
    const slow = await read(path, { withPdfium: false })
    expect(fast.engines).toEqual({ open: ['pdfium'], 1: ['pdfium'] })
    expect(slow.engines).toEqual({ open: ['pdfjs'], 1: ['pdfjs'] })
    expectSame(fast.pages[0], slow.pages[0])
  })

  it.each([90, 180, 270] as const)(
    'leaves the order of turned text to pdf.js, and finds its places too: %i°',
    async (rotate) => {
      const turned = { ...PROSE, rotate, cropBox: { x: 20, y: 30, width: 560, height: 780 } }
      const path = write(await buildPdf([turned]))
      const { engines, pages } = await read(path)
      expect(engines[1]).toEqual(['pdfium', 'pdfjs'])
      const file = await makePdfium().open(path)
      onTestFinished(() => file?.close())
      const own = file?.readPage(1)
      const byPlace = (page: Pick<PdfPage, 'runs'> | undefined) =>
        [...(page?.runs ?? [])].filter(({ text }) => text.trim()).sort((a, b) => a.text.localeCompare(b.text))
      expectSame(
        { ...pages[0], ...own, runs: byPlace(own) } as PdfPage,
        { ...pages[0], runs: byPlace(pages[0]) } as PdfPage,
      )
    },
  )

  const chapter = corpusFile('ncert-polity', 'keps201.pdf')
  it.skipIf(!chapter)('finds the same on the pages of a textbook', async () => {
    const fast = await read(chapter ?? '')
    const slow = await read(chapter ?? '', { withPdfium: false })
    expect(new Set(Object.values(fast.engines).flat())).toEqual(new Set(['pdfium']))
    expect(fast.file.metadataTitle).toBe(slow.file.metadataTitle)
    for (const at of [2, 7, 10, 14, 23]) expectSame(fast.pages[at], slow.pages[at])
  })

  it('needs pdf.js for a blank page, but for no scan', async () => {
    const path = write(await buildPdf([{ texts: [], scan: true }, PROSE, { texts: [] }]))
    const { pages, engines } = await read(path)
    expect(engines).toEqual({ open: ['pdfium'], 1: ['pdfium'], 2: ['pdfium'], 3: ['pdfium', 'pdfjs'] })
    expect(await Promise.all(pages.map((page) => page.paintsPictures()))).toEqual([true, false, false])
  })

  const hindi = corpusFile('nasty', 'chrome-hindi.pdf')
  it.skipIf(!hindi)('gives a page in another script to pdf.js', async () => {
    const { engines } = await read(hindi ?? '')
    expect(engines[1]).toEqual(['pdfium', 'pdfjs'])
  })

  it('gives a file without a sound table of its objects to pdf.js as a whole', async () => {
    const { engines, pages } = await read(write(withBrokenTable(await buildPdf([PROSE]))))
    expect(engines).toEqual({ open: ['pdfium', 'pdfjs'], 1: ['pdfjs'] })
    expect(pages.flatMap(seen)[0]?.text).toBe('The Union Executive')
  })

  it('opens a locked file with its password, and lets pdf.js refuse it without', async () => {
    const path = write(buildLockedPdf('We, the people of India, having solemnly resolved', 'jana'))
    const { engines, pages } = await read(path, { password: 'jana' })
    expect(engines).toEqual({ open: ['pdfium'], 1: ['pdfium'] })
    expect(pages.flatMap(seen)[0]?.text).toContain('We, the people of India')
    await expect(read(path)).rejects.toMatchObject({ code: 'file-encrypted' })
    await expect(read(path, { password: 'gana' })).rejects.toMatchObject({ code: 'wrong-password' })
  })
})

describe('PDFium', () => {
  it('is given up with the document it fails on, and started anew for the next', async () => {
    let started = 0
    let textsLoaded = 0
    const pdfium = makePdfium(async () => {
      const engine = await startPdfium()
      started++
      const FPDFText_LoadPage = (page: number) => {
        if (++textsLoaded === 2) throw new WebAssembly.RuntimeError('unreachable')
        return engine.functions.FPDFText_LoadPage(page)
      }
      return { ...engine, functions: { ...engine.functions, FPDFText_LoadPage } }
    })
    const path = write(await buildPdf(bookPages(3)))
    const { engines, pages } = await read(path, { pdfium })
    expect(engines).toEqual({ open: ['pdfium'], 1: ['pdfium'], 2: ['pdfium', 'pdfjs'], 3: ['pdfium', 'pdfjs'] })
    expect(pages.map((page) => seen(page).length > 0)).toEqual([true, true, true])
    expect(started).toBe(1)
    const again = await read(path, { pdfium })
    expect(Object.values(again.engines).flat()).not.toContain('pdfjs')
    expect(started).toBe(2)
  })

  it('keeps nothing of the pages and documents behind', async () => {
    const engine = await startPdfium()
    const pdfium = makePdfium(async () => engine)
    const path = write(await buildPdf(bookPages(15)))
    const readOnce = async () => {
      const file = await pdfium.open(path)
      for (let pageNumber = 1; pageNumber <= 15; pageNumber++) file?.readPage(pageNumber)
      file?.close()
      return engine.byteSize()
    }
    const first = await readOnce()
    for (let round = 0; round < 10; round++) await readOnce()
    expect(await readOnce()).toBe(first)
  })
})
