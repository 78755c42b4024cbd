import { createORPCClient, ErrorEvent } from '@orpc/client'
import { StandardRPCLink } from '@orpc/client/standard'
import type { ContractRouterClient } from '@orpc/contract'
import { ClientPeer } from '@orpc/standard-server-peer'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { create } from 'zustand'
import type { Contract } from '#contract/index.ts'
import { type ClientTransport, type Connection, ConnectionLostError, DoorClosedError } from './transport.ts'

export interface ConnectionStatus {
  /** connecting: for the first time · lost: was open or could not be opened, and is tried again. */
  state: 'connecting' | 'open' | 'lost'
}

export interface CreateClientOptions {
  /** The host will not have this page: trying again can't help. */
  onDoorClosed?: () => void
  /** Waits between two tries; for tests. */
  sleep?: (durationMs: number) => Promise<void>
  /** A call made while the line is down waits this long for it. */
  patienceMs?: number
}

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 5_000
const PATIENCE_MS = 15_000

/** One admitted connection and the calls on it. */
interface Line {
  peer: ClientPeer
  lost: boolean
}

export type StudyClient = ContractRouterClient<Contract>

/**
 * The contract over any transport, with a line that mends itself. It is opened by
 * the first call and from then on kept open. Calls and streams in progress when it
 * breaks fail with ConnectionLostError, since nobody can tell how far they came;
 * who reads a stream opens it again. Calls made while it is down wait for it.
 */
export function createClient(transport: ClientTransport, options: CreateClientOptions = {}) {
  const { onDoorClosed, sleep = wait, patienceMs = PATIENCE_MS } = options
  const useConnection = create<ConnectionStatus>(() => ({ state: 'connecting' }))
  let line: Promise<Line> | undefined
  let connection: Connection | undefined
  let closed: Error | undefined

  /** The line as it is or will be; every caller of the same try waits for the same promise. */
  function openLine(): Promise<Line> {
    if (closed) return Promise.reject(closed)
    line ??= keepTrying().catch((error) => {
      closed = error
      if (error instanceof DoorClosedError) onDoorClosed?.()
      throw error
    })
    return line
  }

  async function keepTrying(): Promise<Line> {
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        return await openOnce()
      } catch (error) {
        if (error instanceof DoorClosedError) throw error
        useConnection.setState({ state: 'lost' })
        await sleep(waitMs)
        if (closed) throw closed
      }
    }
  }

  async function openOnce(): Promise<Line> {
    const opened = await transport.connect()
    connection = opened
    const peer = new ClientPeer((message) => opened.send(message))
    const opening: Line = { peer, lost: false }
    // A frame that can't be read leaves calls hanging that it was meant for: better a new line.
    opened.onMessage((message) => void peer.message(message).catch(() => opened.close()))
    opened.onClose(() => {
      opening.lost = true
      peer.close({ reason: new ConnectionLostError() })
      useConnection.setState({ state: 'lost' })
      line = undefined
      openLine().catch(() => {})
    })
    useConnection.setState({ state: 'open' })
    return opening
  }

  const link = new StandardRPCLink(
    {
      async call(request) {
        const used = await patiently(openLine(), request.signal, patienceMs)
        const response = await used.peer.request(request)
        const body = isStream(response.body) ? explainEnd(response.body, used, request.signal) : response.body
        return { ...response, body: () => Promise.resolve(body) }
      },
    },
    { url: 'http://orpc' },
  )
  const client = createORPCClient<StudyClient>(link)
  return {
    client,
    orpc: createTanstackQueryUtils(client),
    useConnection,
    /** Ends the line for good. */
    close() {
      closed ??= new ConnectionLostError()
      connection?.close()
    },
  }
}

function isStream(body: unknown): body is AsyncIterableIterator<unknown> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

/** A stream stopped or broken between two reads fails the next with an inner error of the peer's queue: this says why. */
function explainEnd(
  stream: AsyncIterableIterator<unknown>,
  line: Line,
  signal: AbortSignal | undefined,
): AsyncIterableIterator<unknown> {
  return {
    async next() {
      try {
        return await stream.next()
      } catch (error) {
        if (error instanceof ErrorEvent) throw error
        signal?.throwIfAborted()
        throw line.lost ? new ConnectionLostError({ cause: error }) : error
      }
    },
    return: async (value) => (await stream.return?.(value)) ?? { done: true, value },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** The promise, or the caller's abort, or ConnectionLostError when it takes too long. */
function patiently<T>(promise: Promise<T>, signal: AbortSignal | undefined, patienceMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const timer = setTimeout(() => settle(() => reject(new ConnectionLostError())), patienceMs)
    const onAbort = () => settle(() => reject(signal?.reason))
    function settle(how: () => void) {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      how()
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    promise.then(
      (value) => settle(() => resolve(value)),
      (error) => settle(() => reject(error)),
    )
  })
}

function wait(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs))
}
