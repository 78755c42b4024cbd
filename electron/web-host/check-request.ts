import type { IncomingHttpHeaders } from 'node:http'

export interface RequestToCheck {
  method: string
  /** The request target as it came, e.g. `/assets/a.js?x`. */
  target: string
  headers: IncomingHttpHeaders
}

/** Why a request is turned away, as an HTTP status and a line for whoever reads it. */
export interface Refusal {
  status: number
  reason: string
}

/**
 * Turns away what did not come from our own page or from a person's address bar.
 * Other sites can make a browser send requests to the loopback, so:
 *
 * - Host must be exactly ours: a name that was rebound to 127.0.0.1 (DNS rebinding) gives itself away here;
 * - Sec-Fetch-Site, which pages cannot forge, must be same-origin, except for a
 *   top-level navigation to `/`, which is how the page is opened;
 * - Origin, where it is sent, must be ours; a WebSocket must send it.
 *
 * https://www.w3.org/TR/fetch-metadata/ · RFC 6455, section 10.2
 */
export function checkRequest(request: RequestToCheck, host: string): Refusal | undefined {
  const { headers } = request
  if (headers.host !== host) return { status: 421, reason: `This is http://${host}/ and nothing else.` }
  if (headers.origin !== undefined && headers.origin !== `http://${host}`) {
    return { status: 403, reason: 'Requests of other sites are refused.' }
  }
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || opensThePage(request)) return undefined
  return { status: 403, reason: 'Requests of other sites are refused.' }
}

/** The same for a WebSocket's opening request, which must name its origin. */
export function checkUpgrade(request: RequestToCheck, host: string): Refusal | undefined {
  const refusal = checkRequest(request, host)
  if (refusal) return refusal
  return request.headers.origin === undefined ? { status: 403, reason: 'An Origin is required.' } : undefined
}

function opensThePage({ method, target, headers }: RequestToCheck): boolean {
  return (
    method === 'GET' &&
    /^\/(\?|$)/.test(target) &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  )
}
