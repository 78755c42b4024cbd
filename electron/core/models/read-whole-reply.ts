import type { ChatRequest, LanguageModel } from '../ports.ts'

export interface WholeReply {
  text: string
  /** Who wrote it; undefined where the model did not say. */
  model?: string
  /** It was ended by `maxTokens` or the context, not by the model: JSON that ran out of room is no JSON. */
  reachedLimit: boolean
}

/** A reply read to its end, for work that can use no part of one. Throws what the model throws. */
export async function readWholeReply(model: LanguageModel, request: ChatRequest): Promise<WholeReply> {
  const reply: WholeReply = { text: '', reachedLimit: false }
  for await (const event of model.chat(request)) {
    if (event.type === 'started') reply.model = event.model
    if (event.type === 'token') reply.text += event.text
    if (event.type === 'done') reply.reachedLimit = event.reachedLimit
  }
  return reply
}
