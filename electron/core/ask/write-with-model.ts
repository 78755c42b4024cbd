import { isCancelled, type StudyError, toStudyError } from '../errors.ts'
import type { ChatEvent, ChatRequest, ChatUsage, Clock, LanguageModel } from '../ports.ts'
import { ANSWER_TOKENS, type Prompt } from './build-prompt.ts'

/** What a model wrote, whole or not. */
export interface ModelReply {
  text: string
  /** Why it is not whole: the model failed, its limit was reached, or it was stopped. */
  failure?: StudyError
  stopped: boolean
  /** Cut by the reply's limit. */
  reachedLimit: boolean
  /** Of a reply that came to its end. */
  usage?: Pick<ChatUsage, 'promptTokens' | 'replyTokens'>
}

export type WritingEvent =
  | { type: 'stage'; stage: 'waiting'; ahead: number }
  | { type: 'stage'; stage: 'loading' | 'reading' | 'writing'; expectedMs?: number }
  | { type: 'token'; text: string }

export interface ModelWriting {
  model: LanguageModel
  clock: Pick<Clock, 'sleep'>
  /** What the ledger counts it as. */
  feature: NonNullable<ChatRequest['feature']>
  onText(text: string): void
}

/** Tokens are handed on this often at most, and this late at most: each is a message to the window. */
const BATCH_MS = 30

/**
 * Lets a model answer a prompt. Never throws for what goes wrong with the model:
 * what was written until then is kept, with the reason. `reply.text` may hold a beginning to go on
 * from; `onText` hears all that is written so far, often.
 */
export async function* writeWithModel(
  { model, clock, feature, onText }: ModelWriting,
  prompt: Prompt,
  reply: ModelReply,
  signal: AbortSignal,
): AsyncGenerator<WritingEvent, void> {
  let waiting = ''
  let wrote = false
  let expected: { expectedMs: number } | undefined
  const leaving = new AbortController()
  const events = inBatches(
    model.chat({
      messages: prompt.messages,
      maxTokens: ANSWER_TOKENS,
      temperature: 0.1,
      feature,
      priority: 'question',
      signal: AbortSignal.any([signal, leaving.signal]),
    }),
    { clock, end: () => leaving.abort() },
  )
  try {
    for await (const event of events) {
      if (event.type === 'pause') {
        yield { type: 'token', text: waiting }
        waiting = ''
        continue
      }
      if (event.type === 'queued') yield { type: 'stage', stage: 'waiting', ahead: event.ahead }
      if (event.type === 'started') {
        expected = event.expected && { expectedMs: event.expected.totalMs }
        yield { type: 'stage', stage: 'reading', ...expected }
      }
      if (event.type === 'loading') yield { type: 'stage', stage: 'loading' }
      if (event.type === 'reading') yield { type: 'stage', stage: 'reading', ...expected }
      if (event.type === 'done') {
        reply.reachedLimit = event.reachedLimit
        reply.usage = event.usage
      }
      if (event.type !== 'token') continue
      if (!wrote) yield { type: 'stage', stage: 'writing' }
      wrote = true
      reply.text += event.text
      onText(reply.text)
      waiting += event.text
    }
  } catch (error) {
    reply.stopped = signal.aborted || isCancelled(error)
    reply.failure = toStudyError(error)
  }
  if (waiting !== '') yield { type: 'token', text: waiting }
}

/**
 * The events, and a 'pause' after tokens: when `BATCH_MS` have passed since the first of them, whether or not more
 * came. `end` ends the chat, and is called when nobody reads on.
 */
async function* inBatches(
  chat: AsyncIterable<ChatEvent>,
  { clock, end }: { clock: Pick<Clock, 'sleep'>; end: () => void },
): AsyncGenerator<ChatEvent | { type: 'pause' }> {
  const events = chat[Symbol.asyncIterator]()
  const ending = new AbortController()
  let pause: Promise<'pause'> | undefined
  try {
    for (;;) {
      const next = events.next()
      // Whichever loses the race may still fail later, when nobody listens.
      next.catch(() => {})
      let first = await (pause ? Promise.race([next, pause]) : next)
      if (first === 'pause') {
        pause = undefined
        yield { type: 'pause' }
        first = await next
      }
      if (first.done) return
      yield first.value
      if (first.value.type === 'token' && !pause) {
        pause = clock.sleep(BATCH_MS, ending.signal).then(() => 'pause' as const)
        pause.catch(() => {})
      }
    }
  } finally {
    ending.abort()
    // A reader that leaves while the next token is waited for would otherwise wait for it too.
    end()
    await events.return?.()
  }
}

/** A reply that was kept from before: told at once, as if it were written. */
export function* replyFromCache(text: string, reply: ModelReply): Generator<WritingEvent, void> {
  reply.text = text
  yield { type: 'stage', stage: 'writing' }
  yield { type: 'token', text }
}
