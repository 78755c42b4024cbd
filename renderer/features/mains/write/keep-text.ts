/** The text of an answer as it stands, and the time it was written in. */
export interface Draft {
  text: string
  elapsedMs: number
}

export interface TextKeeper {
  /** Saves a draft at once, or as soon as the one before is saved; of those that wait, only the newest is. */
  save(draft: Draft): void
  /** Resolves when nothing is unsaved; rejects when it can't be saved now. */
  settled(): Promise<void>
  stop(): void
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 8000

/**
 * Sends drafts one after another, each under a number of its own, and tries again, ever more patiently, as long as the page is
 * open: no letter is lost to a lost connection, and a late draft never takes the place of a newer one.
 */
export function keepText(deps: {
  send(draft: Draft & { revision: number }): Promise<unknown>
  /** Of the draft that is kept already. */
  revision: number
  onChange(state: { unsaved: boolean; failing: boolean }): void
  sleep(durationMs: number): Promise<void>
}): TextKeeper {
  let waiting: Draft | undefined
  let revision = deps.revision
  let sending = false
  let stopped = false
  let failing = false
  const tell = () => deps.onChange({ unsaved: waiting !== undefined, failing })

  /** Throws at the first failure; the draft that failed goes on waiting unless a newer one does. */
  async function sendAll(): Promise<void> {
    while (waiting !== undefined) {
      const draft: Draft = waiting
      revision++
      await deps.send({ ...draft, revision })
      if (waiting === draft) waiting = undefined
      failing = false
      tell()
    }
  }

  async function sendUntilSaved(): Promise<void> {
    sending = true
    let waitMs = FIRST_WAIT_MS
    while (waiting !== undefined && !stopped) {
      try {
        await sendAll()
      } catch {
        failing = true
        tell()
        await deps.sleep(waitMs)
        waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
      }
    }
    sending = false
  }

  return {
    save(draft) {
      waiting = draft
      tell()
      if (!sending) void sendUntilSaved()
    },
    settled: sendAll,
    stop() {
      stopped = true
    },
  }
}
