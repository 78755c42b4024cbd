import type { JobId } from '#contract/ids.ts'
import type { Clock } from '../ports.ts'

/** Publishes a job's first word at once, and then the newest of what came since, once every `everyMs`. */
export function makeProgressThrottle(deps: { clock: Clock; everyMs: number; publish(jobId: JobId): void }): {
  tell(jobId: JobId): void
  close(): void
} {
  const { clock, everyMs, publish } = deps
  const closing = new AbortController()
  // Jobs that were heard of lately, and whether they have said more since.
  const lately = new Map<JobId, { more: boolean }>()

  async function watch(jobId: JobId, said: { more: boolean }): Promise<void> {
    do {
      said.more = false
      publish(jobId)
      await clock.sleep(everyMs, closing.signal)
    } while (said.more)
    lately.delete(jobId)
  }

  return {
    tell(jobId) {
      const known = lately.get(jobId)
      if (known) {
        known.more = true
        return
      }
      if (closing.signal.aborted) return
      const said = { more: false }
      lately.set(jobId, said)
      watch(jobId, said).catch((reason) => {
        if (!closing.signal.aborted) throw reason
      })
    },
    close: () => closing.abort(),
  }
}
