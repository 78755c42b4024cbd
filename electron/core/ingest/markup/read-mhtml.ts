import { StudyError } from '../../errors.ts'
import { decodeText, type EncodingHints } from '../decode-text.ts'

/** Headers and multiparts inside multiparts are no deeper in what browsers write. */
const DEEPEST = 4

/**
 * The HTML of a page that a browser saved as one file (MHTML, RFC 2557): the first
 * text/html part, decoded. Throws `file-damaged` for a file without one.
 */
export function readMhtml(bytes: Uint8Array, hints: EncodingHints): string {
  const html = findHtml(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'), hints, 0)
  if (html === undefined) {
    throw new StudyError(
      'file-damaged',
      'This saved web page has no page in it. The file was kept as it is. Save the page again and import that copy.',
    )
  }
  return html
}

/** `part` is in Latin-1: one character a byte. */
function findHtml(part: string, hints: EncodingHints, depth: number): string | undefined {
  const end = /\r?\n\r?\n/.exec(part)
  if (!end || depth > DEEPEST) return undefined
  const headers = part.slice(0, end.index).replace(/\r?\n[ \t]+/g, ' ')
  const body = part.slice(end.index + end[0].length)
  const type = headerOf(headers, 'content-type')
  const boundary = /boundary="?([^";\r\n]+)"?/i.exec(type)?.[1]
  if (/^multipart\//i.test(type) && boundary) {
    for (const inner of body.split(`--${boundary}`).slice(1)) {
      const html = findHtml(inner.replace(/^\r?\n/, ''), hints, depth + 1)
      if (html !== undefined) return html
    }
    return undefined
  }
  if (!/^text\/html/i.test(type)) return undefined
  const declared = /charset="?([\w-]+)"?/i.exec(type)?.[1]
  return decodeText(decodeBody(body, headerOf(headers, 'content-transfer-encoding')), { ...hints, declared })
}

function headerOf(headers: string, name: string): string {
  return new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(headers)?.[1]?.trim() ?? ''
}

function decodeBody(body: string, encoding: string): Buffer {
  if (/^base64$/i.test(encoding)) return Buffer.from(body, 'base64')
  if (!/^quoted-printable$/i.test(encoding)) return Buffer.from(body, 'latin1')
  const joined = body.replace(/=[ \t]*\r?\n/g, '')
  const decoded = joined.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(decoded, 'latin1')
}
