import { isCancelled, type StudyError, toStudyError } from '../errors.ts'
import type { Clock, LanguageModel } from '../ports.ts'
import { ANSWER_TOKENS, type Prompt } from './build-prompt.ts'

/** What a model wrote, whole or not. */
export interface ModelReply {
  text: string
  /** Why it is not whole: the model failed, its limit was reached, or it was stopped. */
  failure?: StudyError
  stopped: boolean
  /** Cut by the reply's limit. */
  reachedLimit: boolean
}

export type WritingEvent = { type: 'stage'; stage: 'waiting' | 'reading' | 'writing' } | { type: 'token'; text: string }

/** Tokens are handed on this often at most: each is a message to the window. */
const BATCH_MS = 30

/**
 * Lets a model answer a prompt. Never throws for what goes wrong with the model:
 * what was written until then is kept, with the reason.
 */
export async function* writeWithModel(
  { model, clock }: { model: LanguageModel; clock: Pick<Clock, 'monotonicMs'> },
  prompt: Prompt,
  reply: ModelReply,
  signal: AbortSignal,
): AsyncGenerator<WritingEvent, void> {
  let waiting = ''
  let sentAtMs = Number.NEGATIVE_INFINITY
  try {
    const request = {
      messages: prompt.messages,
      maxTokens: ANSWER_TOKENS,
      temperature: 0.1,
      priority: 'question' as const,
    }
    for await (const event of model.chat({ ...request, signal })) {
      if (event.type === 'queued') yield { type: 'stage', stage: 'waiting' }
      if (event.type === 'started') yield { type: 'stage', stage: 'reading' }
      if (event.type === 'done') reply.reachedLimit = event.reachedLimit
      if (event.type !== 'token') continue
      if (reply.text === '') yield { type: 'stage', stage: 'writing' }
      reply.text += event.text
      waiting += event.text
      if (clock.monotonicMs() - sentAtMs < BATCH_MS) continue
      yield { type: 'token', text: waiting }
      waiting = ''
      sentAtMs = clock.monotonicMs()
    }
  } catch (error) {
    reply.stopped = signal.aborted || isCancelled(error)
    reply.failure = toStudyError(error)
  }
  if (waiting !== '') yield { type: 'token', text: waiting }
}
