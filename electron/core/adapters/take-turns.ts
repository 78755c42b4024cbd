import { StudyError } from '../errors.ts'
import type { ChatEvent, ChatRequest, Clock, LanguageModel } from '../ports.ts'
import { type CallPriority, type CallQueue, makeCallQueue, type Turn } from './call-queue.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'

/** A failure as the port promises it, and whether the same request may do better. */
export interface ExplainedFailure {
  error: StudyError
  /** Trying again after this long may help; undefined where it would end the same. */
  retryInMs?: number | undefined
}

/** How one kind of server is spoken to; the turns, the tries and the stops are the same for all. */
export interface Endpoint<Target> {
  /** What to call, looked at anew for each call. Throws StudyError. */
  find(signal: AbortSignal | undefined): Promise<Target>
  describe(target: Target): Pick<Extract<ChatEvent, { type: 'started' }>, 'provider' | 'model'>
  breakerOf(target: Target): CircuitBreaker
  /** One try: from the request to 'done'. `ending` ends the exchange, whatever state it is in. */
  converse(target: Target, request: ChatRequest, ending: AbortSignal): AsyncGenerator<ChatEvent>
  /** `began`: a part of the reply was there already. */
  explain(error: unknown, target: Target | undefined, began: boolean): ExplainedFailure
  /** A try failed: what was known of the server may be the reason. */
  forget?(): void
}

/** Tries of one call, the first included. */
const MOST_TRIES = 3

/**
 * The `chat` of a LanguageModel: one call at a time (of those in the queue), questions first; a try that failed before its first
 * token is made again where that helps; the exchange ends with the signal, or when the reader leaves.
 */
export function makeTakeTurns<Target>(
  endpoint: Endpoint<Target>,
  clock: Pick<Clock, 'sleep'>,
  queueOf: () => CallQueue = always(makeCallQueue()),
): LanguageModel['chat'] {
  return async function* chat(request) {
    const { signal, priority = 'bulk' } = request
    const turn = yield* waitInLine(queueOf(), priority, signal)
    let target: Target | undefined
    let began = false
    try {
      target = await endpoint.find(signal)
      yield { type: 'started', ...endpoint.describe(target) }
      const breaker = endpoint.breakerOf(target)
      for (let attempt = 1; ; attempt++) {
        const admitted = breaker.admit()
        try {
          for await (const event of tryOnce(endpoint, target, request)) {
            began ||= event.type === 'token'
            if (event.type === 'done') admitted.succeeded()
            yield event
          }
          return
        } catch (error) {
          endpoint.forget?.()
          if (signal?.aborted) throw error
          const failure = endpoint.explain(error, target, began)
          admitted.failed(failure.error)
          if (began || failure.retryInMs === undefined || attempt === MOST_TRIES) throw failure.error
          await clock.sleep(failure.retryInMs, signal)
        } finally {
          admitted.abandoned()
        }
      }
    } catch (error) {
      endpoint.forget?.()
      if (signal?.aborted)
        throw new StudyError('cancelled', 'Stopped. What was written so far is kept.', { cause: error })
      throw endpoint.explain(error, target, began).error
    } finally {
      turn.release()
    }
  }
}

const always =
  <T>(value: T) =>
  () =>
    value

async function* waitInLine(
  queue: CallQueue,
  priority: CallPriority,
  signal: AbortSignal | undefined,
): AsyncGenerator<ChatEvent, Turn> {
  const line = queue.line(priority, signal)
  let isOurs = false
  try {
    for (;;) {
      const next = await line.next()
      isOurs = next.done === true
      if (next.done) return next.value
      yield { type: 'queued', ahead: next.value }
    }
  } finally {
    // The reader left while it waited: the place is given up.
    if (!isOurs) await line.return(undefined as never)
  }
}

async function* tryOnce<Target>(
  endpoint: Endpoint<Target>,
  target: Target,
  request: ChatRequest,
): AsyncGenerator<ChatEvent> {
  const { signal } = request
  const ending = new AbortController()
  const stop = () => ending.abort(signal?.reason)
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    yield* endpoint.converse(target, request, ending.signal)
  } finally {
    signal?.removeEventListener('abort', stop)
    // Leaving the loop does not close the socket: without this the server would write on for nobody.
    ending.abort()
  }
}
