import { orpc } from '../../client/index.ts'

const SHOWN = 100

/** The one list of past answers, asked for afresh whenever it is looked at. */
export function historyQuery() {
  return orpc.ask.history.queryOptions({ input: { limit: SHOWN }, staleTime: 0 })
}
