import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { SOCKET_PATH, TOKEN_PARAMETER } from '#contract/handshake.ts'
import { StudyError } from '#core/errors.ts'
import type { Log } from '#core/ops/open-log.ts'
import { type AnswerRequestOptions, makeRequestAnswerer } from '#core/serve/answer-request.ts'
import type { ServePeer } from '#core/serve/serve-peer.ts'
import { admitSocket } from './admit-socket.ts'
import { sendResponse, toRequest } from './bridge-request.ts'
import { checkRequest, checkUpgrade, type Refusal } from './check-request.ts'
import { makeSessions } from './sessions.ts'
import { socketTransport } from './socket-transport.ts'

/** Only ever this address: nobody else on the network can reach the app. */
const LOOPBACK = '127.0.0.1'
/** A frame of the contract; files go by the upload route. */
const MOST_FRAME_BYTES = 8 * 1024 * 1024
/** A socket that does not answer a ping within one round is gone. */
const PING_EVERY_MS = 30_000
const CLOSE_WITHIN_MS = 1_000

export interface LoopbackOptions extends Pick<AnswerRequestOptions, 'renderer' | 'uploads' | 'fileOf'> {
  servePeer: ServePeer
  /** 0 or absent: any free port. */
  port?: number
  /** Hears of the next address that opens, whenever one was used up. */
  onNewAddress?: (address: string) => void
  log?: Pick<Log, 'warn' | 'error'>
}

export interface LoopbackHost {
  readonly port: number
  /** `http://127.0.0.1:PORT/#/?t=TOKEN`: opens the app once. A new one is there as soon as it was used. */
  address(): string
  close(): Promise<void>
}

/**
 * The web host: the page, its files and the contract on one loopback port.
 * Throws `not-ready` when the port is taken.
 */
export async function listenOnLoopback(options: LoopbackOptions): Promise<LoopbackHost> {
  const { servePeer, onNewAddress, log } = options
  const server = createServer({ requestTimeout: 0, headersTimeout: 10_000 })
  const port = await listen(server, options.port ?? 0)
  const host = `${LOOPBACK}:${port}`
  const addressWith = (token: string) => `http://${host}/#/?${TOKEN_PARAMETER}=${token}`
  const sessions = makeSessions({ onNewToken: (token) => onNewAddress?.(addressWith(token)) })
  const answer = makeRequestAnswerer({
    ...options,
    connectTo: [`ws://${host}`],
    isAdmitted: (request) => sessions.isSession(bearerOf(request)),
  })

  server.on('request', (incoming, outgoing) => {
    respond(incoming, outgoing).catch((error) => {
      outgoing.destroy()
      // The page went away in the middle, which is its right; anything else is worth a line.
      if (!incoming.destroyed && !outgoing.closed) log?.warn({ err: error }, 'a response broke off')
    })
  })
  async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const refusal = checkRequest(toCheck(incoming), host)
    if (refusal) return refuse(outgoing, refusal)
    const request = toRequest(incoming, host)
    if (!request) return refuse(outgoing, { status: 400, reason: 'That is no address of this app.' })
    await sendResponse(await answer(request), incoming, outgoing)
  }

  const socketServer = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_FRAME_BYTES,
    perMessageDeflate: false,
  })
  server.on('upgrade', (incoming: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const refusal =
      checkUpgrade(toCheck(incoming), host) ??
      (incoming.url === SOCKET_PATH ? undefined : { status: 404, reason: 'Not found' })
    if (refusal) return refuseUpgrade(stream, refusal)
    socketServer.handleUpgrade(incoming, stream, head, (socket) => {
      socket.on('error', (error) => log?.warn({ err: error }, 'a socket failed'))
      admitSocket(socket, sessions).then((admitted) => {
        if (admitted) servePeer(socketTransport(socket))
      })
    })
  })
  const pings = setInterval(makePinger(socketServer.clients), PING_EVERY_MS)
  pings.unref()

  return {
    port,
    address: () => addressWith(sessions.currentToken()),
    async close() {
      clearInterval(pings)
      const closed = once(server, 'close')
      server.close()
      for (const socket of socketServer.clients) socket.close(1001, 'Abhyas was stopped')
      server.closeIdleConnections()
      const timer = setTimeout(() => {
        for (const socket of socketServer.clients) socket.terminate()
        server.closeAllConnections()
      }, CLOSE_WITHIN_MS)
      await closed
      clearTimeout(timer)
    },
  }
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  server.listen({ host: LOOPBACK, port, exclusive: true })
  try {
    await once(server, 'listening')
  } catch (cause) {
    const why =
      (cause as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'is taken by another program' : 'cannot be used'
    throw new StudyError(
      'not-ready',
      `Port ${port} ${why}. Nothing was started; choose another port, or 0 for a free one.`,
      {
        cause,
      },
    )
  }
  return (server.address() as AddressInfo).port
}

function toCheck(incoming: IncomingMessage) {
  return { method: incoming.method ?? '', target: incoming.url ?? '', headers: incoming.headers }
}

function bearerOf(request: Request): string {
  return /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
}

function refuse(outgoing: ServerResponse, { status, reason }: Refusal): void {
  outgoing.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  })
  outgoing.end(`${reason}\n`)
}

function refuseUpgrade(stream: Duplex, { status, reason }: Refusal): void {
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: text/plain\r\n` +
      `Content-Length: ${Buffer.byteLength(reason)}\r\n\r\n${reason}`,
  )
}

/** One round: ends the sockets that did not answer the last one, and asks the rest. */
function makePinger(sockets: Set<WebSocket>): () => void {
  const silent = new WeakSet<WebSocket>()
  return () => {
    for (const socket of sockets) {
      if (silent.has(socket)) {
        socket.terminate()
        continue
      }
      silent.add(socket)
      socket.once('pong', () => silent.delete(socket))
      socket.ping()
    }
  }
}
