import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SearchHistory } from '#contract/search.ts'
import { orpc } from '../../client/index.ts'

const NONE: SearchHistory = { recent: [], saved: [] }

/** Recent and saved searches of the profile, and what can be done with them. */
export function useSearchHistory() {
  const queryClient = useQueryClient()
  const { data = NONE } = useQuery(orpc.search.history.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
  const onSuccess = (history: SearchHistory) => queryClient.setQueryData(orpc.search.history.queryKey(), history)
  const meta = { failureTitle: 'search.memory.failed' } as const
  const note = useMutation(orpc.search.noteSearch.mutationOptions({ meta, onSuccess }))
  const save = useMutation(orpc.search.saveSearch.mutationOptions({ meta, onSuccess }))
  const forget = useMutation(orpc.search.forgetSearch.mutationOptions({ meta, onSuccess }))
  return {
    ...data,
    note: (query: string) => note.mutate({ query }),
    save: (query: string, saved: boolean) => save.mutate({ query, saved }),
    forget: (query: string | undefined) => forget.mutate(query === undefined ? {} : { query }),
  }
}
