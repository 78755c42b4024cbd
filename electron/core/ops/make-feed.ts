/** Values told to whoever listens at the time. */
export interface Feed<T> {
  publish(value: T): void
  /** What is published from now on, until the signal aborts or the reader leaves. */
  subscribe(signal?: AbortSignal): AsyncIterable<T>
}

/**
 * A feed in memory. A reader that is slower than the feed misses nothing: what
 * waits for it is queued, or joined into one value where `merge` is given.
 */
export function makeFeed<T>(merge?: (waiting: T, next: T) => T): Feed<T> {
  const readers = new Set<(value: T) => void>()
  return {
    publish(value) {
      for (const tell of [...readers]) tell(value)
    },
    subscribe(signal) {
      const queue: T[] = []
      let wake = () => {}
      const tell = (value: T) => {
        const waiting = merge && queue.pop()
        queue.push(waiting === undefined || !merge ? value : merge(waiting, value))
        wake()
      }
      let ended = signal?.aborted ?? false
      const end = () => {
        ended = true
        readers.delete(tell)
        signal?.removeEventListener('abort', end)
        wake()
      }
      // At once, not at the first read: nothing published in between is missed.
      if (!ended) {
        readers.add(tell)
        signal?.addEventListener('abort', end, { once: true })
      }
      return (async function* () {
        try {
          for (;;) {
            const [value] = queue
            if (queue.length > 0) {
              queue.shift()
              yield value as T
            } else if (ended) {
              return
            } else {
              await new Promise<void>((resolve) => {
                wake = resolve
              })
            }
          }
        } finally {
          end()
        }
      })()
    },
  }
}
