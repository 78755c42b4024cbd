import type { SearchHit } from '#contract/search.ts'
import { readerPath } from '../reader/index.ts'

/** The reader at the passage. */
export function hitPath(hit: SearchHit): string {
  const { documentId, page, startOffset, endOffset } = hit
  return readerPath({ documentId, page, startOffset, endOffset })
}
