import type { ChatEvent, ChatRequest, LanguageModel } from '../ports.ts'

/** A reply to its end: the text, every event, and the last one. */
export async function readChat(events: AsyncIterable<ChatEvent>) {
  const seen: ChatEvent[] = []
  for await (const event of events) seen.push(event)
  return { text: textOf(seen), events: seen, done: seen.at(-1) }
}

export const textOf = (events: readonly ChatEvent[]) =>
  events.map((event) => (event.type === 'token' ? event.text : '')).join('')

/** What was read before it failed, and the failure. */
export async function readUntilFailure(model: LanguageModel, request: ChatRequest) {
  const events: ChatEvent[] = []
  try {
    for await (const event of model.chat(request)) events.push(event)
  } catch (error) {
    return { text: textOf(events), error }
  }
  throw new Error('the call should have failed')
}
