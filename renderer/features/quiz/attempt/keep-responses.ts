import type { QuestionId } from '#contract/ids.ts'
import type { Response } from '#contract/quiz.ts'

export interface ResponseKeeper {
  /** Saves a response at once, or as soon as the app can be reached again. */
  save(response: Response): void
  /** Resolves when nothing is unsaved; rejects when it can't be saved now. */
  settled(): Promise<void>
  stop(): void
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 8000

/**
 * Sends responses one after another, the newest of each question, and tries
 * again, ever more patiently, as long as the test is open: no answer is lost to
 * a lost connection, and a late one never overwrites a newer.
 */
export function keepResponses(deps: {
  send(response: Response): Promise<unknown>
  /** How many answers are not saved yet, and whether the last try failed. */
  onChange(state: { unsaved: number; failing: boolean }): void
  sleep(durationMs: number): Promise<void>
}): ResponseKeeper {
  const unsaved = new Map<QuestionId, Response>()
  let sending = false
  let stopped = false
  let failing = false
  const tell = () => deps.onChange({ unsaved: unsaved.size, failing })

  /** One pass over what is unsaved; throws at the first failure. */
  async function sendAll(): Promise<void> {
    for (let next = unsaved.values().next(); !next.done; next = unsaved.values().next()) {
      const response = next.value
      await deps.send(response)
      // Changed again while it was on its way: the newer one is still to be sent.
      if (unsaved.get(response.questionId) === response) unsaved.delete(response.questionId)
      failing = false
      tell()
    }
  }

  async function sendUntilSaved(): Promise<void> {
    sending = true
    let waitMs = FIRST_WAIT_MS
    while (unsaved.size > 0 && !stopped) {
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
    save(response) {
      unsaved.delete(response.questionId)
      unsaved.set(response.questionId, response)
      tell()
      if (!sending) void sendUntilSaved()
    },
    // Sent once more where one is on its way already: saving twice does no harm, waiting out a long nap would.
    settled: sendAll,
    stop() {
      stopped = true
    },
  }
}
