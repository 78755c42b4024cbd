import { StudyError } from '../errors.ts'

/** What is known of a text's encoding besides its bytes. */
export interface EncodingHints {
  /** What the text says of itself; unknown names count as none. */
  declared?: string | undefined
  /** Guesses the encoding of bytes that are neither UTF-8 nor UTF-16, by a name that TextDecoder knows. */
  guess?: ((bytes: Uint8Array) => string | undefined) | undefined
}

/**
 * The text of a file of unknown encoding: UTF-8 or UTF-16 by their marks, UTF-16
 * without one by its zeros, UTF-8 where the bytes are valid, else what it declares,
 * what is guessed, or Windows-1252. Cleaned as by `cleanText`. Throws
 * `file-unsupported` for a file that is no text.
 */
export function decodeText(bytes: Uint8Array, hints: EncodingHints = {}): string {
  const raw = new TextDecoder(encodingOf(bytes, hints)).decode(bytes)
  const controls = raw.match(CONTROL)?.length ?? 0
  if (controls > 0.01 * raw.length) throw notText()
  return cleanText(raw)
}

/** Line ends as \n, no control or zero-width characters (joiners stay: Indic scripts are spelt with them), NFC. */
export function cleanText(raw: string): string {
  return raw
    .replace(/\r\n?|\u2028|\u2029|\f/g, '\n')
    .replace(CONTROL, '')
    .replace(UNSEEN, '')
    .normalize('NFC')
}

/** Tabs and line ends are text; every other control character is not. */
const CONTROL = /(?![\t\n\r\f])\p{Cc}/gu
const UNSEEN = /\u00ad|\u200b|\u200e|\u200f|\u2060|\ufeff/g

const HEAD_BYTES = 8192

function encodingOf(bytes: Uint8Array, { declared, guess }: EncodingHints): string {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const head = bytes.subarray(0, HEAD_BYTES)
  if (head.includes(0)) return zeroPattern(head)
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    // A file that declares UTF-8 and is not is an old one in a new wrapping.
    return [declared, guess?.(bytes)].find((name) => isKnown(name) && !/^utf-?8$/i.test(name)) ?? 'windows-1252'
  }
}

function isKnown(name: string | undefined): name is string {
  if (name === undefined) return false
  try {
    new TextDecoder(name)
    return true
  } catch {
    return false
  }
}

/**
 * In UTF-16 every second byte of spaces, digits, line ends and Latin letters is zero,
 * and no others are: anything else with zeros is no text. A few in a hundred are
 * enough, as in Hindi only the spaces have one.
 */
function zeroPattern(head: Uint8Array): string {
  const zeros = [0, 0]
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = zeros
  const half = head.length / 2
  const encoding = odd > even ? 'utf-16le' : 'utf-16be'
  const isOneSided = Math.max(even, odd) > 0.02 * half && Math.min(even, odd) <= 0.02 * Math.max(even, odd)
  if (!isOneSided) throw notText()
  const decoded = new TextDecoder(encoding).decode(head.subarray(0, head.length & ~1))
  const strange = decoded.match(/[\p{Cn}\p{Co}\p{Cs}\ufffd]|(?![\t\n\r\f])\p{Cc}/gu)?.length ?? 0
  if (strange > 0.01 * decoded.length) throw notText()
  return encoding
}

function notText(): StudyError {
  return new StudyError(
    'file-unsupported',
    'This file is named like a text but holds something else, so it was not read. ' +
      'Open it in the program it was made with, save it as PDF, and import that.',
  )
}
