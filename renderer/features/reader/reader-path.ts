import type { DocumentId } from '#contract/ids.ts'

/** A place in a document, with or without a stretch of its page's text to highlight. */
export interface ReaderPlace {
  documentId: DocumentId
  /** The file's own page, from 1. */
  page: number
  /** Offsets into the page's text, [startOffset, endOffset). */
  startOffset?: number | undefined
  endOffset?: number | undefined
}

/** The address of a place in the reader. */
export function readerPath({ documentId, page, startOffset, endOffset }: ReaderPlace): string {
  const query = new URLSearchParams({ page: String(page) })
  if (startOffset !== undefined && endOffset !== undefined && endOffset > startOffset) {
    query.set('from', String(startOffset))
    query.set('to', String(endOffset))
  }
  return `/read/${encodeURIComponent(documentId)}?${query}`
}

export interface AskedPlace {
  page: number | undefined
  /** The stretch to highlight on that page. */
  range: { startOffset: number; endOffset: number } | undefined
}

/** Reads the query of a reader address; what makes no sense is left out. */
export function readAskedPlace(search: string): AskedPlace {
  const query = new URLSearchParams(search)
  const page = wholeNumber(query.get('page'))
  const startOffset = wholeNumber(query.get('from'))
  const endOffset = wholeNumber(query.get('to'))
  const isRange = page && startOffset !== undefined && endOffset !== undefined && startOffset < endOffset
  return { page: page || undefined, range: isRange ? { startOffset, endOffset } : undefined }
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
