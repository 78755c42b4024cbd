import { StudyError } from '../errors.ts'

export type CallPriority = 'question' | 'bulk'

/** Lets one call run at a time; a 'question' goes before waiting 'bulk' calls. */
export interface CallQueue {
  /**
   * Waits for this call's turn. Gives the number of calls running or waiting before it, at first and whenever
   * that changes (nothing, where it begins at once), and returns its turn; `release` must be called at its end.
   * Throws `cancelled` when the signal aborts first; a reader that leaves gives up the place.
   */
  line(priority: CallPriority, signal: AbortSignal | undefined): AsyncGenerator<number, Turn, void>
  /** The same for who does not look at the line. */
  enter(priority: CallPriority, signal: AbortSignal | undefined): Promise<Turn>
}

export interface Turn {
  release(): void
}

interface Waiting {
  priority: CallPriority
  /** Its turn has come, and is taken or let go. */
  begun: boolean
  /** Something changed before it. */
  wake(): void
}

export function makeCallQueue(): CallQueue {
  let running = false
  /** In the order in which they will run. */
  const waiting: Waiting[] = []

  const tellAll = () => {
    for (const call of [...waiting]) call.wake()
  }
  const release = () => {
    const next = waiting.shift()
    running = next !== undefined
    if (next) {
      next.begun = true
      next.wake()
    }
    tellAll()
  }
  const leave = (call: Waiting) => {
    waiting.splice(waiting.indexOf(call), 1)
    tellAll()
  }
  /** The same call may end in more than one way: only the first counts. */
  const takeTurn = (): Turn => {
    let released = false
    return {
      release() {
        if (released) return
        released = true
        release()
      },
    }
  }
  const join = (call: Waiting) => {
    const firstBulk = call.priority === 'question' ? waiting.findIndex(({ priority }) => priority === 'bulk') : -1
    waiting.splice(firstBulk < 0 ? waiting.length : firstBulk, 0, call)
    tellAll()
  }

  async function* line(priority: CallPriority, signal: AbortSignal | undefined): AsyncGenerator<number, Turn, void> {
    if (signal?.aborted) throw stopped(signal)
    if (!running) {
      running = true
      return takeTurn()
    }
    let changed = Promise.withResolvers<void>()
    const call: Waiting = { priority, begun: false, wake: () => changed.resolve() }
    const wake = call.wake
    signal?.addEventListener('abort', wake, { once: true })
    join(call)
    let taken = false
    try {
      for (let told = 0; ; ) {
        if (signal?.aborted) throw stopped(signal)
        if (call.begun) {
          taken = true
          return takeTurn()
        }
        // Before it was asked for, so that no change in between is missed.
        changed = Promise.withResolvers()
        const ahead = waiting.indexOf(call) + 1
        if (ahead === told) {
          await changed.promise
          continue
        }
        told = ahead
        yield ahead
      }
    } finally {
      signal?.removeEventListener('abort', wake)
      if (call.begun && !taken) release()
      else if (!call.begun) leave(call)
    }
  }

  return {
    line,
    async enter(priority, signal) {
      const waiting = line(priority, signal)
      for (;;) {
        const next = await waiting.next()
        if (next.done) return next.value
      }
    },
  }
}

function stopped(signal: AbortSignal | undefined): StudyError {
  return new StudyError('cancelled', 'Stopped before the model began.', { cause: signal?.reason })
}
