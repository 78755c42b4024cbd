import { createHash } from 'node:crypto'
import type { TextRange } from '#contract/search.ts'
import type { NewChunk } from '../store/chunks.rows.ts'
import type { PageStatus } from '../store/library.schema.ts'
import { findLead } from './find-lead.ts'
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
export function embeddedText({ heading, lead, text }: { heading: string; lead: string; text: string }): string {
  return heading ? `${heading}\n${lead}${text}` : lead + text
}

/**
 * Cuts a document's pages into the passages that are searched and cited. A chunk
 * is a slice of one page's text, made of whole sentences (a sentence longer than
 * the limit is cut between words), and never crosses a heading; running headers,
 * footers and page numbers are in none. Pages without readable text give none. A chunk
 * that goes on with a sentence of the page before carries its beginning as `lead`.
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
  /** The sections of the page under way, and of the one before where they follow each other. */
  let page: Section[] = []
  let pageBefore: Section[] = []
  for (const section of splitSections(readable, runningLines)) {
    const heading = fitHeading(section.headings, countTokens)
    const headingTokens = heading ? countTokens(heading) : 0
    if (page[0]?.pageNumber !== section.pageNumber) {
      pageBefore = page[0]?.pageNumber === section.pageNumber - 1 ? page : []
      page = []
    }
    const lead = page.length === 0 ? leadOf(pageBefore, section) : ''
    page.push(section)
    const packed = packSection(section, countTokens, sizes, {
      heading: headingTokens,
      lead: lead ? countTokens(lead) : 0,
    })
    for (const [index, range] of packed.ranges.entries()) {
      const text = section.pageText.slice(range.start, range.end)
      const carried = index === 0 && packed.takesLead ? lead : ''
      chunks.push({
        ordinal: chunks.length,
        pageNumber: section.pageNumber,
        startOffset: range.start,
        endOffset: range.end,
        heading,
        lead: carried,
        text,
        textHash: createHash('sha256')
          .update(embeddedText({ heading, lead: carried, text }))
          .digest('hex'),
        tokenCount: headingTokens + (carried ? countTokens(carried) : 0) + countTokens(text),
      })
    }
  }
  return chunks
}

function packSection(
  { pageText, start, end }: Section,
  countTokens: (text: string) => number,
  sizes: ChunkSizes,
  tokensOf: { heading: number; lead: number },
): { ranges: TextRange[]; takesLead: boolean } {
  const most = sizes.most - tokensOf.heading
  const sentences = splitSentences(pageText.slice(start, end))
    .map((range) => ({ start: start + range.start, end: start + range.end }))
    .flatMap((range) => cutLong(pageText, range, most, countTokens))
    .map((range) => ({
      ...range,
      tokens: countTokens(pageText.slice(range.start, range.end)),
      endsParagraph: /^[^\S\n]*\n[^\S\n]*\n/.test(pageText.slice(range.end, range.end + 8)),
    }))
  const [first] = sentences
  const takesLead = first !== undefined && tokensOf.lead > 0 && first.tokens + tokensOf.lead <= most
  if (takesLead) first.tokens += tokensOf.lead
  return { ranges: packSentences(sentences, { target: sizes.target - tokensOf.heading, most }), takesLead }
}

/**
 * What the first section of a page goes on with: the last paragraph under the same headings of the
 * page before that was left open. Boxes, side notes and captions often stand between the two.
 */
function leadOf(pageBefore: readonly Section[], { headings, pageText, start, end }: Section): string {
  const below = pageText.slice(start, end).trimStart()
  const path = headings.join('\n')
  const paragraphs = pageBefore
    .filter((above) => above.headings.join('\n') === path)
    .flatMap((above) => above.pageText.slice(above.start, above.end).split(/\n\s*\n/))
  for (const paragraph of paragraphs.reverse()) {
    const lead = findLead(paragraph.trim(), below)
    if (lead) return lead
  }
  return ''
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
