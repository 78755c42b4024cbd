import { StudyError } from '../errors.ts'

/**
 * The text of a file of unknown encoding: UTF-8 or UTF-16 by their marks, UTF-16
 * without one by its zeros, else UTF-8 where the bytes are valid, else
 * Windows-1252. Line ends become \n and the text NFC; control characters go.
 * Throws `file-unsupported` for a file that is no text, `file-empty` for one
 * without a visible character.
 */
export function decodeText(bytes: Uint8Array): string {
  const raw = new TextDecoder(encodingOf(bytes)).decode(bytes)
  const controls = raw.match(CONTROL)?.length ?? 0
  if (controls > 0.01 * raw.length) throw notText()
  const text = raw
    .replace(/\r\n?|\u2028|\u2029|\f/g, '\n')
    .replace(CONTROL, '')
    .replace(UNSEEN, '')
    .normalize('NFC')
  if (!/\S/.test(text)) {
    throw new StudyError('file-empty', 'This file has no text in it. The file was kept; there is nothing to read.')
  }
  return text
}

/** Tabs and line ends are text; every other control character is not. */
const CONTROL = /(?![\t\n\r\f])\p{Cc}/gu
const UNSEEN = /\u00ad|\u200b|\u200e|\u200f|\u2060|\ufeff/g

function encodingOf(bytes: Uint8Array): string {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const head = bytes.subarray(0, 8192)
  if (head.includes(0)) return zeroPattern(head)
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

/** English in UTF-16 has a zero in every second byte; anything else with zeros is no text. */
function zeroPattern(head: Uint8Array): string {
  const zeros = [0, 0]
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = zeros
  const half = head.length / 2
  if (odd > 0.3 * half && even < 0.02 * half) return 'utf-16le'
  if (even > 0.3 * half && odd < 0.02 * half) return 'utf-16be'
  throw notText()
}

function notText(): StudyError {
  return new StudyError(
    'file-unsupported',
    'This file is named like a text but holds something else, so it was not read. ' +
      'Abhyas reads PDF, plain text and Markdown: save it as one of these and import that.',
  )
}
