import { skipToken, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Box, PageLabel } from '#contract/documents.ts'
import type { DocumentId } from '#contract/ids.ts'
import { orpc } from '../../client/index.ts'
import type { AskedPlace } from './reader-path.ts'

/** The quoted passage the reader was opened at. */
export interface AskedHighlight {
  pageNumber: number
  pageLabel: PageLabel | undefined
  startOffset: number
  endOffset: number
  /** As in a citation: one line, single spaces. */
  quote: string
  pageWidth: number
  pageHeight: number
  boxes: readonly Box[]
}

/** Fetches what has to be marked; undefined where nothing was asked for or it is not there yet. */
export function useAskedHighlight(
  documentId: DocumentId,
  asked: AskedPlace,
): { highlight: AskedHighlight | undefined; missing: boolean } {
  const { page: pageNumber, range } = asked
  const known = pageNumber !== undefined && range !== undefined
  const page = useQuery(
    orpc.documents.page.queryOptions({ input: known ? { documentId, pageNumber } : skipToken, retry: false }),
  )
  const boxes = useQuery(
    orpc.documents.highlight.queryOptions({
      input: known ? { documentId, pageNumber, ...range } : skipToken,
      retry: false,
    }),
  )
  const highlight = useMemo(() => {
    if (!known || !page.data || !boxes.data) return undefined
    const { startOffset, endOffset } = range
    const quote = page.data.text.slice(startOffset, endOffset).replace(/\s+/g, ' ').trim()
    if (!quote) return undefined
    return {
      pageNumber,
      pageLabel: page.data.label,
      startOffset,
      endOffset,
      quote,
      pageWidth: page.data.width,
      pageHeight: page.data.height,
      boxes: boxes.data.boxes,
    }
  }, [known, pageNumber, range, page.data, boxes.data])
  const settled = !page.isPending && !boxes.isPending
  return { highlight, missing: known && settled && highlight === undefined }
}
