import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a test needs of a scripted server, whatever it speaks: to wait for it, to hold it back, to end it. */
export function makeServerStage() {
  const watchers = new Set<() => void>()
  const held = new Set<() => void>()
  const changed = () => {
    for (const watcher of [...watchers]) watcher()
  }
  return {
    /** Something happened: who waits `until` looks again. */
    changed,
    /** Waits for `release`, or for the caller to leave. */
    hold: (response: ServerResponse) =>
      new Promise<void>((resolve) => {
        held.add(resolve)
        response.once('close', resolve)
        changed()
      }),
    get holdingCount() {
      return held.size
    },
    release() {
      for (const go of held) go()
      held.clear()
    },
    until(condition: () => boolean) {
      return new Promise<void>((resolve) => {
        const look = () => {
          if (!condition()) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      })
    },
  }
}

/** Listens on a free port of this computer; tells the address. */
export async function listenAnywhere(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function endServer(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
