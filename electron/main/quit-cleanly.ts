import type { App } from 'electron'

const DRAIN_WITHIN_MS = 5_000

/** Lets running work come to a resting point before the process ends, but never keeps a person waiting long. */
export function quitCleanly(app: App, close: () => Promise<void>): void {
  let closing = false
  app.on('will-quit', async (event) => {
    event.preventDefault()
    if (closing) return
    closing = true
    const timer = setTimeout(() => app.exit(0), DRAIN_WITHIN_MS)
    try {
      await close()
      app.exit(0)
    } catch (error) {
      // What did not close is told by the next start's recovery; the exit code tells whoever watches this one.
      console.error(error instanceof Error ? error.message : error)
      app.exit(1)
    } finally {
      clearTimeout(timer)
    }
  })
}
