import { PORT_MESSAGE } from '#contract/port-message.ts'
import { type ClientTransport, ConnectionLostError } from './transport.ts'

/**
 * The line to the Electron shell: one end of a MessageChannel, handed through the
 * preload to the main process. The shell takes one port a page, so a line that
 * broke comes back with a reload only, which the shell itself does when it can.
 *
 * `post` is the page's own postMessage, to itself alone.
 */
export function messagePortTransport({ post }: { post(message: string, port: MessagePort): void }): ClientTransport {
  let handedOver = false
  return {
    host: 'electron',
    async connect() {
      if (handedOver) throw new ConnectionLostError()
      handedOver = true
      const { port1: port, port2 } = new MessageChannel()
      post(PORT_MESSAGE, port2)
      return {
        send: async (message) => port.postMessage(message),
        onMessage(listener) {
          port.addEventListener('message', ({ data }) => listener(data))
          port.start()
        },
        onClose: (listener) => port.addEventListener('close', () => listener()),
        close: () => port.close(),
      }
    },
    // app:// answers to no page but the app's own.
    fileHeaders: () => ({}),
  }
}
