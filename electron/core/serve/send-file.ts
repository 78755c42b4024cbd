import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'

export interface FileToSend {
  path: string
  mediaType: string
  /** Strong: a quoted hash of the content. */
  etag: string
  headers?: Record<string, string>
}

/**
 * A file as a response, streamed from disk: whole, one byte range (206, 416), or
 * 304 when the caller has it already. RFC 9110, sections 13 and 14; several ranges
 * in one request are answered with the whole file, as it allows.
 */
export async function sendFile(request: Request, file: FileToSend): Promise<Response> {
  const { size } = await stat(file.path)
  const headers = new Headers({
    ...file.headers,
    'content-type': file.mediaType,
    'accept-ranges': 'bytes',
    etag: file.etag,
  })
  if (matches(request.headers.get('if-none-match'), file.etag)) return new Response(null, { status: 304, headers })

  const wanted = rangeAllowed(request, file.etag) ? readRange(request.headers.get('range'), size) : undefined
  if (wanted === 'unsatisfiable') {
    headers.set('content-range', `bytes */${size}`)
    headers.delete('content-type')
    return new Response(null, { status: 416, headers })
  }
  const { start, end } = wanted ?? { start: 0, end: size - 1 }
  headers.set('content-length', String(end - start + 1))
  if (wanted) headers.set('content-range', `bytes ${start}-${end}/${size}`)
  const isEmpty = request.method === 'HEAD' || size === 0
  const body = isEmpty ? null : Readable.toWeb(createReadStream(file.path, { start, end, highWaterMark: 1 << 18 }))
  return new Response(body as ReadableStream | null, { status: wanted ? 206 : 200, headers })
}

function matches(header: string | null, etag: string): boolean {
  if (header === null) return false
  return header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

/** If-Range: a part is of use only to who holds the rest of the same bytes. */
function rangeAllowed(request: Request, etag: string): boolean {
  const ifRange = request.headers.get('if-range')
  return request.method === 'GET' && (ifRange === null || ifRange.trim() === etag)
}

/** First and last byte of a single range; undefined when there is none to honour. */
function readRange(header: string | null, size: number): { start: number; end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=\s*(\d*)-(\d*)\s*$/.exec(header ?? '')
  if (!match) return undefined
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return undefined
  if (first === '') {
    const length = Number(last)
    return length === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - length), end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return undefined
  return start < size ? { start, end } : 'unsatisfiable'
}
