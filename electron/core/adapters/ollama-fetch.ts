import type { IncomingMessage } from 'node:http'
import { Readable, Transform } from 'node:stream'
import { readShortBody, sendRequest } from './send-request.ts'

/**
 * A `fetch` for the ollama package, over node:http; `signal` ends the exchange at any
 * time. Errors the server gives as plain text become JSON, and a line of a stream that is no JSON
 * ends it with an error: the package would print the first to the console and skip over the second.
 */
export function makeOllamaFetch(signal: AbortSignal): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const message = await sendRequest(url, {
      method: init.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init.headers)),
      body: typeof init.body === 'string' ? init.body : undefined,
      signal,
    })
    const status = message.statusCode ?? 0
    const contentType = message.headers['content-type'] ?? ''
    if (status >= 400) return explainError(message, status, contentType)
    const body = contentType.includes('ndjson') ? message.pipe(wholeLines()) : message
    // A broken connection must reach the reader: pipe passes on data and ends, not errors.
    if (body !== message) message.on('error', (error) => body.destroy(error))
    message.on('aborted', () => body.destroy(new Error('The connection was closed before the answer was complete.')))
    return new Response(Readable.toWeb(body) as ReadableStream, { status, headers: { 'content-type': contentType } })
  }
}

async function explainError(message: IncomingMessage, status: number, contentType: string): Promise<Response> {
  const text = await readShortBody(message)
  const body =
    contentType.includes('json') && isJson(text) ? text : JSON.stringify({ error: text.trim() || `HTTP ${status}` })
  return new Response(body, { status, headers: { 'content-type': 'application/json' } })
}
/** Passes NDJSON on, line by line, as long as each line is JSON. */
function wholeLines(): Transform {
  let rest = Buffer.alloc(0)
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      const all = Buffer.concat([rest, bytes])
      const end = all.lastIndexOf(0x0a) + 1
      rest = all.subarray(end)
      const lines = all.subarray(0, end).toString('utf8')
      if (lines.split('\n').some((line) => line !== '' && !isJson(line)))
        done(new Error('A line of the answer is damaged.'))
      else done(null, lines)
    },
    flush(done) {
      const line = rest.toString('utf8')
      if (line !== '' && !isJson(line)) done(new Error('The last line of the answer is damaged.'))
      else done(null, line === '' ? null : `${line}\n`)
    },
  })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
