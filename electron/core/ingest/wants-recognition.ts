import { isImage, type MediaType } from '#contract/documents.ts'

/** Share of Devanagari in a text layer from which it is not to be trusted. */
const MOST_DEVANAGARI = 0.1

/**
 * Whether a page is to be read from its picture: it has no readable text, or its
 * text layer is Hindi. pdf.js gives Indic clusters in pieces (0.28 to 0.69 of the
 * words are right), so such a layer only serves until the page was recognised.
 */
export function wantsRecognition(
  mediaType: MediaType,
  page: { status: 'text' | 'empty' | 'unreadable'; text: string },
): boolean {
  if (mediaType !== 'application/pdf' && !isImage(mediaType)) return false
  return page.status === 'unreadable' || (page.status === 'text' && isHindi(page.text))
}

/** Whether a text is Hindi for more than a quotation. */
export function isHindi(text: string): boolean {
  const visible = text.replace(/\s/gu, '').length
  return (text.match(/[\u0900-\u097f]/g)?.length ?? 0) > MOST_DEVANAGARI * visible
}
