import type { JobProgress } from '#contract/jobs.ts'
import type { Clock } from '../ports.ts'

/** How far back the rate looks: a page that took long should not make the time left jump. */
const SMOOTHING_MS = 10_000
/** Sooner than this a rate is a guess. */
const FIRST_RATE_MS = 500

/**
 * Adds rate and time left to what a body tells, where it does not tell them itself. The rate is an
 * exponentially weighted mean over monotonic time, corrected for its start; a new stage starts anew,
 * and so does a resumed run, since what was done before it says nothing about the speed of now.
 */
export function makeProgressMeter({
  clock,
}: {
  clock: Pick<Clock, 'monotonicMs'>
}): (progress: JobProgress) => JobProgress {
  let stage: string | undefined
  let unit: string | undefined
  let last = { done: 0, atMs: 0 }
  let perMs = 0
  let weight = 0
  return (progress) => {
    const atMs = clock.monotonicMs()
    if (progress.stage !== stage || progress.unit !== unit || progress.done < last.done) {
      stage = progress.stage
      unit = progress.unit
      last = { done: progress.done, atMs }
      perMs = 0
      weight = 0
    } else if (atMs - last.atMs >= FIRST_RATE_MS) {
      const passedMs = atMs - last.atMs
      const fresh = 1 - Math.exp(-passedMs / SMOOTHING_MS)
      perMs = perMs * (1 - fresh) + ((progress.done - last.done) / passedMs) * fresh
      weight = weight * (1 - fresh) + fresh
      last = { done: progress.done, atMs }
    }
    const rate = weight > 0 ? perMs / weight : 0
    const perSecond = progress.perSecond ?? (rate > 0 ? rate * 1000 : undefined)
    const left = Math.max(0, progress.total - progress.done)
    const remainingMs =
      progress.remainingMs ?? (perSecond !== undefined && perSecond > 0 ? (left / perSecond) * 1000 : undefined)
    return {
      ...progress,
      ...(perSecond === undefined ? {} : { perSecond }),
      ...(remainingMs === undefined ? {} : { remainingMs }),
    }
  }
}
