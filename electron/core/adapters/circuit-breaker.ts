import type { ModelStatus } from '#contract/system.ts'
import { StudyError, type StudyErrorCode } from '../errors.ts'
import type { Clock } from '../ports.ts'

/**
 * Keeps a failing endpoint from being called over and over. Closed, it lets all through; after
 * three failures in a row it is open and refuses at once, for 30 s; then half-open: one call is
 * let through, and decides. Each failed try doubles the rest, up to five minutes.
 */
export interface CircuitBreaker {
  /** Throws `model-unreachable` while open, or while the one try of half-open is under way. */
  admit(): { succeeded(): void; failed(error: StudyError): void; abandoned(): void }
  /** How long nothing is tried yet; undefined when the next call would be. */
  restingFor(): number | undefined
  /** Closes it. */
  reset(): void
}

const FAILURES_TO_OPEN = 3
const FIRST_REST_MS = 30_000
const LONGEST_REST_MS = 5 * 60_000

/** Failures of the endpoint itself; all others are of the request, and tell that it answers. */
const COUNTS: readonly StudyErrorCode[] = ['model-unreachable', 'model-cut-off']

function makeCircuitBreaker(clock: Pick<Clock, 'monotonicMs'>): CircuitBreaker {
  let failures = 0
  let openUntilMs: number | undefined
  let trying = false

  const reset = () => {
    failures = 0
    openUntilMs = undefined
    trying = false
  }
  const restingFor = () => {
    const leftMs = (openUntilMs ?? 0) - clock.monotonicMs()
    return openUntilMs !== undefined && leftMs > 0 ? leftMs : undefined
  }
  return {
    admit() {
      const leftMs = restingFor()
      if (leftMs !== undefined || trying) throw resting(failures, leftMs ?? 0)
      const isTry = openUntilMs !== undefined
      trying = isTry
      return {
        succeeded: reset,
        failed(error) {
          if (!COUNTS.includes(error.code)) return reset()
          failures++
          trying = false
          if (failures < FAILURES_TO_OPEN) return
          const restMs = Math.min(FIRST_REST_MS * 2 ** (failures - FAILURES_TO_OPEN), LONGEST_REST_MS)
          openUntilMs = clock.monotonicMs() + restMs
        },
        abandoned() {
          if (isTry) trying = false
        },
      }
    },
    restingFor,
    reset,
  }
}

/** The breakers of all addresses that were used; a wrong address does not count against the right one. */
export function makeBreakers(clock: Pick<Clock, 'monotonicMs'>): { at(url: string): CircuitBreaker; reset(): void } {
  const breakers = new Map<string, CircuitBreaker>()
  return {
    at(url) {
      const breaker = breakers.get(url) ?? makeCircuitBreaker(clock)
      breakers.set(url, breaker)
      return breaker
    },
    reset() {
      for (const breaker of breakers.values()) breaker.reset()
    },
  }
}

function resting(failures: number, leftMs: number): StudyError {
  const seconds = Math.max(1, Math.ceil(leftMs / 1000))
  return new StudyError(
    'model-unreachable',
    `The model failed ${failures} times in a row and is left alone for ${seconds} s. Settings → Models says what is wrong and tries again at once.`,
  )
}

/** A server that answers, but whose model failed again and again. */
export function asResting(status: ModelStatus, retryInMs: number): ModelStatus {
  return {
    ...status,
    state: 'resting',
    retryInMs,
    message: `${status.model ?? 'The model'} failed several times in a row and is left alone for ${Math.ceil(retryInMs / 1000)} s. Close other programs or choose a smaller model, then try again.`,
  }
}
