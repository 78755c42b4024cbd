export interface FollowedStream<Event> {
  /** Opens the stream; rejects or ends when the connection is lost. */
  open(signal: AbortSignal): Promise<AsyncIterable<Event>>
  onEvent(event: Event): void
  /** After every opening but the first: what happened meanwhile was missed. */
  onReopened(): void
  signal: AbortSignal
  /** Waits, or rejects when the signal aborts. */
  sleep(durationMs: number, signal: AbortSignal): Promise<void>
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 5000

/**
 * Reads a stream of changes for as long as the page lives: opens it again,
 * ever more patiently, when it ends or breaks. Returns when the signal aborts.
 */
export async function followStream<Event>(stream: FollowedStream<Event>): Promise<void> {
  const { signal } = stream
  let waitMs = FIRST_WAIT_MS
  let opened = false
  while (!signal.aborted) {
    try {
      const events = await stream.open(signal)
      if (opened) stream.onReopened()
      opened = true
      for await (const event of events) {
        waitMs = FIRST_WAIT_MS
        stream.onEvent(event)
      }
    } catch {
      // A broken stream is opened again below; the connection banner tells the person.
    }
    if (signal.aborted) return
    try {
      await stream.sleep(waitMs, signal)
    } catch {
      return
    }
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
  }
}
