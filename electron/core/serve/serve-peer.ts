import { type AnyRouter, onError } from '@orpc/server'
import { StandardRPCHandler } from '@orpc/server/standard'
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer'
import { type EncodedMessage, ServerPeer } from '@orpc/standard-server-peer'
import { toStudyError } from '../errors.ts'
import type { Log } from '../ops/open-log.ts'

export type { EncodedMessage }

/** One page's two-way line to the core: a WebSocket, a MessagePort, or two ends in memory. */
export interface PeerTransport {
  /** Resolves when the other end can take more: this is what slows a fast stream down for a slow page. */
  send(message: EncodedMessage): Promise<void>
  onMessage(listener: (message: EncodedMessage) => void): void
  onClose(listener: () => void): void
}

export type ServePeer = (transport: PeerTransport) => void

/**
 * Serves the contract's router over any transport, the same way in both hosts.
 * oRPC's own WebSocket and port adapters let a malformed frame become an
 * unhandled rejection, which ends the process, and send without waiting; so the
 * peer is driven here, by one piece of code for every transport.
 *
 * When the transport closes, the signal of every call in progress aborts.
 */
export function makePeerServer({ router, log }: { router: AnyRouter; log?: Pick<Log, 'warn' | 'error'> }): ServePeer {
  const handler = new StandardRPCHandler(router, {
    clientInterceptors: [
      onError((error, { path }) => {
        // What a person may act on is told on the screen; only what nobody foresaw goes to the log.
        const cause = unforeseen(error)
        if (cause) log?.error({ procedure: path.join('.'), err: cause }, 'a call failed')
      }),
    ],
  })
  const handleRequest = createServerPeerHandleRequestFn(handler, { context: {} })
  return (transport) => {
    let open = true
    const peer = new ServerPeer(async (message) => {
      if (open) await transport.send(message)
    })
    transport.onMessage((message) => {
      peer.message(message, handleRequest).catch((error) => {
        if (open) log?.warn({ err: error }, 'a frame could not be answered')
      })
    })
    transport.onClose(() => {
      open = false
      peer.close()
    })
  }
}

/** What hides behind a failure with the code `internal`; undefined for every other failure. */
function unforeseen(error: unknown): unknown {
  const failure = error instanceof Error && 'data' in error ? (error.data as { code?: string } | undefined) : undefined
  if (failure?.code !== undefined) return failure.code === 'internal' ? ((error as Error).cause ?? error) : undefined
  return toStudyError(error).code === 'internal' ? error : undefined
}
