import type { ModelStep } from '#contract/jobs.ts'
import type { ChatEvent, ChatRequest, LanguageModel } from '../ports.ts'

export interface WholeReply {
  text: string
  /** Who wrote it; undefined where the model did not say. */
  model?: string
  /** It was ended by `maxTokens` or the context, not by the model: JSON that ran out of room is no JSON. */
  reachedLimit: boolean
}

/**
 * A reply read to its end, for work that can use no part of one. `onStep` hears what the model does meanwhile.
 * Throws what the model throws.
 */
export async function readWholeReply(
  model: LanguageModel,
  request: ChatRequest,
  onStep?: (step: ModelStep) => void,
): Promise<WholeReply> {
  const reply: WholeReply = { text: '', reachedLimit: false }
  for await (const event of model.chat(request)) {
    const step = stepOf(event)
    // The first token alone is news.
    if (step && !(step.step === 'writing' && reply.text !== '')) onStep?.(step)
    if (event.type === 'started') reply.model = event.model
    if (event.type === 'token') reply.text += event.text
    if (event.type === 'done') reply.reachedLimit = event.reachedLimit
  }
  return reply
}

function stepOf(event: ChatEvent): ModelStep | undefined {
  switch (event.type) {
    case 'queued':
      return { step: 'waiting', ahead: event.ahead }
    case 'loading':
      return { step: 'loading' }
    case 'started':
    case 'reading':
      return { step: 'reading' }
    case 'token':
      return { step: 'writing' }
    case 'done':
      return undefined
  }
}
