/** Thresholds found on 1,500 book pages and 3,500 textbook pages against 51 pages set in legacy Indic fonts. */
export const FEWEST_CHARACTERS = 40
const MOST_GARBAGE = 0.05
const MOST_SYMBOLS = 0.12
const FEWEST_STOPWORDS = 0.1

/**
 * Whether a page's text layer can be trusted. `text` is as extracted, before
 * anything is cleaned away; `paintsPictures` is asked only when there is next to
 * no text.
 *
 * text: words to search · empty: nothing is drawn · unreadable: there is something
 * to read, but not as text: a scan, a damaged character map, or a legacy font
 * (Kruti Dev and kin) whose letters are stored as unrelated Latin-1 characters.
 */
export async function judgePage(
  text: string,
  paintsPictures: () => Promise<boolean>,
): Promise<'text' | 'empty' | 'unreadable'> {
  const visible = text.replace(/\s/gu, '')
  if (visible.length < FEWEST_CHARACTERS && (await paintsPictures())) return 'unreadable'
  if (visible.length === 0) return 'empty'
  return readsAsText(text) ? 'text' : 'unreadable'
}

/** Whether a text's letters are what is printed: neither of a damaged character map nor of a legacy font. */
export function readsAsText(text: string): boolean {
  const visible = text.replace(/\s/gu, '')
  if (share(visible, GARBAGE) > MOST_GARBAGE) return false
  return share(visible, SYMBOLS) <= MOST_SYMBOLS || stopwordShare(text) >= FEWEST_STOPWORDS
}

/** Private use (except the bullets of Symbol and Wingdings), unassigned, control and replacement characters. */
const GARBAGE = /(?![\uf0a7\uf0a8\uf0b7\uf0d8\uf076\uf0fc\uf06e\uf0b2])[\p{Co}\p{Cn}\p{Cc}\ufffd]/gu
const SYMBOLS = /[\u00a1-\u00ff]|\p{S}/gu

const STOPWORDS = new Set(
  (
    'the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which ' +
    'one you were all her she there would their we him been has when who will no more if out so up said what its about ' +
    'than into them can only other time new some could these two may first then do any like my now over such our man'
  ).split(' '),
)

function share(text: string, pattern: RegExp): number {
  return (text.match(pattern)?.length ?? 0) / Math.max(1, text.length)
}

function stopwordShare(text: string): number {
  const words = text.toLowerCase().match(/\S+/g) ?? []
  const known = words.filter((word) => STOPWORDS.has(word.replace(/[^a-z]/g, '')))
  return known.length / Math.max(1, words.length)
}
