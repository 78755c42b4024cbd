import type { Citation } from '#contract/ask.ts'
import type { SearchHit } from '#contract/search.ts'
import { highlightBoxes } from '../ingest/highlight-boxes.ts'
import type { ReadDb } from '../store/connection.ts'
import { findPage } from '../store/pages.rows.ts'

/** A stretch of a page that is cited. */
export interface CitedStretch {
  hit: Pick<SearchHit, 'documentId' | 'path' | 'title' | 'page' | 'pageLabel'>
  text: string
  startOffset: number
  endOffset: number
}

/** The citation of a stretch: its quote is what stands there, with runs of whitespace as one space. */
export function citeSentence(
  db: ReadDb,
  number: number,
  { hit, text, startOffset, endOffset }: CitedStretch,
): Citation {
  const { documentId, path, title, page, pageLabel } = hit
  const boxes = findPage(db, documentId, page)?.boxes ?? []
  return {
    number,
    documentId,
    path,
    title,
    page,
    ...(pageLabel && { pageLabel }),
    quote: asQuote(text),
    startOffset,
    endOffset,
    boxes: highlightBoxes(boxes, startOffset, endOffset),
  }
}

export function asQuote(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
