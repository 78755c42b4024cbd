import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useSearch } from 'wouter'
import type { DocumentId } from '#contract/ids.ts'
import { client } from '../../client/index.ts'
import { navigate } from '../../state/hash-location.ts'
import { type AskedPlace, readAskedPlace, readerPath } from './reader-path.ts'
import { useReaderView } from './reader-view.ts'

/** Scrolling changes the page many times a second; the address follows when it rests. */
const REST_MS = 400
/** A page that stays in view so long counts as read. */
const READ_MS = 5000

/**
 * Keeps the address and the page in view together: the address says where to
 * go, and reading on changes it without a step in the history, so that "back"
 * leads out of the document, and into it again at the same page. While a
 * passage is highlighted the address stays with the passage.
 */
export function useReaderPlace(documentId: DocumentId): {
  asked: AskedPlace
  /** To be called with the page in view whenever it or the address changes. */
  follow(pageInView: number, goToPage: (page: number) => void): void
  clearHighlight(pageInView: number): void
} {
  const search = useSearch()
  const asked = useMemo(() => readAskedPlace(search), [search])
  const leaveAt = useReaderView((state) => state.leaveAt)
  /** The address last written by reading on, or already obeyed. */
  const settled = useRef(search)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const readTimer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const follow = useCallback(
    (pageInView: number, goToPage: (page: number) => void) => {
      clearTimeout(timer.current)
      clearTimeout(readTimer.current)
      readTimer.current = setTimeout(() => {
        // A page that is not noted as read spoils nothing, and nobody waits for it.
        client.documents.markRead({ documentId, pageNumber: pageInView }).catch(() => {})
      }, READ_MS)
      if (settled.current !== search) {
        settled.current = search
        // A passage is brought into view by its highlight.
        if (asked.page && !asked.range && asked.page !== pageInView) {
          goToPage(asked.page)
          return
        }
      }
      timer.current = setTimeout(() => {
        leaveAt(documentId, pageInView)
        if (asked.range || asked.page === pageInView) return
        const path = readerPath({ documentId, page: pageInView })
        settled.current = path.slice(path.indexOf('?') + 1)
        navigate(path, { replace: true })
      }, REST_MS)
    },
    [search, asked, documentId, leaveAt],
  )
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      clearTimeout(readTimer.current)
    },
    [],
  )

  const clearHighlight = useCallback(
    (pageInView: number) => navigate(readerPath({ documentId, page: pageInView }), { replace: true }),
    [documentId],
  )
  return { asked, follow, clearHighlight }
}
