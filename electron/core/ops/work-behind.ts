import { getPriority, setPriority } from 'node:os'
import { isMainThread } from 'node:worker_threads'

/** A third of the weight of a thread of 0. Less would let another busy program starve a page until its time is up. */
export const BEHIND = 5

/**
 * Puts the calling worker thread behind what a person waits for: the thread that serves the window, the window, other
 * programs. With more busy threads than cores it takes its share of each core else, and a step of 10 ms for the window
 * lasts 30.
 *
 * On Linux a priority is a thread's. Elsewhere it would be the whole process's, so nothing is done there.
 */
export function workBehind(): void {
  if (process.platform !== 'linux' || isMainThread) return
  // One that stands behind already may not come forward.
  if (getPriority() < BEHIND) setPriority(BEHIND)
}
