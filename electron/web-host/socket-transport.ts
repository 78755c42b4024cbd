import type { RawData, WebSocket } from 'ws'
import type { EncodedMessage, PeerTransport } from '#core/serve/serve-peer.ts'

/** Past this many bytes on their way, whoever sends waits. */
export const MOST_BUFFERED_BYTES = 1024 * 1024

/** A WebSocket as a transport of the contract, with the browser's reading speed felt by the sender. */
export function socketTransport(socket: WebSocket): PeerTransport {
  return {
    send(message) {
      return new Promise((resolve, reject) => {
        let waits = false
        socket.send(message as string | Uint8Array, (error) => {
          if (!waits) return
          if (error) reject(error)
          else resolve()
        })
        // The callback of this frame comes when it has left, and all before it: no polling.
        waits = socket.bufferedAmount > MOST_BUFFERED_BYTES
        if (!waits) resolve()
      })
    },
    onMessage(listener) {
      socket.on('message', (data, isBinary) => listener(toMessage(data, isBinary)))
    },
    onClose(listener) {
      socket.on('close', listener)
    },
  }
}

export function toMessage(data: RawData, isBinary: boolean): EncodedMessage {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? Buffer.from(data) : data
  return isBinary ? new Uint8Array(bytes) : bytes.toString('utf8')
}
