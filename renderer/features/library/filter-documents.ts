import type { Document } from '#contract/documents.ts'
import type { Failure } from '#contract/errors.ts'
import type { CollectionChoice, SortOrder, StatusFilter } from '../../state/library-view.ts'

export interface LibraryFilter {
  text: string
  status: StatusFilter
  collection: CollectionChoice
  sort: SortOrder
}

/** Case, accents and compatibility forms do not count when looking for a title. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}(?<![\u0900-\u097f])/gu, '')
    .toLowerCase()
}

const collator = new Intl.Collator(['en-IN', 'hi-IN'], { numeric: true, sensitivity: 'base' })

const COMPARE: Record<SortOrder, (a: Document, b: Document) => number> = {
  added: (a, b) => b.createdAtMs - a.createdAtMs,
  updated: (a, b) => b.updatedAtMs - a.updatedAtMs,
  title: (a, b) => collator.compare(a.title, b.title),
  pages: (a, b) => b.pageCount - a.pageCount,
}

export function isWorking(document: Document): boolean {
  return document.status === 'queued' || document.status === 'importing'
}

/** A PDF that waits for its password, or whose scans do. */
export function isLocked({ status, failure, mediaType, recognition }: Document): boolean {
  if (recognition?.awaitsPassword && status === 'ready') return true
  return status === 'failed' && isLockedFailure(failure) && mediaType === 'application/pdf'
}

export function isLockedFailure(failure: Failure | undefined): boolean {
  return failure?.code === 'file-encrypted' || failure?.code === 'wrong-password'
}

/** Failed, stopped, or with pages that could not be read. */
export function needsAttention(document: Document): boolean {
  return document.status === 'failed' || document.status === 'cancelled' || document.unreadablePageCount > 0
}

function hasStatus(document: Document, status: StatusFilter): boolean {
  if (status === 'ready') return document.status === 'ready'
  if (status === 'working') return isWorking(document)
  return status === 'all' || needsAttention(document)
}

/** The documents to show, in order. Every word of the filter must be in the title or the file's name. */
export function filterDocuments(documents: readonly Document[], filter: LibraryFilter): Document[] {
  const words = fold(filter.text).split(/\s+/).filter(Boolean)
  return documents
    .filter((document) => {
      if (filter.collection === 'none' && document.collectionId !== undefined) return false
      if (filter.collection !== 'all' && filter.collection !== 'none' && document.collectionId !== filter.collection) {
        return false
      }
      if (!hasStatus(document, filter.status)) return false
      if (words.length === 0) return true
      const name = fold(`${document.title} ${document.path.split(/[\\/]/).at(-1) ?? ''}`)
      return words.every((word) => name.includes(word))
    })
    .sort((a, b) => COMPARE[filter.sort](a, b) || b.createdAtMs - a.createdAtMs)
}
