import { createHash } from 'node:crypto'
import type { TextRange } from '#contract/search.ts'
import type { NewChunk } from '../store/chunks.rows.ts'
import type { PageStatus } from '../store/library.schema.ts'
import { findRunningLines } from './find-running-lines.ts'
import { packSentences } from './pack-sentences.ts'
import { type Section, splitSections } from './split-sections.ts'
import { splitSentences } from './split-sentences.ts'

/** A page as chunking needs it. */
export interface ChunkablePage {
  pageNumber: number
  status: PageStatus
  text: string
  /** As ExtractedPage.headings. */
  headings: readonly number[]
}

/** Tokens of what is embedded, heading included: aimed at, and never exceeded. */
export interface ChunkSizes {
  target: number
  most: number
}

/** The model reads 254 tokens of text; passages of about 180 rank best in it and still read as one thought. */
export const CHUNK_SIZES: ChunkSizes = { target: 180, most: 230 }

/** Headings above a chunk are joined by this, outermost first. */
export const HEADING_SEPARATOR = ' › '
/** Deep paths would take the place of the text they introduce. */
const MOST_HEADING_TOKENS = 48

/** What a chunk is embedded as, and what its hash is of. */
export function embeddedText(chunk: { heading: string; text: string }): string {
  return chunk.heading ? `${chunk.heading}\n${chunk.text}` : chunk.text
}

/**
 * Cuts a document's pages into the passages that are searched and cited. A chunk
 * is a slice of one page's text, made of whole sentences (a sentence longer than
 * the limit is cut between words), and never crosses a heading; running headers,
 * footers and page numbers are in none. Pages without readable text give none.
 * `countTokens` is the embedding model's.
 */
export function chunkText(
  pages: readonly ChunkablePage[],
  countTokens: (text: string) => number,
  sizes: ChunkSizes = CHUNK_SIZES,
): NewChunk[] {
  const readable = pages.filter((page) => page.status === 'text')
  const runningLines = findRunningLines(readable)
  const chunks: NewChunk[] = []
  for (const section of splitSections(readable, runningLines)) {
    const heading = fitHeading(section.headings, countTokens)
    const headingTokens = heading ? countTokens(heading) : 0
    for (const range of packSection(section, countTokens, sizes, headingTokens)) {
      const text = section.pageText.slice(range.start, range.end)
      chunks.push({
        ordinal: chunks.length,
        pageNumber: section.pageNumber,
        startOffset: range.start,
        endOffset: range.end,
        heading,
        text,
        textHash: createHash('sha256').update(embeddedText({ heading, text })).digest('hex'),
        tokenCount: headingTokens + countTokens(text),
      })
    }
  }
  return chunks
}

function packSection(
  { pageText, start, end }: Section,
  countTokens: (text: string) => number,
  { target, most }: ChunkSizes,
  headingTokens: number,
): TextRange[] {
  const sentences = splitSentences(pageText.slice(start, end))
    .map((range) => ({ start: start + range.start, end: start + range.end }))
    .flatMap((range) => cutLong(pageText, range, most - headingTokens, countTokens))
    .map((range) => ({
      ...range,
      tokens: countTokens(pageText.slice(range.start, range.end)),
      endsParagraph: /^[^\S\n]*\n[^\S\n]*\n/.test(pageText.slice(range.end, range.end + 8)),
    }))
  return packSentences(sentences, { target: target - headingTokens, most: most - headingTokens })
}

/** A sentence over the limit in parts that fit, cut where it pauses or else between words. */
function cutLong(text: string, range: TextRange, most: number, countTokens: (text: string) => number): TextRange[] {
  if (countTokens(text.slice(range.start, range.end)) <= most) return [range]
  const parts: TextRange[] = []
  const words = [...text.slice(range.start, range.end).matchAll(/\S+/g)].map((match) => ({
    start: range.start + match.index,
    end: range.start + match.index + match[0].length,
  }))
  let from = 0
  while (from < words.length) {
    let tokens = 0
    let to = from
    let pause = 0
    for (; to < words.length; to++) {
      const word = words[to] as TextRange
      tokens += Math.max(1, countTokens(text.slice(word.start, word.end)))
      if (tokens > most && to > from) break
      if (/[;:,]$|\n$/.test(text.slice(word.start, word.end)) && tokens > most / 2) pause = to + 1
    }
    const next = to < words.length && pause > from ? pause : to
    parts.push({ start: (words[from] as TextRange).start, end: (words[next - 1] as TextRange).end })
    from = next
  }
  return parts
}

/** The path of headings, its outermost left out first where it is too long. */
function fitHeading(headings: readonly string[], countTokens: (text: string) => number): string {
  let kept = [...headings]
  while (kept.length > 1 && countTokens(kept.join(HEADING_SEPARATOR)) > MOST_HEADING_TOKENS) kept = kept.slice(1)
  return kept.join(HEADING_SEPARATOR)
}
