import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { orpc } from '../../client/index.ts'
import { useSearchView } from '../../state/search-view.ts'

/** Long enough that a fast typist's half-words are not searched, short enough to feel immediate. */
export const TYPING_PAUSE_MS = 120

/**
 * Searches as the person types. An answer that was overtaken is aborted and
 * dropped; the last good hits stay until the next ones are there.
 */
export function useSearch(words: string) {
  const [settled] = useDebouncedValue(words.trim(), TYPING_PAUSE_MS)
  const mode = useSearchView((state) => state.mode)
  const scope = useSearchView((state) => state.scope)
  const query = useQuery(
    orpc.search.query.queryOptions({
      input: {
        query: settled,
        mode,
        limit: 40,
        scope: {
          ...(scope.documentIds.length > 0 ? { documentIds: [...scope.documentIds] } : {}),
          ...(scope.collectionIds.length > 0 ? { collectionIds: [...scope.collectionIds] } : {}),
        },
      },
      enabled: settled !== '',
      placeholderData: keepPreviousData,
      staleTime: 15_000,
      retry: false,
    }),
  )
  return {
    /** The words the shown hits are for. */
    settled,
    result: settled === '' ? undefined : query.data,
    /** What is shown answers earlier words. */
    stale: query.isPlaceholderData || settled !== words.trim(),
    error: query.error,
    retry: () => void query.refetch(),
  }
}
