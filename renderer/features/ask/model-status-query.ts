import { orpc } from '../../client/index.ts'

/** Ollama may be started or stopped at any time; one that is away is looked for more often. */
const READY_MS = 15_000
const AWAY_MS = 4_000

export function modelStatusQuery() {
  return orpc.system.modelStatus.queryOptions({
    refetchInterval: (query) => (query.state.data?.state === 'ready' ? READY_MS : AWAY_MS),
  })
}
