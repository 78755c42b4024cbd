import { z } from 'zod'
import { Box, PageLabel } from './documents.ts'
import { DocumentId } from './ids.ts'

/** A stretch of a page that something rests on: what an answer cites, what a question asks. */
export const QuotedPlace = z.object({
  documentId: DocumentId,
  path: z.string(),
  title: z.string(),
  /** The file's own page, from 1. */
  page: z.number().int().positive(),
  pageLabel: PageLabel.optional(),
  /** Verbatim from that page. */
  quote: z.string(),
  startOffset: z.number().int(),
  endOffset: z.number().int(),
  /** The quote's rectangles; empty for formats without a page size. */
  boxes: z.array(Box),
  /** The document's newer version no longer says this: the quote is of an older one. */
  lost: z.boolean().optional(),
})
export type QuotedPlace = z.infer<typeof QuotedPlace>
