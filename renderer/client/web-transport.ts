import { DOOR_CLOSED_CODE, type Hello, SOCKET_PATH, Welcome } from '#contract/handshake.ts'
import { type ClientTransport, type Connection, ConnectionLostError, DoorClosedError } from './transport.ts'

/** The part of a browser's WebSocket that is used. */
export type ClientSocket = Pick<WebSocket, 'readyState' | 'send' | 'close' | 'addEventListener' | 'binaryType'>

export interface WebTransportOptions {
  /** The page's own, e.g. `http://127.0.0.1:4100`. */
  origin: string
  /** From the address the page was opened with. */
  token: string | undefined
  /** Where the session outlives a reload; it may refuse (private windows), then the session lives with the page. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  openSocket?: (url: string) => ClientSocket
}

const SESSION_KEY = 'abhyas.session'
const OPEN = 1

/**
 * The line to the web host: a WebSocket whose first frame trades the token for a
 * session (#contract/handshake.ts). The session is kept, so that reloading the page
 * and opening its address again in this browser work as long as the app runs.
 */
export function webTransport({ origin, token, storage, openSocket }: WebTransportOptions): ClientTransport {
  const connectTo = openSocket ?? ((url: string) => new WebSocket(url))
  const url = `${origin.replace(/^http/, 'ws')}${SOCKET_PATH}`
  let unusedToken = token
  let session = readSession(storage)

  async function connect(): Promise<Connection> {
    if (unusedToken !== undefined) {
      const hello = { token: unusedToken }
      try {
        const admitted = await sayHello(connectTo(url), hello)
        keep(admitted.session)
        return admitted.connection
      } catch (error) {
        // A token used before: this browser may still hold the session it was traded for.
        if (!(error instanceof DoorClosedError)) throw error
        unusedToken = undefined
      }
    }
    if (session === undefined) throw new DoorClosedError()
    try {
      const { connection } = await sayHello(connectTo(url), { session })
      return connection
    } catch (error) {
      if (error instanceof DoorClosedError) keep(undefined)
      throw error
    }
  }

  function keep(value: string | undefined): void {
    unusedToken = undefined
    session = value
    try {
      if (value === undefined) storage.removeItem(SESSION_KEY)
      else storage.setItem(SESSION_KEY, value)
    } catch {
      // No storage here: the session lives with the page, and a reload needs a new address.
    }
  }

  return {
    host: 'web',
    connect,
    fileHeaders: (): Record<string, string> => (session === undefined ? {} : { authorization: `Bearer ${session}` }),
  }
}

function readSession(storage: WebTransportOptions['storage']): string | undefined {
  try {
    return storage.getItem(SESSION_KEY) ?? undefined
  } catch {
    return undefined
  }
}

function sayHello(socket: ClientSocket, hello: Hello): Promise<{ session: string; connection: Connection }> {
  return new Promise((resolve, reject) => {
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('open', () => socket.send(JSON.stringify(hello)))
    socket.addEventListener(
      'message',
      ({ data }) => {
        try {
          const { session } = Welcome.parse(JSON.parse(data))
          resolve({ session, connection: toConnection(socket) })
        } catch (cause) {
          socket.close()
          reject(new ConnectionLostError({ cause }))
        }
      },
      { once: true },
    )
    // After a Welcome these change nothing: the promise is settled.
    socket.addEventListener('close', ({ code }) => {
      reject(code === DOOR_CLOSED_CODE ? new DoorClosedError() : new ConnectionLostError())
    })
  })
}

function toConnection(socket: ClientSocket): Connection {
  return {
    async send(message) {
      if (socket.readyState !== OPEN) throw new ConnectionLostError()
      socket.send(message as string | ArrayBuffer)
    },
    onMessage: (listener) => socket.addEventListener('message', ({ data }) => listener(data)),
    onClose: (listener) => socket.addEventListener('close', () => listener()),
    close: () => socket.close(),
  }
}
