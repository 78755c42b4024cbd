import type { Clock } from '../ports.ts'

export interface ManualClock extends Clock {
  /** Moves both clocks on and wakes the sleepers whose time has come. */
  advance(durationMs: number): void
  /** Moves the wall clock alone, as a person or NTP does. */
  setWall(nowMs: number): void
}

/** A clock that moves only when told. */
export function manualClock(startMs = Date.UTC(2026, 0, 1)): ManualClock {
  let wallMs = startMs
  let elapsedMs = 0
  const sleepers = new Set<{ untilMs: number; wake: () => void }>()
  return {
    nowMs: () => wallMs,
    monotonicMs: () => elapsedMs,
    sleep(durationMs, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const sleeper = {
          untilMs: elapsedMs + durationMs,
          wake: () => {
            signal?.removeEventListener('abort', stop)
            sleepers.delete(sleeper)
            resolve()
          },
        }
        const stop = () => {
          sleepers.delete(sleeper)
          reject(signal?.reason)
        }
        signal?.addEventListener('abort', stop, { once: true })
        sleepers.add(sleeper)
      })
    },
    advance(durationMs) {
      wallMs += durationMs
      elapsedMs += durationMs
      for (const sleeper of [...sleepers]) if (sleeper.untilMs <= elapsedMs) sleeper.wake()
    },
    setWall(nowMs) {
      wallMs = nowMs
    },
  }
}
