import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { highlightBoxes } from '../ingest/highlight-boxes.ts'
import { bookPages, buildPdf, type PdfPageSpec, paragraph } from '../testing/build-pdf.ts'
import { extractBuilt, extractFile, headingsOf, pagesOf } from '../testing/extract-file.ts'
import { shareReaders } from '../testing/share-readers.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'

const { extractor } = shareReaders()

const extractPages = (pages: PdfPageSpec[], properties: { title?: string } = {}) =>
  extractBuilt(pages, { ...properties, extractor })

/** A column of lines about as wide as half a page. */
const COLUMN = (name: string) =>
  Array.from({ length: 12 }, (_, i) => `${name} column goes on with its line ${i + 1} here`)

describe('the extractor on built PDFs', () => {
  it('writes lines, paragraphs and headings, and joins words broken at line ends', async () => {
    const [page] = pagesOf(
      await extractPages([
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
    const pages = pagesOf(await extractPages([{ texts: [...left, ...right] }, { texts: byLine }]))
    const expected = [...COLUMN('The left'), ...COLUMN('The right')].join(' ')
    expect(pages.map((page) => page.text.replace(/\s+/g, ' '))).toEqual([expected, expected])
  })

  it('keeps points of a list on their lines and a caption as text, not as a heading', async () => {
    const [page] = pagesOf(
      await extractPages([
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
    const [page] = pagesOf(await extractPages([{ texts }]))
    expect(page?.text).toBe('Right\tArticles\nEquality\t14 to 18\nFreedom\t19 to 22')
  })

  it('puts words together again whose letters are set apart', async () => {
    const texts = [
      { text: 'So, federalism is all about', x: 60, y: 80, letterSpacing: 2.5 },
      { text: 'sharing A B C D E F G powers.', x: 60, y: 94 },
    ]
    const [page] = pagesOf(await extractPages([{ texts }]))
    expect(page?.text).toBe('So, federalism is all about\nsharing A B C D E F G powers.')
  })

  it('reads a line printed over itself once', async () => {
    const copies = [0, 0.3, 0.6].map((shift) => ({ text: 'Directive Principles', x: 60 + shift, y: 80 }))
    const [page] = pagesOf(
      await extractPages([{ texts: [...copies, { text: 'They guide the State.', x: 60, y: 120 }] }]),
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
      await extractPages([
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
    const events = await extractPages([
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
    const whole = await extractFile(path, { extractor })
    const rest = await extractFile(path, { fromPage: 13, extractor })
    expect(rest[0]).toEqual(whole[0])
    expect(rest.slice(1)).toEqual(whole.slice(13))
    expect(pagesOf(rest).map((page) => page.pageNumber)).toEqual([13, 14, 15, 16, 17, 18, 19, 20])
  })

  it('reads a text file and a Markdown file', async () => {
    const dir = temporaryFolder()
    writeFileSync(join(dir, 'a.md'), '# Federalism\n\nPower is **shared** between [levels](x).\n')
    const [opened, page] = await extractFile(join(dir, 'a.md'), { mediaType: 'text/markdown', extractor })
    expect(opened).toMatchObject({ type: 'opened', pageCount: 1, metadataTitle: 'Federalism' })
    expect(page).toMatchObject({
      status: 'text',
      page: { text: 'Federalism\n\nPower is shared between levels.', headings: [0, 10, 1], width: 0, boxes: [] },
    })
  })
})
