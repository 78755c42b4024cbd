import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'

export interface OutgoingRequest {
  method: string
  headers?: Record<string, string>
  body?: string | undefined
  /** Ends the exchange at any time, before the headers too: the server sees the socket close. */
  signal: AbortSignal
}

/**
 * Sends over node:http and resolves with the headers. The built-in `fetch` gives up
 * when headers take 300 s, as they do while a model loads on a slow machine; this one never does, and
 * follows no redirect, which could carry a key elsewhere. Callers bring their own watchdog.
 */
export function sendRequest(
  url: URL,
  { method, headers = {}, body, signal }: OutgoingRequest,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // A DELETE with a body would otherwise go out without its length.
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
      url,
      { method, headers: { ...headers, ...length }, signal, agent: false },
      resolve,
    )
    request.once('error', reject)
    request.end(body)
  })
}

/** The beginning of a body as text: for errors, which may come as a page of HTML. */
export async function readShortBody(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of message as AsyncIterable<Buffer>) {
    parts.push(part)
    length += part.length
    if (length > 64_000) break
  }
  return Buffer.concat(parts).toString('utf8').slice(0, 2_000)
}
