import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChunkablePage, chunkText, embeddedText } from './chunk-text.ts'
import { estimateTokens } from './estimate-tokens.ts'

/** One token a word: sizes can be read off the text. */
const words = (text: string) => text.split(/\s+/).filter(Boolean).length
const SIZES = { target: 20, most: 28 }

function page(pageNumber: number, parts: (string | { heading: string; level: number })[]): ChunkablePage {
  const headings: number[] = []
  let text = ''
  for (const part of parts) {
    if (text) text += '\n\n'
    if (typeof part === 'object') headings.push(text.length, part.heading.length, part.level)
    text += typeof part === 'object' ? part.heading : part
  }
  return { pageNumber, status: 'text', text, headings }
}

/** Headings of a page that begin inside a chunk, after its first letter. */
function headingsWithin(page: ChunkablePage | undefined, chunk: { startOffset: number; endOffset: number }): number {
  const starts = page?.headings.filter((_, i) => i % 3 === 0) ?? []
  return starts.filter((start) => start > chunk.startOffset && start < chunk.endOffset).length
}

const SENTENCE = (n: number) => `Sentence number ${n} has exactly seven words.`
const prose = (from: number, count: number) => Array.from({ length: count }, (_, i) => SENTENCE(from + i)).join(' ')

describe('chunkText', () => {
  it('cuts into even chunks of whole sentences that are slices of their page', () => {
    const pages = [page(1, [prose(1, 7)])]
    const chunks = chunkText(pages, words, SIZES)
    expect(chunks.map((chunk) => chunk.tokenCount).sort()).toEqual([21, 28])
    expect(chunks.map((chunk) => chunk.text).join(' ')).toBe(prose(1, 7))
    for (const chunk of chunks) {
      expect(pages[0]?.text.slice(chunk.startOffset, chunk.endOffset)).toBe(chunk.text)
      expect(chunk.text).toMatch(/^Sentence.*words\.$/)
    }
    expect(chunks.map((chunk) => chunk.ordinal)).toEqual(chunks.map((_, i) => i))
  })

  it('carries the path of headings over pages, and a box only to the end of its page', () => {
    const pages = [
      page(1, [
        { heading: 'Chapter One', level: 1 },
        { heading: 'Rights', level: 1 },
        { heading: 'Equality', level: 2 },
        prose(1, 1),
        { heading: 'Activity', level: 4 },
        'Discuss this in class.',
      ]),
      page(2, [
        prose(2, 1),
        { heading: 'Activity', level: 4 },
        'Write it down.',
        { heading: 'Freedom', level: 2 },
        prose(3, 1),
      ]),
      page(3, [
        'It goes on.',
        { heading: 'Activity', level: 4 },
        'Ask around.',
        { heading: 'Duties', level: 1 },
        prose(4, 1),
      ]),
    ]
    expect(chunkText(pages, words, SIZES).map(({ pageNumber, heading }) => [pageNumber, heading])).toEqual([
      [1, 'Chapter One: Rights › Equality'],
      [1, 'Chapter One: Rights › Equality › Activity'],
      [2, 'Chapter One: Rights › Equality'],
      [2, 'Chapter One: Rights › Equality › Activity'],
      [2, 'Chapter One: Rights › Freedom'],
      [3, 'Chapter One: Rights › Freedom'],
      [3, 'Chapter One: Rights › Freedom › Activity'],
      [3, 'Duties'],
    ])
  })

  it('leaves out running headers, footers and page numbers', () => {
    const pages = Array.from({ length: 6 }, (_, i) =>
      page(i + 1, [
        i % 2 === 0 ? 'Indian Constitution' : 'Chapter 1: Rights',
        String(i + 40),
        prose(i, 2),
        'Reprint 2026-27',
      ]),
    )
    const chunks = chunkText(pages, words, SIZES)
    expect(chunks.map((chunk) => chunk.text)).toEqual(Array.from({ length: 6 }, (_, i) => prose(i, 2)))
  })

  it('keeps a line of the text that recurs, and a heading that differs by its number', () => {
    const pages = Array.from({ length: 6 }, (_, i) =>
      page(i + 1, [
        'A Book',
        ...(i % 2 ? [] : [{ heading: `Part ${i}: The law`, level: 2 }]),
        `New words ${'abcdef'[i]}.`,
        `See article ${i}.`,
        prose(i, 1),
      ]),
    )
    const chunks = chunkText(pages, words, SIZES)
    expect(chunks.map((chunk) => chunk.heading)).toEqual([
      'Part 0: The law',
      'Part 0: The law',
      'Part 2: The law',
      'Part 2: The law',
      'Part 4: The law',
      'Part 4: The law',
    ])
    expect(chunks.every((chunk) => chunk.text.includes('See article'))).toBe(true)
  })

  it('finds the words of a title page and of headings nothing follows', () => {
    const pages = [
      page(1, [
        { heading: 'Indian Polity', level: 1 },
        { heading: 'For Beginners', level: 1 },
      ]),
      page(2, [{ heading: 'What the makers of it wanted', level: 2 }, { heading: 'What came', level: 2 }, prose(1, 1)]),
    ]
    expect(chunkText(pages, words, SIZES).map((chunk) => chunk.text)).toEqual([
      'Indian Polity\n\nFor Beginners',
      'What the makers of it wanted',
      prose(1, 1),
    ])
  })

  it('cuts a sentence only when it alone is over the limit, where it pauses', () => {
    const long = `${'word '.repeat(19)}pause, ${'more '.repeat(20)}end.`
    const chunks = chunkText([page(1, [`${prose(1, 1)} ${long} ${prose(2, 1)}`])], words, SIZES)
    expect(chunks.every((chunk) => chunk.tokenCount <= SIZES.most)).toBe(true)
    expect(chunks.map((chunk) => chunk.text).join(' ')).toBe(`${prose(1, 1)} ${long} ${prose(2, 1)}`)
    expect(chunks.some((chunk) => chunk.text.endsWith('pause,'))).toBe(true)
  })

  it('hashes what is embedded: heading, line break, text', () => {
    const [chunk] = chunkText([page(1, [{ heading: 'Rights', level: 1 }, prose(1, 1)])], words, SIZES)
    expect(embeddedText(chunk ?? { heading: '', lead: '', text: '' })).toBe(`Rights\n${prose(1, 1)}`)
    expect(chunk?.textHash).toBe(
      createHash('sha256')
        .update(`Rights\n${prose(1, 1)}`)
        .digest('hex'),
    )
    expect(chunk?.tokenCount).toBe(8)
  })

  it('carries the beginning of a sentence that runs over a page’s end, outside of the page’s own text', () => {
    const pages = [
      page(1, [{ heading: 'Rights', level: 1 }, `${SENTENCE(1)} The State shall not make any`]),
      page(2, [`law which takes away rights. ${prose(2, 3)}`]),
      page(3, ['and this page has lost its beginning.']),
    ]
    const chunks = chunkText(pages, words, SIZES)
    expect(chunks.map(({ pageNumber, lead, text }) => [pageNumber, lead, text.slice(0, 9)])).toEqual([
      [1, '', 'Sentence '],
      [2, 'The State shall not make any ', 'law which'],
      [2, '', 'Sentence '],
      [3, '', 'and this '],
    ])
    const carrying = chunks[1]
    expect(embeddedText(carrying as never)).toMatch(/^Rights\nThe State shall not make any law which takes/)
    expect(carrying?.textHash).toBe(
      createHash('sha256')
        .update(embeddedText(carrying as never))
        .digest('hex'),
    )
    expect(carrying?.tokenCount).toBe(words(embeddedText(carrying as never)))
    expect(chunkText([pages[0], { ...pages[2], pageNumber: 4 }] as ChunkablePage[], words, SIZES).at(-1)?.lead).toBe('')
  })

  it('finds that beginning above the boxes that end a page', () => {
    const pages = [
      page(1, [
        { heading: 'Rights', level: 1 },
        `${SENTENCE(1)} The State shall not make any`,
        'A remark in a bubble, is it not?',
        'Photo: PTI',
        { heading: 'READ A CARTOON', level: 2 },
        'What does the picture tell us of the',
      ]),
      page(2, ['law which takes away rights.', { heading: 'READ A CARTOON', level: 2 }, 'Why so?']),
      page(3, [{ heading: 'READ A CARTOON', level: 2 }, 'What now?']),
    ]
    const chunk = chunkText(pages, words, SIZES).find(({ pageNumber }) => pageNumber === 2)
    expect([chunk?.heading, chunk?.lead]).toEqual(['Rights', 'The State shall not make any '])
  })

  it('carries none over a heading, and none that would not fit', () => {
    const begun = page(1, [`The State shall not make any`])
    const under = page(2, [{ heading: 'duties', level: 1 }, 'law of any kind.'])
    expect(chunkText([begun, under], words, SIZES).map(({ lead }) => lead)).toEqual(['', ''])
    const long = page(2, [`law ${'word '.repeat(25)}ends.`])
    expect(chunkText([begun, long], words, SIZES).map(({ lead }) => lead)).toEqual(['', ''])
  })

  it('cuts a table between its rows and keeps a figure’s caption', () => {
    const row = (n: number) => `State ${n}\tseats ${n}\tan Assembly of one House`
    const rows = Array.from({ length: 8 }, (_, i) => row(i + 1))
    const chunks = chunkText(
      [page(1, [{ heading: 'Seats', level: 1 }, rows.join('\n'), 'Fig. 2.1: Seats of the States'])],
      words,
      SIZES,
    )
    expect(chunks.length).toBeGreaterThan(2)
    for (const { text } of chunks) {
      for (const line of text.split('\n').filter((line) => line.includes('State '))) expect(rows).toContain(line)
    }
    expect(chunks.at(-1)?.text).toContain('Fig. 2.1: Seats of the States')
  })

  it('skips pages that can’t be read, and keeps Devanagari', () => {
    const pages: ChunkablePage[] = [
      { ...page(1, ['gyMZmE± garbage']), status: 'unreadable' },
      page(2, ['भारत एक गणराज्य है। संविधान सर्वोच्च है।']),
    ]
    expect(chunkText(pages, estimateTokens).map(({ pageNumber, text }) => [pageNumber, text])).toEqual([
      [2, 'भारत एक गणराज्य है। संविधान सर्वोच्च है।'],
    ])
  })

  it('never exceeds the limit, loses a letter, overlaps or leaves its page, whatever the text', () => {
    const part = fc.oneof(
      fc.record({
        heading: fc.constantFrom('Rights of all', 'Duties', 'The Union and its States'),
        level: fc.integer({ min: 1, max: 4 }),
      }),
      fc
        .array(fc.constantFrom('A', 'word', 'ends.', 'Then', 'why?', 'हाँ।', 'x'.repeat(40), '\n'), {
          minLength: 1,
          maxLength: 120,
        })
        .map((all) => `Text ${all.join(' ')}`),
    )
    fc.assert(
      fc.property(fc.array(fc.array(part, { maxLength: 5 }), { minLength: 1, maxLength: 4 }), (specs) => {
        const pages = specs.map((parts, i) => page(i + 1, parts))
        const chunks = chunkText(pages, words, SIZES)
        const ends = new Map<number, number>()
        for (const chunk of chunks) {
          expect(words(chunk.lead + chunk.text)).toBeLessThanOrEqual(SIZES.most)
          // A title page is one chunk of headings.
          const hasText = specs[chunk.pageNumber - 1]?.some((part) => typeof part === 'string')
          if (hasText) expect(headingsWithin(pages[chunk.pageNumber - 1], chunk)).toBe(0)
          expect(chunk.startOffset).toBeGreaterThanOrEqual(ends.get(chunk.pageNumber) ?? 0)
          expect(pages[chunk.pageNumber - 1]?.text.slice(chunk.startOffset, chunk.endOffset)).toBe(chunk.text)
          ends.set(chunk.pageNumber, chunk.endOffset)
        }
      }),
      { numRuns: 100 },
    )
  })
})
