/** A stretch of a page's text. */
export interface QuotePlace {
  pageNumber: number
  startOffset: number
  endOffset: number
}

/** Words of a quote that are compared when it is not there letter for letter. */
const MOST_WORDS = 200
/** Shorter quotes are everywhere by half. */
const FEWEST_WORDS = 5
/** Share of a quote's words that must stand in the same order. */
const ALIKE = 0.8
/** Stretches of a page that hold as many of a quote's words, and are compared in order. */
const MOST_WINDOWS = 12
/** Pages whose words are compared in order, the likeliest first. */
const MOST_PAGES = 5

interface Letters {
  text: string
  /** Where each letter stands in the page's text. */
  offsets: number[]
}

interface Word {
  text: string
  start: number
  end: number
}

/**
 * Finds quotes again in the pages of another version of their document. First
 * letter for letter, whatever happened to spaces, line ends, case and punctuation,
 * on the page nearest to where it was; then nearly so: at least 80 % of its words
 * in their order within a stretch of about its length. What is found is the new
 * version's own text.
 */
export function makeQuoteFinder(pages: readonly { pageNumber: number; text: string }[]) {
  const letters = new Map<number, Letters>()
  const words = new Map<number, Word[]>()

  const lettersOn = (page: { pageNumber: number; text: string }) =>
    remember(letters, page.pageNumber, () => readLetters(page.text))
  const wordsOn = (page: { pageNumber: number; text: string }) =>
    remember(words, page.pageNumber, () => readWords(page.text))

  function findExactly(quote: string, near: number): QuotePlace | undefined {
    const wanted = readLetters(quote).text
    if (wanted === '') return undefined
    const nearestFirst = [...pages].sort((a, b) => Math.abs(a.pageNumber - near) - Math.abs(b.pageNumber - near))
    for (const page of nearestFirst) {
      const { text, offsets } = lettersOn(page)
      const at = text.indexOf(wanted)
      if (at < 0) continue
      const startOffset = offsets[at] ?? 0
      return {
        pageNumber: page.pageNumber,
        startOffset,
        endOffset: endAfter(page.text, offsets[at + wanted.length - 1] ?? startOffset),
      }
    }
    return undefined
  }

  function findNearly(quote: string): QuotePlace | undefined {
    const wanted = readWords(quote)
      .slice(0, MOST_WORDS)
      .map(({ text }) => text)
    if (wanted.length < FEWEST_WORDS) return undefined
    const distinct = new Set(wanted)
    const likely = pages
      .map((page) => {
        const there = new Set(wordsOn(page).map(({ text }) => text))
        return { page, share: [...distinct].filter((word) => there.has(word)).length / distinct.size }
      })
      .filter(({ share }) => share >= ALIKE)
      .sort((a, b) => b.share - a.share)
      .slice(0, MOST_PAGES)
    let best: (QuotePlace & { likeness: number }) | undefined
    for (const { page } of likely) {
      const found = matchWords(wanted, wordsOn(page))
      if (found && found.likeness > (best?.likeness ?? 0)) best = { pageNumber: page.pageNumber, ...found }
    }
    if (!best || best.likeness < ALIKE) return undefined
    const { likeness: _, ...place } = best
    return place
  }

  return {
    find: (quote: string, near: { pageNumber: number }): QuotePlace | undefined =>
      findExactly(quote, near.pageNumber) ?? findNearly(quote),
  }
}

function remember<Value>(known: Map<number, Value>, key: number, make: () => Value): Value {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}

function readLetters(text: string): Letters {
  const offsets: number[] = []
  let letters = ''
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]/gu)) {
    const folded = match[0].normalize('NFKC').toLowerCase()
    letters += folded
    for (let i = 0; i < folded.length; i++) offsets.push(match.index)
  }
  return { text: letters, offsets }
}

/** Behind a letter, with the sentence mark that closes it. */
function endAfter(text: string, offset: number): number {
  const end = offset + ((text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1)
  return end + (/^[.!?।”"’')\]]+/u.exec(text.slice(end, end + 3))?.[0].length ?? 0)
}

function readWords(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((match) => ({
    text: match[0].normalize('NFKC').toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** The stretch of a page that shares the most words with the quote, and how many of them in their order. */
function matchWords(
  wanted: readonly string[],
  page: readonly Word[],
): { startOffset: number; endOffset: number; likeness: number } | undefined {
  const width = Math.ceil(wanted.length * 1.2)
  const counts = new Map<string, number>()
  for (const word of wanted) counts.set(word, (counts.get(word) ?? 0) + 1)
  // How many of the quote's words a window of the page holds, moved on one word at a time.
  const left = new Map(counts)
  const take = (word: string, by: 1 | -1) => {
    const before = left.get(word)
    if (before === undefined) return 0
    left.set(word, before - by)
    return by === 1 ? (before > 0 ? 1 : 0) : before >= 0 ? -1 : 0
  }
  let held = 0
  let best = { held: 0, froms: [0] }
  page.forEach((word, index) => {
    held += take(word.text, 1)
    const gone = page[index - width]
    if (gone) held += take(gone.text, -1)
    const from = Math.max(0, index - width + 1)
    if (held > best.held) best = { held, froms: [from] }
    else if (held === best.held && best.froms.at(-1) !== from) best.froms.push(from)
  })
  if (best.held < ALIKE * wanted.length) return undefined
  // Windows that hold as many words differ in how many of them are in order: one may have a word of the sentence before for one at the end.
  const found = spread(best.froms, MOST_WINDOWS).map((from) => {
    const window = page.slice(from, from + width)
    const common = longestCommon(wanted, window)
    return { length: common.length, first: window[common.first], last: window[common.last] }
  })
  const longest = found.reduce((a, b) => (b.length > a.length ? b : a))
  if (!longest.first || !longest.last) return undefined
  const { first, last, length } = longest
  return { startOffset: first.start, endOffset: last.end, likeness: length / wanted.length }
}

/** At most so many of a list, the first and the last among them. */
function spread<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items]
  return Array.from({ length: most }, (_, n) => items[Math.round((n * (items.length - 1)) / (most - 1))] as Item)
}

/** The longest sequence of words in both, in order: its length, and where it begins and ends in the window. */
function longestCommon(wanted: readonly string[], window: readonly Word[]) {
  type Run = { length: number; first: number; last: number }
  const none: Run = { length: 0, first: -1, last: -1 }
  let above: Run[] = Array.from({ length: window.length + 1 }, () => none)
  for (const word of wanted) {
    const row: Run[] = [none]
    window.forEach((other, j) => {
      const diagonal = above[j] ?? none
      const [up, side] = [above[j + 1] ?? none, row[j] ?? none]
      if (other.text === word) {
        row.push({ length: diagonal.length + 1, first: diagonal.length === 0 ? j : diagonal.first, last: j })
      } else row.push(up.length >= side.length ? up : side)
    })
    above = row
  }
  return above.at(-1) ?? none
}
