import { useQuery, useQueryClient } from '@tanstack/react-query'
import { orpc } from '../../../client/index.ts'

/** Looked at again this often while the page is open: the person may be starting Ollama right now. */
const LOOK_EVERY_MS = 10_000

/** The models there are, and whether the one in use answers. */
export function useShelf() {
  return useQuery(orpc.models.shelf.queryOptions({ refetchInterval: LOOK_EVERY_MS, staleTime: 0 }))
}

/** Looks at once, here and wherever else the model's standing is shown. */
export function useLookAgain(): () => Promise<void> {
  const queryClient = useQueryClient()
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: orpc.models.shelf.key() }),
      queryClient.invalidateQueries({ queryKey: orpc.system.modelStatus.key() }),
    ])
  }
}
