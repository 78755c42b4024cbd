import { StudyError } from '../errors.ts'
import type { Clock } from '../ports.ts'

export interface WatchdogLimits<T> {
  /** Until something comes that counts as a beginning, and from then on between any two. */
  firstMs: number
  nextMs: number
  isBeginning: (value: T) => boolean
  tooLate: (began: boolean) => string
}

/** A slow processor reads some 3,000 tokens before the first one. */
const FIRST_TOKEN_LIMIT_MS = 5 * 60_000
const NEXT_TOKEN_LIMIT_MS = 60_000

/** How long a model may be silent. */
export const REPLY_LIMITS: WatchdogLimits<{ text: string }> = {
  firstMs: FIRST_TOKEN_LIMIT_MS,
  nextMs: NEXT_TOKEN_LIMIT_MS,
  isBeginning: ({ text }) => text !== '',
  tooLate: (began) =>
    began ? 'The model stopped writing for a minute.' : 'The model did not begin to write within five minutes.',
}

/** Ends a stream from which nothing comes: throws `model-cut-off`. The caller ends the exchange. */
export async function* withWatchdog<T>(
  values: AsyncGenerator<T>,
  clock: Pick<Clock, 'sleep'>,
  signal: AbortSignal,
  limits: WatchdogLimits<T>,
): AsyncGenerator<T> {
  let began = false
  for (;;) {
    const watch = new AbortController()
    const limitMs: number = began ? limits.nextMs : limits.firstMs
    const tooLong: Promise<never> = clock.sleep(limitMs, watch.signal).then(() => {
      throw new StudyError(
        'model-cut-off',
        `${limits.tooLate(began)} What was written so far is kept. Try again, or choose a smaller model.`,
      )
    })
    const next = values.next()
    // Whichever loses the race may still fail later, when nobody listens.
    tooLong.catch(() => {})
    next.catch(() => {})
    try {
      const result: IteratorResult<T, void> = await Promise.race([next, tooLong])
      if (result.done) return
      began ||= limits.isBeginning(result.value)
      yield result.value
    } finally {
      watch.abort()
    }
    signal.throwIfAborted()
  }
}
