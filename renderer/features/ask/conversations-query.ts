import { orpc } from '../../client/index.ts'

const SHOWN = 200

/** The list of conversations, asked for afresh whenever it is looked at. */
export function conversationsQuery(query: string) {
  return orpc.ask.conversations.queryOptions({ input: { query, limit: SHOWN }, staleTime: 0 })
}
