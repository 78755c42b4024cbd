import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { SearchScope, SimilarTo } from '#contract/search.ts'
import { orpc } from '../../client/index.ts'
import {
  ADDED_WITHIN,
  FILE_KINDS,
  type ScopeChoice,
  type SearchFilters,
  useSearchView,
} from '../../state/search-view.ts'

/** Long enough that a fast typist's half-words are not searched, short enough to feel immediate. */
export const TYPING_PAUSE_MS = 120
const HIT_COUNT = 40
const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Searches as the person types, or for passages like one. An answer that was
 * overtaken is aborted and dropped; the last good hits stay until the next ones are there.
 */
export function useSearch(words: string, like: SimilarTo | undefined) {
  const [settled] = useDebouncedValue(words.trim(), TYPING_PAUSE_MS)
  const mode = useSearchView((state) => state.mode)
  const scope = toScope(
    useSearchView((state) => state.scope),
    useSearchView((state) => state.filters),
  )
  const options = { placeholderData: keepPreviousData, staleTime: 15_000, retry: false } as const
  const found = useQuery(
    orpc.search.query.queryOptions({
      input: { query: settled, mode, limit: HIT_COUNT, scope },
      enabled: settled !== '' && !like,
      ...options,
    }),
  )
  const similar = useQuery(
    orpc.search.similar.queryOptions({
      input: { to: like ?? { text: ' ' }, limit: HIT_COUNT, scope },
      enabled: like !== undefined,
      ...options,
    }),
  )
  const query = like ? similar : found
  return {
    /** The words the shown hits are for. */
    settled,
    result: settled === '' && !like ? undefined : query.data,
    /** What is shown answers earlier words. */
    stale: query.isPlaceholderData || (!like && settled !== words.trim()),
    error: query.error,
    retry: () => query.refetch(),
  }
}

/** As the contract takes it; a date is the start of a day, so that it stays the same while one types. */
function toScope(scope: ScopeChoice, { kinds, language, addedWithin }: SearchFilters): SearchScope {
  const today = new Date().setHours(0, 0, 0, 0)
  return {
    ...(scope.documentIds.length > 0 && { documentIds: [...scope.documentIds] }),
    ...(scope.collectionIds.length > 0 && { collectionIds: [...scope.collectionIds] }),
    ...(kinds.length > 0 && { mediaTypes: kinds.flatMap((kind) => [...FILE_KINDS[kind]]) }),
    ...(language && { languages: [language] }),
    ...(addedWithin && { addedAfterMs: today - (ADDED_WITHIN[addedWithin] - 1) * DAY_MS }),
  }
}
