import type { RawData, WebSocket } from 'ws'
import { DOOR_CLOSED_CODE, Hello, type Welcome } from '#contract/handshake.ts'
import type { Sessions } from './sessions.ts'
import { toMessage } from './socket-transport.ts'

/** A page says Hello at once; whoever does not is not a page. */
const HELLO_TIMEOUT_MS = 10_000

/**
 * Waits for a socket's Hello and lets it in or closes it. Resolves true once the
 * Welcome was sent: the next frame is the contract's.
 */
export function admitSocket(socket: WebSocket, sessions: Sessions): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle(undefined), HELLO_TIMEOUT_MS)
    const onMessage = (data: RawData, isBinary: boolean) => {
      settle(isBinary ? undefined : openDoor(toMessage(data, false) as string, sessions))
    }
    const onClose = () => settle(undefined)
    function settle(session: string | undefined) {
      clearTimeout(timer)
      socket.off('message', onMessage)
      socket.off('close', onClose)
      if (session === undefined) socket.close(DOOR_CLOSED_CODE, 'not admitted')
      else socket.send(JSON.stringify({ session } satisfies Welcome))
      resolve(session !== undefined)
    }
    socket.once('message', onMessage)
    socket.once('close', onClose)
  })
}

function openDoor(text: string, sessions: Sessions): string | undefined {
  const hello = Hello.safeParse(parseJson(text))
  if (!hello.success) return undefined
  if ('token' in hello.data) return sessions.trade(hello.data.token)
  return sessions.isSession(hello.data.session) ? hello.data.session : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not a Hello, whatever it is: the schema refuses `undefined`.
    return undefined
  }
}
