/**
 * The clock of a test. It runs while the test is on screen, also when another
 * window is in front: looking away costs time, as in the hall. It stands while
 * the test is closed, and while the computer sleeps.
 */
export interface TestClock {
  /** Time used up to `readAtMs`. */
  elapsedMs: number
  /** The monotonic time of the last reading. */
  readAtMs: number
}

/**
 * Longer between two readings than a hidden page's timers ever are (one minute):
 * the computer slept, and that time does not count.
 */
const ASLEEP_AFTER_MS = 90_000

export function readClock(clock: TestClock, nowMs: number, durationMs: number): TestClock {
  const passedMs = nowMs - clock.readAtMs
  const countedMs = passedMs < 0 || passedMs > ASLEEP_AFTER_MS ? 0 : passedMs
  return { elapsedMs: Math.min(durationMs, clock.elapsedMs + countedMs), readAtMs: nowMs }
}

/** Time left as an exam's clock shows it: 1:02:05, 9:59, 0:07. Begun seconds count as whole ones. */
export function formatTimeLeft(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000))
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
