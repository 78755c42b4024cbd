import type { JobId } from '#contract/ids.ts'
import type { Job } from '#contract/jobs.ts'
import { StudyError } from '../errors.ts'

/** Who is told of changes. Holds nothing when nobody listens. */
export interface JobFeed {
  readonly listening: boolean
  publish(job: Job): void
  /** Every job that changes, the newest state of each: a slow reader misses steps in between, never the last. */
  changes(signal?: AbortSignal): AsyncIterable<Job>
  /** The first of `now()` and later changes that `accept`s. Rejects with the signal's reason, or `cancelled` when the feed ends. */
  first(now: () => Job, accept: (job: Job) => boolean, signal?: AbortSignal): Promise<Job>
  /** Ends every iteration and every wait. */
  close(): void
}

export function makeJobFeed(): JobFeed {
  const listeners = new Set<(job: Job) => void>()
  const closing = new AbortController()

  return {
    get listening() {
      return listeners.size > 0
    },
    publish(job) {
      for (const listener of [...listeners]) listener(job)
    },
    changes: (signal) => ({
      [Symbol.asyncIterator]: () => iterate(listeners, signal ? [signal, closing.signal] : [closing.signal]),
    }),
    first(now, accept, signal) {
      return new Promise((resolve, reject) => {
        const settle = (act: () => void) => {
          listeners.delete(listener)
          signal?.removeEventListener('abort', onAbort)
          closing.signal.removeEventListener('abort', onClose)
          act()
        }
        const listener = (job: Job) => {
          if (accept(job)) settle(() => resolve(job))
        }
        const onAbort = () => settle(() => reject(signal?.reason))
        const onClose = () =>
          settle(() => reject(new StudyError('cancelled', 'Abhyas stopped first; the work resumes at the next start.')))
        // Listening before looking: a change between the two is not missed.
        listeners.add(listener)
        signal?.addEventListener('abort', onAbort, { once: true })
        closing.signal.addEventListener('abort', onClose, { once: true })
        if (signal?.aborted) return onAbort()
        try {
          listener(now())
        } catch (error) {
          return settle(() => reject(error))
        }
        if (listeners.has(listener) && closing.signal.aborted) onClose()
      })
    },
    close: () => closing.abort(),
  }
}

/** Listens from the moment the iterator is made until it is returned or a signal ends it. */
function iterate(listeners: Set<(job: Job) => void>, signals: readonly AbortSignal[]): AsyncIterator<Job> {
  const unread = new Map<JobId, Job>()
  let open = true
  let wakers: (() => void)[] = []
  const wake = () => {
    for (const waker of wakers.splice(0)) waker()
  }
  const listener = (job: Job) => {
    unread.set(job.id, job)
    wake()
  }
  const end = () => {
    open = false
    listeners.delete(listener)
    for (const signal of signals) signal.removeEventListener('abort', end)
    wake()
  }
  listeners.add(listener)
  for (const signal of signals) signal.addEventListener('abort', end, { once: true })
  if (signals.some((signal) => signal.aborted)) end()
  return {
    async next() {
      for (;;) {
        const oldest = unread.values().next()
        if (!oldest.done) {
          unread.delete(oldest.value.id)
          return { value: oldest.value, done: false }
        }
        if (!open) return { value: undefined, done: true }
        await new Promise<void>((resolve) => {
          wakers = [...wakers, resolve]
        })
      }
    },
    async return() {
      unread.clear()
      end()
      return { value: undefined, done: true }
    },
  }
}
