const MOST_RELOADS = 3
const WITHIN_MS = 60_000

/**
 * What to do when the page's process ended: a crash once in a while is reloaded
 * unasked, a page that keeps crashing is not.
 */
export function makeReloadPolicy({ monotonicMs }: { monotonicMs: () => number }): () => 'reload' | 'ask' {
  let crashes: number[] = []
  return () => {
    const nowMs = monotonicMs()
    crashes = [...crashes.filter((atMs) => nowMs - atMs < WITHIN_MS), nowMs]
    return crashes.length <= MOST_RELOADS ? 'reload' : 'ask'
  }
}
