import type { StoredPage } from '../store/pages.rows.ts'
import type { QuotedPlace } from '../store/quoted-places.rows.ts'
import type { QuotePlace } from './find-quote.ts'
import { highlightBoxes } from './highlight-boxes.ts'

/** A quote where it was found again, in the words of its page now; marked as lost where it was not. */
export function placeQuote(
  quoted: { quote: string; pageNumber: number },
  place: QuotePlace | undefined,
  page: Pick<StoredPage, 'text' | 'boxes'> | undefined,
): QuotedPlace {
  if (!place) return { ...quoted, startOffset: 0, endOffset: 0, boxes: [], lost: true }
  const { startOffset, endOffset } = place
  return {
    ...place,
    quote: page?.text.slice(startOffset, endOffset) ?? quoted.quote,
    boxes: highlightBoxes(page?.boxes ?? [], startOffset, endOffset),
    lost: false,
  }
}
