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
    expect(embeddedText(chunk ?? { heading: '', text: '' })).toBe(`Rights\n${prose(1, 1)}`)
    expect(chunk?.textHash).toBe(
      createHash('sha256')
        .update(`Rights\n${prose(1, 1)}`)
        .digest('hex'),
    )
    expect(chunk?.tokenCount).toBe(8)
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
          expect(words(chunk.text)).toBeLessThanOrEqual(SIZES.most)
          expect(chunk.startOffset).toBeGreaterThanOrEqual(ends.get(chunk.pageNumber) ?? 0)
          expect(pages[chunk.pageNumber - 1]?.text.slice(chunk.startOffset, chunk.endOffset)).toBe(chunk.text)
          ends.set(chunk.pageNumber, chunk.endOffset)
        }
      }),
      { numRuns: 100 },
    )
  })
})
