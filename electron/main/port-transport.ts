import type { MessageEvent } from 'electron'
import type { PeerTransport } from '#core/serve/serve-peer.ts'

/** The part of Electron's MessagePortMain that is used. */
export interface PagePort {
  on(event: 'message', listener: (event: Pick<MessageEvent, 'data'>) => void): unknown
  on(event: 'close', listener: () => void): unknown
  postMessage(message: unknown): void
  start(): void
}

/** A page's port as a transport of the contract. Ports have no gauge of what is on its way, so nothing waits here. */
export function portTransport(port: PagePort): PeerTransport {
  return {
    send: async (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', ({ data }) => {
        // Structured clones carry anything; the contract's frames are text or bytes.
        if (typeof data === 'string' || data instanceof Uint8Array || data instanceof ArrayBuffer) listener(data)
      })
      port.start()
    },
    onClose(listener) {
      port.on('close', listener)
    },
  }
}
