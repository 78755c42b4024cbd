import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { DocumentId } from '#contract/ids.ts'
import type { TextRange } from '#contract/search.ts'
import { orpc } from '../../../client/index.ts'
import type { FindProgress } from '../find-progress.ts'
import { findInText } from './find-in-text.ts'

export interface TextMatch extends TextRange {
  page: number
}

/** Pages fetched at a time while looking through a document. */
const BATCH = 20

/** Finds words in every page of a text document, page after page, and walks from match to match. */
export function useTextFind(documentId: DocumentId, pageCount: number, pageInView: number) {
  const queryClient = useQueryClient()
  const [query, setQuery] = useState('')
  const [matches, setMatches] = useState<readonly TextMatch[]>([])
  const [index, setIndex] = useState(0)
  const [state, setState] = useState<FindProgress['state']>('idle')

  // biome-ignore lint/correctness/useExhaustiveDependencies: the page in view is where a new search begins, no reason for one
  useEffect(() => {
    setMatches([])
    setIndex(0)
    setState(query.trim() ? 'pending' : 'idle')
    if (!query.trim()) return
    let stopped = false
    const look = async () => {
      const found: TextMatch[] = []
      for (let first = 1; first <= pageCount && !stopped; first += BATCH) {
        const numbers = Array.from({ length: Math.min(BATCH, pageCount - first + 1) }, (_, i) => first + i)
        const pages = await Promise.all(
          numbers.map((pageNumber) =>
            queryClient.fetchQuery(
              orpc.documents.page.queryOptions({ input: { documentId, pageNumber }, staleTime: 60_000 }),
            ),
          ),
        )
        for (const page of pages) {
          for (const range of findInText(page.text, query)) found.push({ ...range, page: page.pageNumber })
        }
      }
      if (stopped) return
      setMatches(found)
      setIndex(
        Math.max(
          0,
          found.findIndex(({ page }) => page >= pageInView),
        ),
      )
      setState(found.length > 0 ? 'found' : 'missing')
    }
    look().catch(() => {
      if (!stopped) setState('missing')
    })
    return () => {
      stopped = true
    }
  }, [query, documentId, pageCount, queryClient])

  const current = matches[index]
  const progress: FindProgress = useMemo(
    () => ({ state, current: current ? index + 1 : 0, total: matches.length }),
    [state, current, index, matches],
  )
  const again = (backwards: boolean) => {
    if (matches.length === 0) return
    const next = index + (backwards ? -1 : 1)
    setState(next < 0 || next >= matches.length ? 'wrapped' : 'found')
    setIndex((next + matches.length) % matches.length)
  }
  return { query, setQuery, matches, current, progress, again }
}
