import type { BriefId } from '#contract/ids.ts'
import { orpc } from '../../client/index.ts'

/** While a brief is being made its sections come one by one. */
const WHILE_MAKING_MS = 1000

export function briefsQuery() {
  return orpc.study.briefs.queryOptions({
    staleTime: 0,
    refetchInterval: (query) =>
      query.state.data?.some(({ status }) => status === 'making') ? 2 * WHILE_MAKING_MS : false,
  })
}

export function briefQuery(briefId: BriefId) {
  return orpc.study.brief.queryOptions({
    input: { briefId },
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.status === 'making' ? WHILE_MAKING_MS : false),
  })
}
