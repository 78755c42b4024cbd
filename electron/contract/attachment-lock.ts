/** As long as the name it is written over, so that every offset of the file stays. */
const NAME = '/Encrypt'
const OTHER_NAME = '/Ignored'
/** No encryption dictionary is longer. */
const LONGEST_DICTIONARY = 20_000

/**
 * A PDF may be encrypted for the files attached to it alone: its pages and strings go by the filter `Identity` (ISO
 * 32000-2, 7.6.6, `StmF` and `StrF`). Viewers that check the password before they look ask for one that no page needs.
 * Gives such a file without its encryption entry, so that they don't; undefined for any other.
 */
export function withoutAttachmentLock(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  // One character a byte, whatever the bytes are.
  const text = new TextDecoder('latin1').decode(bytes)
  const places = [...text.matchAll(/\/Encrypt(?=[\s<])/g)].map(({ index }) => index)
  if (places.length === 0 || !places.every((at) => locksAttachmentsAlone(dictionaryAt(text, at + NAME.length)))) {
    return undefined
  }
  const open = new Uint8Array(bytes)
  for (const at of places) open.set(new TextEncoder().encode(OTHER_NAME), at)
  return open
}

/** The dictionary that an entry's value is, or leads to. */
function dictionaryAt(text: string, at: number): string | undefined {
  const value = text.slice(at, at + LONGEST_DICTIONARY)
  if (/^\s*<</.test(value)) return value
  const reference = /^\s*(\d{1,10})\s+(\d{1,5})\s+R\b/.exec(value)
  if (!reference) return undefined
  const head = `${reference[1]} ${reference[2]} obj`
  // The last one counts: files are changed by appending.
  for (let found = text.lastIndexOf(head); found >= 0; found = found > 0 ? text.lastIndexOf(head, found - 1) : -1) {
    if (!/\d/.test(text[found - 1] ?? '')) return text.slice(found, found + LONGEST_DICTIONARY).split('endobj', 1)[0]
  }
  return undefined
}

/** Both filters are `Identity` where they are not named; before version 4 there were none. */
function locksAttachmentsAlone(dictionary: string | undefined): boolean {
  if (dictionary === undefined || !/\/V\s+[45]\b/.test(dictionary)) return false
  return ['StmF', 'StrF'].every((entry) => {
    const named = new RegExp(`/${entry}\\s*/([^\\s/<>\\[\\]()]+)`).exec(dictionary)
    return named === null || named[1] === 'Identity'
  })
}
