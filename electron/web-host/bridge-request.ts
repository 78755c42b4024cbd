import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ReadableStream as NodeReadableStream } from 'node:stream/web'

const MOST_DISCARDED_BYTES = 16 * 1024 * 1024

/** Node's request as the web's; undefined for what is no request target or method of ours (absolute forms, TRACE). */
export function toRequest(incoming: IncomingMessage, host: string): Request | undefined {
  const target = incoming.url ?? ''
  const method = incoming.method ?? ''
  if (!target.startsWith('/') || !URL.canParse(`http://${host}${target}`)) return undefined
  if (!['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'].includes(method)) return undefined
  const hasBody = method === 'POST' || method === 'PATCH'
  return new Request(`http://${host}${target}`, {
    method,
    headers: Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
    ...(hasBody ? { body: NodeReadableStream.from(keepOpen(incoming)) as ReadableStream, duplex: 'half' } : {}),
  })
}

/** Writes a response out at the reader's speed; rejects when the reader goes away. */
export async function sendResponse(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  if (!incoming.complete) {
    outgoing.setHeader('connection', 'close')
    await discardRest(incoming)
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (response.body) await pipeline(Readable.fromWeb(response.body as NodeReadableStream), outgoing)
  else outgoing.end()
}

/** The body, left open when reading stops half-way: destroying it would end the connection before the answer is out. */
function keepOpen(incoming: IncomingMessage): AsyncIterable<Buffer> {
  return incoming.iterator({ destroyOnReturn: false })
}

/** Reads on a little after a refused upload: closing on unread bytes resets the connection, and the answer is lost. */
async function discardRest(incoming: IncomingMessage): Promise<void> {
  let discardedBytes = 0
  for await (const piece of keepOpen(incoming)) {
    discardedBytes += piece.length
    if (discardedBytes > MOST_DISCARDED_BYTES) break
  }
}
