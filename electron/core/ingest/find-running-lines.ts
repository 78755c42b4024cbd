import type { TextRange } from '#contract/search.ts'
import { isCaption } from './is-caption.ts'

/** How many lines at a page's top and bottom may be running ones. */
const MARGIN_LINES = 3
const FEWEST_PAGES = 3
/** Of all pages; or this often among the pages around, for headers that change with the chapter. */
const SHARE_OF_PAGES = 0.3
const NEIGHBOURS = 5
const FEWEST_NEIGHBOURS = 4
const MOST_CHARACTERS = 120
/** Headings of this level and above are larger than the text. */
const LEAST_LARGE_LEVEL = 3

/**
 * The running headers, footers and page numbers of a document: for each page,
 * the ranges of its text that are no part of what it says. A running line is among
 * the first or last three of a page, with none but running lines before or after
 * it, and recurs, digits aside, on a third of the pages (or of the pages around);
 * a number alone there is a page number.
 */
export function findRunningLines(pages: readonly { text: string; headings: readonly number[] }[]): TextRange[][] {
  const margins = pages.map(marginsOf)
  const pagesOfKey = new Map<string, number[]>()
  margins.forEach(({ top, bottom }, index) => {
    for (const key of new Set([...top, ...bottom].map((line) => line.key))) {
      if (key) pagesOfKey.set(key, [...(pagesOfKey.get(key) ?? []), index])
    }
  })
  const textPageCount = pages.filter((page) => page.text.trim()).length
  const recurs = (key: string, index: number) => {
    const found = pagesOfKey.get(key) ?? []
    if (found.length >= Math.max(FEWEST_PAGES, SHARE_OF_PAGES * textPageCount)) return true
    return found.filter((other) => Math.abs(other - index) <= NEIGHBOURS).length >= FEWEST_NEIGHBOURS
  }
  return margins.map(({ top, bottom }, index) => {
    const isRunning = (line: MarginLine) =>
      isPageNumber(line.text) || (line.key !== undefined && recurs(line.key, index))
    return [...takeWhile(top, isRunning), ...takeWhile(bottom, isRunning).reverse()].map(({ start, end }) => ({
      start,
      end,
    }))
  })
}

function takeWhile<T>(values: readonly T[], holds: (value: T) => boolean): T[] {
  const end = values.findIndex((value) => !holds(value))
  return end < 0 ? [...values] : values.slice(0, end)
}

const SENTENCE_END = /[.?!।]["”’)]*$/

interface MarginLine extends TextRange {
  text: string
  /** What recurs: without case, digits and spacing; undefined for a line that can't be a running one. */
  key: string | undefined
}

/** The first lines of a page from the top, and its last from the bottom; a short page's lines are in the first half of either. */
function marginsOf({ text, headings }: { text: string; headings: readonly number[] }): {
  top: MarginLine[]
  bottom: MarginLine[]
} {
  // "Part 1" and "Part 2" in large type are headings, as "See article 3." is text; a banner is the same each time.
  const isLarge = (at: number) => {
    for (let i = 0; i + 3 <= headings.length; i += 3) {
      const [start = 0, length = 0, level = 0] = headings.slice(i, i + 3)
      if (level <= LEAST_LARGE_LEVEL && start <= at && at < start + length) return true
    }
    return false
  }
  const lines: MarginLine[] = []
  for (const match of text.matchAll(/[^\n]*\S[^\n]*/g)) {
    const line = match[0].trim()
    const start = match.index + match[0].indexOf(line)
    lines.push({
      start,
      end: start + line.length,
      text: line,
      key: keyOf(line, isLarge(start) || SENTENCE_END.test(line)),
    })
  }
  const top = lines.slice(0, Math.min(MARGIN_LINES, Math.ceil(lines.length / 2)))
  return { top, bottom: lines.slice(top.length).slice(-MARGIN_LINES).reverse() }
}

function keyOf(line: string, isExact: boolean): string | undefined {
  if (line.length > MOST_CHARACTERS || !/[\p{L}\p{M}]/u.test(line) || isCaption(line)) return undefined
  const plain = line.toLowerCase().replace(/\s+/g, ' ')
  return isExact ? plain : plain.replace(/\p{Nd}+/gu, '#')
}

/** "18", "- 18 -", "Page 3 of 10", "xiv", "१८". */
function isPageNumber(line: string): boolean {
  return /^(?:page\s*|पृष्ठ\s*)?[[(|–—-]*\s*(?:\p{Nd}{1,4}|[ivxlc]{1,7})\s*(?:(?:of|\/)\s*\p{Nd}{1,4})?\s*[\])|–—-]*$/iu.test(
    line,
  )
}
