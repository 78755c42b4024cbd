import { useQuery } from '@tanstack/react-query'
import { orpc } from '../../client/index.ts'

const HEALTH_EVERY_MS = 5000

/** The core's own figures, fresh for as long as they are looked at. */
export function useHealth() {
  return useQuery(orpc.system.health.queryOptions({ refetchInterval: HEALTH_EVERY_MS, staleTime: 0 }))
}
