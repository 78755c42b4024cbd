/** Sends what is to be kept, until it is kept. */
export interface Keeper<Item> {
  /** Sends an item at once, or as soon as the one before has arrived and the app can be reached. */
  save(item: Item): void
  /** Resolves when nothing is unsaved; rejects when it can't be saved now. */
  settled(): Promise<void>
  stop(): void
}

/** How many items are not saved yet, and whether the last try failed. */
export interface Saving {
  unsavedCount: number
  isFailing: boolean
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 8000

/**
 * Sends items one after another, of those with the same key only the newest, and tries again, ever more patiently,
 * until it is stopped: nothing is lost to a lost connection, and a late item never overwrites a newer one.
 */
export function keepSending<Item>(deps: {
  /** Items with the same key take each other's place. */
  keyOf(item: Item): string
  send(item: Item): Promise<unknown>
  onChange(saving: Saving): void
  sleep(durationMs: number): Promise<void>
}): Keeper<Item> {
  const unsaved = new Map<string, Item>()
  let isSending = false
  let isStopped = false
  let isFailing = false
  const tell = () => deps.onChange({ unsavedCount: unsaved.size, isFailing })

  /** One pass over what is unsaved; throws at the first failure. */
  async function sendAll(): Promise<void> {
    for (let next = unsaved.entries().next(); !next.done; next = unsaved.entries().next()) {
      const [key, item] = next.value
      await deps.send(item)
      // Changed again while it was on its way: the newer one is still to be sent.
      if (unsaved.get(key) === item) unsaved.delete(key)
      isFailing = false
      tell()
    }
  }

  async function sendUntilSaved(): Promise<void> {
    isSending = true
    let waitMs = FIRST_WAIT_MS
    while (unsaved.size > 0 && !isStopped) {
      try {
        await sendAll()
      } catch {
        isFailing = true
        tell()
        await deps.sleep(waitMs)
        waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
      }
    }
    isSending = false
  }

  return {
    save(item) {
      const key = deps.keyOf(item)
      unsaved.delete(key)
      unsaved.set(key, item)
      tell()
      if (!isSending) void sendUntilSaved()
    },
    // Sent once more where one is on its way already: saving twice does no harm, waiting out a long nap would.
    settled: sendAll,
    stop() {
      isStopped = true
    },
  }
}
