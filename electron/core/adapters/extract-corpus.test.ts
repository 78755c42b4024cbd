import { spawnSync } from 'node:child_process'
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { highlightBoxes } from '../ingest/highlight-boxes.ts'
import { buildPdf } from '../testing/build-pdf.ts'
import { corpusFile } from '../testing/corpus.ts'
import { extractFile, headingsOf, openExtractor, pagesOf } from '../testing/extract-file.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { tokenF1 } from '../testing/token-f1.ts'

describe('the extractor on real and hostile files', () => {
  const chapter = corpusFile('ncert-polity', 'keps201.pdf')
  it.skipIf(!chapter)('reads a textbook chapter in order, with its headings and its title', async () => {
    const events = await extractFile(chapter ?? '')
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
    const page = pagesOf(await extractFile(chapter ?? ''))[2]
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
    const scores = pagesOf(await extractFile(chapter ?? ''))
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
        for (const event of await extractFile(join(folder ?? '', name), { extractor })) {
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
      (await extractFile(join(scans ?? '', name), { extractor })).flatMap((event) =>
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
    expect(await extractFile(join(dir, 'blob'))).toHaveLength(2)
    writeFileSync(join(dir, 'none.pdf'), 'not a PDF')
    await expect(extractFile(join(dir, 'none.pdf'))).rejects.toMatchObject({ code: 'file-damaged' })
    await expect(extractFile(join(dirname(dir), 'gone.pdf'))).rejects.toMatchObject({ code: 'file-unreadable' })
  })
})
