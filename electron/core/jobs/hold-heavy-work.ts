import type { HeavyWork, PowerReport } from '#contract/jobs.ts'
import type { Settings } from '#contract/system.ts'
import { makeFeed } from '../ops/make-feed.ts'
import type { Clock } from '../ports.ts'
import type { JobRunner } from './job-runner.ts'

/** Below this charge heavy work rests; from `REFILLED_PERCENT` on it goes on, so that it does not go to and fro. */
export const LOW_PERCENT = 20
const REFILLED_PERCENT = 23
const LOOK_EVERY_MS = 60_000
/** A window that tells of the battery does so every minute: one that has closed is not believed for ever. */
const BELIEVED_FOR_MS = 5 * LOOK_EVERY_MS

export interface HeavyWorkParts {
  jobs: Pick<JobRunner, 'heavyKinds' | 'hold' | 'renewLease'>
  settings: () => Pick<Settings, 'heavyWork'>
  clock: Clock
  /** What the system itself says of the battery; undefined where it says nothing. */
  readPower?: () => Promise<PowerReport | undefined>
}

/** When heavy work rests, and why. Light work goes on always. */
export interface HeavyWorkKeeper {
  standing(): HeavyWork
  /** What it is now, then every change. */
  changes(signal?: AbortSignal): AsyncIterable<HeavyWork>
  /** A window saw the battery. */
  reportPower(power: PowerReport): void
  /** The person wants the work done whatever the battery says: until the charger is in, or the next start. */
  runAnyway(): void
  /** The laptop goes to sleep, and wakes. */
  suspend(): void
  resume(): void
  /** An answer is being written by a model, until it is released. */
  answering(): () => void
  /** Settings changed. */
  reconsider(): void
  close(): void
}

/**
 * Keeps heavy kinds at rest on a low battery, while the laptop sleeps, while an answer is being written, and while the
 * person wants it so. Where nothing tells of a battery there is none to spare.
 */
export function makeHeavyWork({ jobs, settings, clock, readPower }: HeavyWorkParts): HeavyWorkKeeper {
  const feed = makeFeed<HeavyWork>((_, next) => next)
  const closing = new AbortController()
  let power: (PowerReport & { atMs: number }) | undefined
  let isLow = false
  let suspended = false
  let answers = 0
  let anyway = false
  let release: (() => void) | undefined
  let told = JSON.stringify(standing())

  function standing(): HeavyWork {
    const reason = reasonNow()
    if (!reason) return { overridden: anyway }
    return {
      held: { reason, ...(power && reason === 'battery' ? { batteryPercent: power.percent } : {}) },
      overridden: anyway,
    }
  }

  function reasonNow(): NonNullable<HeavyWork['held']>['reason'] | undefined {
    const { heavyWork } = settings()
    if (suspended) return 'asleep'
    if (heavyWork === 'rest') return 'asked'
    if (isLow && heavyWork === 'auto' && !anyway) return 'battery'
    return answers > 0 ? 'answering' : undefined
  }

  function reconsider(): void {
    const now = standing()
    if (now.held) release ??= jobs.hold(jobs.heavyKinds)
    else {
      release?.()
      release = undefined
    }
    const text = JSON.stringify(now)
    if (text !== told) feed.publish(now)
    told = text
  }

  function setPower(next: PowerReport | undefined): void {
    power = next && { ...next, atMs: clock.monotonicMs() }
    if (!next?.onBattery) {
      isLow = false
      anyway = false
    } else if (next.percent < LOW_PERCENT) isLow = true
    else if (next.percent >= REFILLED_PERCENT) isLow = false
    reconsider()
  }

  async function look(): Promise<void> {
    const seen = await readPower?.()
    if (closing.signal.aborted) return
    if (seen) setPower(seen)
    else if (power && clock.monotonicMs() - power.atMs > BELIEVED_FOR_MS) setPower(undefined)
  }

  async function keepLooking(): Promise<void> {
    for (;;) {
      await look()
      await clock.sleep(LOOK_EVERY_MS, closing.signal)
    }
  }
  keepLooking().catch((reason) => {
    if (!closing.signal.aborted) throw reason
  })

  return {
    standing,
    async *changes(signal) {
      const later = feed.subscribe(signal)
      yield standing()
      yield* later
    },
    reportPower: setPower,
    runAnyway() {
      anyway = true
      reconsider()
    },
    suspend() {
      suspended = true
      reconsider()
    },
    resume() {
      suspended = false
      // Before anybody judges by the time that passed.
      jobs.renewLease()
      reconsider()
      void look()
    },
    answering() {
      answers += 1
      reconsider()
      let released = false
      return () => {
        if (released) return
        released = true
        answers -= 1
        reconsider()
      }
    },
    reconsider,
    close: () => closing.abort(),
  }
}
