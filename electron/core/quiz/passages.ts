import type { DocumentId } from '#contract/ids.ts'
import type { Material, SourceSentence } from './read-material.ts'

/** A stretch of a page that a model is shown. */
export interface Passage {
  /** Names it among all passages of the material. */
  key: string
  documentId: DocumentId
  pageNumber: number
  heading: string
  /** UTF-16, into the page's text. */
  startOffset: number
  endOffset: number
  /** The page's text between the offsets, runs of whitespace as one space. */
  text: string
  sentences: readonly SourceSentence[]
}

/** Sizes of a passage in UTF-16 units: about 350 tokens of English, so that a small model keeps all of it in view. */
const MOST = 1400
const LEAST = 300

/** Cuts the material into passages at sentence ends, none over a page's edge or a heading. */
export function cutPassages(material: Material): Passage[] {
  const groups: SourceSentence[][] = []
  for (const sentence of material.sentences) {
    const group = groups.at(-1)
    const first = group?.[0]
    if (
      group &&
      first &&
      first.documentId === sentence.documentId &&
      first.pageNumber === sentence.pageNumber &&
      first.heading === sentence.heading &&
      // What a narrowed quiz leaves out is not in between.
      group.at(-1)?.order === sentence.order - 1 &&
      sentence.endOffset - first.startOffset <= MOST
    ) {
      group.push(sentence)
    } else groups.push([sentence])
  }
  return groups.flatMap((sentences) => {
    const [first] = sentences
    const last = sentences.at(-1)
    if (!first || !last) return []
    const { documentId, pageNumber, heading, startOffset, order } = first
    const { endOffset } = last
    const text =
      material.pageText(documentId, pageNumber)?.slice(startOffset, endOffset).replace(/\s+/g, ' ').trim() ?? ''
    if (text.length < LEAST) return []
    return [{ key: `passage ${order}`, documentId, pageNumber, heading, startOffset, endOffset, text, sentences }]
  })
}

/** The first half of a passage: for a model that ran out of room. Undefined when it can't be halved. */
export function halvePassage(passage: Passage): Passage | undefined {
  const sentences = passage.sentences.slice(0, Math.ceil(passage.sentences.length / 2))
  const last = sentences.at(-1)
  if (!last || sentences.length === passage.sentences.length) return undefined
  const length = last.endOffset - passage.startOffset
  const text = sentences.map((sentence) => sentence.quote).join(' ')
  return length < LEAST / 2 ? undefined : { ...passage, endOffset: last.endOffset, text, sentences }
}

/**
 * Where a quote stands in a passage's page, letting whitespace, kinds of quotes
 * and dashes, and marks around it differ; undefined when its words are not there
 * in that order.
 */
export function findQuote(
  quote: string,
  pageText: string,
  within: Pick<Passage, 'startOffset' | 'endOffset'>,
): { startOffset: number; endOffset: number } | undefined {
  const words = quote
    .trim()
    .replace(/^["'“”‘’`.…\s]+|["'“”‘’`…\s]+$/gu, '')
    .split(/\s+/)
  if (words.length < 4) return undefined
  const pattern = words
    .map((word) =>
      word
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replace(/["“”]/g, '["“”]')
        .replace(/['‘’`]/g, "['‘’`]")
        .replace(/[-–—]/g, '[-–—]'),
    )
    .join('\\s+')
  const match = new RegExp(pattern, 'iu').exec(pageText.slice(within.startOffset, within.endOffset))
  if (!match) return undefined
  const startOffset = within.startOffset + match.index
  return { startOffset, endOffset: startOffset + match[0].length }
}
