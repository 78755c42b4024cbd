import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { readClock, type TestClock } from './test-clock.ts'

const READ_EVERY_MS = 500
const SAVE_EVERY_MS = 5000

/** Runs the clock of a test while its page is open: tells the time used, has it saved, and calls when it is up. */
export function useTestClock(test: {
  elapsedMs: number
  durationMs: number
  /** The clock stands once the test is being submitted. */
  running: boolean
  save(elapsedMs: number): void
  onTimeUp(): void
}): { elapsedMs: number; readElapsedMs(): number } {
  const { durationMs, running } = test
  const clock = useRef<TestClock>({ elapsedMs: test.elapsedMs, readAtMs: Number.NaN })
  const [elapsedMs, setElapsedMs] = useState(test.elapsedMs)
  const read = useCallback(() => {
    clock.current = readClock(clock.current, performance.now(), durationMs)
    return clock.current.elapsedMs
  }, [durationMs])
  const save = useEffectEvent(test.save)
  const onTimeUp = useEffectEvent(test.onTimeUp)

  useEffect(() => {
    if (!running) return
    clock.current = { ...clock.current, readAtMs: performance.now() }
    let savedAtMs = performance.now()
    let isUp = false
    const tick = () => {
      const now = read()
      // Whole seconds are all the page shows: nothing is drawn anew in between.
      setElapsedMs((shown) => (Math.floor(shown / 1000) === Math.floor(now / 1000) ? shown : now))
      if (now >= durationMs && !isUp) {
        isUp = true
        onTimeUp()
      } else if (performance.now() - savedAtMs >= SAVE_EVERY_MS) {
        savedAtMs = performance.now()
        save(now)
      }
    }
    const timer = setInterval(tick, READ_EVERY_MS)
    // A hidden page's timers are slowed down: what passed meanwhile is counted as soon as it is seen again.
    document.addEventListener('visibilitychange', tick)
    const leave = () => save(read())
    addEventListener('pagehide', leave)
    tick()
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tick)
      removeEventListener('pagehide', leave)
      if (!isUp) save(read())
    }
  }, [running, durationMs, read])

  return { elapsedMs, readElapsedMs: read }
}
