import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutPages } from './cut-pages.ts'

const plain = (text: string) => text.replace(/\s/g, '')

describe('cutPages', () => {
  it('keeps a short text on one page, with its headings', () => {
    expect(cutPages([{ text: 'Rights', headingLevel: 1 }, { text: 'Six of them.' }])).toEqual([
      { pageNumber: 1, width: 0, height: 0, text: 'Rights\n\nSix of them.', boxes: [], headings: [0, 6, 1] },
    ])
  })

  it('begins a page at a heading once the last one is half full, and never ends one with a heading', () => {
    const filler = (length: number) => ({ text: 'word '.repeat(length / 5).trim() })
    const pages = cutPages([
      filler(1600),
      { text: 'Next', headingLevel: 2 },
      filler(2800),
      { text: 'Last', headingLevel: 2 },
      filler(100),
    ])
    expect(pages.map((page) => page.text.slice(0, 4))).toEqual(['word', 'Next', 'Last'])
    expect(pages.map((page) => page.headings)).toEqual([[], [0, 4, 2], [0, 4, 2]])
  })

  it('loses nothing and keeps to its limit, whatever the text', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 80 }),
      fc.constantFrom('a'.repeat(5000), 'A sentence ends here. '.repeat(200), `${'line\n'.repeat(900)}`),
    )
    fc.assert(
      fc.property(fc.array(fc.record({ text: piece }), { maxLength: 12 }), (blocks) => {
        const pages = cutPages(blocks)
        for (const page of pages) expect(page.text.length).toBeLessThanOrEqual(3000)
        expect(pages.map((page) => page.pageNumber)).toEqual(pages.map((_, i) => i + 1))
        expect(plain(pages.map((page) => page.text).join(''))).toBe(plain(blocks.map((block) => block.text).join('')))
      }),
      { numRuns: 60 },
    )
  })
})
