import { StudyError } from '../errors.ts'

/** Lets one call run at a time; a 'question' goes before waiting 'bulk' calls. */
export interface CallQueue {
  /** Calls running or waiting before one of this priority that came now. */
  ahead(priority: 'question' | 'bulk'): number
  /** Resolves when it is this call's turn; `release` must be called at its end. Throws `cancelled` when the signal aborts first. */
  enter(priority: 'question' | 'bulk', signal: AbortSignal | undefined): Promise<{ release(): void }>
}

interface Waiting {
  priority: 'question' | 'bulk'
  begin(): void
}

export function makeCallQueue(): CallQueue {
  let running = false
  const waiting: Waiting[] = []

  const release = () => {
    const next = waiting.find(({ priority }) => priority === 'question') ?? waiting[0]
    if (!next) {
      running = false
      return
    }
    waiting.splice(waiting.indexOf(next), 1)
    next.begin()
  }
  /** The same call may end in more than one way: only the first counts. */
  const releaseOnce = () => {
    let released = false
    return {
      release() {
        if (released) return
        released = true
        release()
      },
    }
  }
  return {
    ahead(priority) {
      const before = waiting.filter((call) => priority === 'bulk' || call.priority === 'question').length
      return before + (running ? 1 : 0)
    },
    enter(priority, signal) {
      if (signal?.aborted) return Promise.reject(stopped(signal))
      if (!running) {
        running = true
        return Promise.resolve(releaseOnce())
      }
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          waiting.splice(waiting.indexOf(call), 1)
          reject(stopped(signal))
        }
        const call: Waiting = {
          priority,
          begin() {
            signal?.removeEventListener('abort', onAbort)
            resolve(releaseOnce())
          },
        }
        waiting.push(call)
        signal?.addEventListener('abort', onAbort, { once: true })
      })
    },
  }
}

function stopped(signal: AbortSignal | undefined): StudyError {
  return new StudyError('cancelled', 'Stopped before the model began.', { cause: signal?.reason })
}
