import type { TextRange } from '#contract/search.ts'

/** A stretch of a page's text under one heading, running lines apart. */
export interface Section {
  pageNumber: number
  pageText: string
  start: number
  end: number
  /** The headings above it, outermost first. */
  headings: string[]
}

interface PageOfText {
  pageNumber: number
  text: string
  headings: readonly number[]
}

interface Heading {
  text: string
  level: number
}

/** A heading that recurs so often names a box ("Activity", "Check your progress"), not a part of the document. */
const BOX_COUNT = 3
/** A heading nothing follows is text of its own if it says this much. */
const FEWEST_WORDS = 4
/** A label of the heading below it: "Chapter One". */
const LABEL = /^(?:chapter|unit|part|lesson|module|section|book|appendix|अध्याय|पाठ|इकाई)\s+\S{1,12}$/i
const LABELLED = /^(?:chapter|unit|part|lesson|module|section|book|appendix|अध्याय|पाठ|इकाई)\s/i

/**
 * Cuts pages at their headings and running lines (`cuts`, for each page). The
 * path of headings is carried from page to page; a box's heading holds for the
 * rest of its page only, since what follows there is the document's own text again.
 */
export function* splitSections(
  pages: readonly PageOfText[],
  cuts: readonly (readonly TextRange[])[],
): Generator<Section> {
  const boxes = findBoxHeadings(pages)
  const path: Heading[] = []
  for (const [index, page] of pages.entries()) {
    const marks = marksOf(page, cuts[index] ?? [])
    let box: string | undefined
    let label: string | undefined
    let position = 0
    let isPageEmpty = true
    const section = (start: number, end: number, headings: string[]): Section[] => {
      if (!/[\p{L}\p{N}]/u.test(page.text.slice(start, end))) return []
      isPageEmpty = false
      return [{ pageNumber: page.pageNumber, pageText: page.text, start, end, headings }]
    }
    const names = () => [...path.map(({ text }) => text), ...(box === undefined ? [] : [box])]

    for (const [at, mark] of marks.entries()) {
      const before = section(position, mark.start, names())
      yield* before
      position = mark.end
      if (mark.level === undefined) continue
      const text = page.text.slice(mark.start, mark.end).replace(/\s+/g, ' ').trim()
      if (LABEL.test(text)) {
        label = text
        continue
      }
      const heading = label === undefined ? text : `${label}: ${text}`
      label = undefined
      if (boxes.has(keyOf(text))) {
        box = heading
        continue
      }
      box = undefined
      while (path.length > 0 && (path.at(-1)?.level ?? 0) >= mark.level) path.pop()
      const next = marks[at + 1]
      const isBare = !/[\p{L}\p{N}]/u.test(page.text.slice(mark.end, next?.start ?? page.text.length))
      const isParent = next?.level !== undefined && next.level > mark.level
      if (isBare && !isParent && text.split(' ').length >= FEWEST_WORDS) yield* section(mark.start, mark.end, names())
      path.push({ text: heading, level: mark.level })
    }
    yield* section(position, page.text.length, names())
    // A title page has headings alone: its words are found all the same.
    if (isPageEmpty) yield* titlePage(page, cuts[index] ?? [])
  }
}

function* titlePage(page: PageOfText, cuts: readonly TextRange[]): Generator<Section> {
  let position = 0
  for (const end of [...cuts.map((cut) => cut.start), page.text.length].sort((a, b) => a - b)) {
    const cut = cuts.find(({ start }) => start === end)
    if (/\p{L}/u.test(page.text.slice(position, end))) {
      yield { pageNumber: page.pageNumber, pageText: page.text, start: position, end, headings: [] }
    }
    position = cut?.end ?? end
  }
}

/** Headings and cuts of a page in order; a running line that looks like a heading is none. */
function marksOf(page: PageOfText, cuts: readonly TextRange[]): (TextRange & { level?: number })[] {
  const marks: (TextRange & { level?: number })[] = cuts.map(({ start, end }) => ({ start, end }))
  for (const { start, end, level } of headingsOf(page)) {
    if (!cuts.some((cut) => cut.start < end && start < cut.end)) marks.push({ start, end, level })
  }
  return marks.sort((a, b) => a.start - b.start)
}

function headingsOf(page: PageOfText): (TextRange & { level: number })[] {
  const found: (TextRange & { level: number })[] = []
  for (let i = 0; i + 3 <= page.headings.length; i += 3) {
    const [start = 0, length = 0, level = 1] = page.headings.slice(i, i + 3)
    found.push({ start, end: start + length, level })
  }
  return found
}

function findBoxHeadings(pages: readonly PageOfText[]): Set<string> {
  const counts = new Map<string, number>()
  for (const page of pages) {
    for (const { start, end } of headingsOf(page)) {
      const text = page.text.slice(start, end)
      if (LABELLED.test(text)) continue
      const key = keyOf(text)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  return new Set([...counts].filter(([, count]) => count >= BOX_COUNT).map(([key]) => key))
}

function keyOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}]+/gu, ' ')
    .trim()
}
