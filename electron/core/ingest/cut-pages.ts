import type { ExtractedPage } from '../ports.ts'
import type { TextBlock } from './read-markdown.ts'
import { splitSentences } from './split-sentences.ts'

/** About what a book page holds. */
const MOST_CHARACTERS = 3000
/** From here on a heading begins a new page. */
const FULL_ENOUGH = 1500
/** A heading wants this much room below it. */
const ROOM_FOR_HEADING = 300

/**
 * Cuts a text without pages into some of at most 3,000 characters (and a heading), at headings
 * and between blocks; a longer block is cut between lines, else sentences. Pages
 * have no size and no boxes.
 */
export function cutPages(blocks: readonly TextBlock[]): ExtractedPage[] {
  const pages: ExtractedPage[] = []
  let page = emptyPage(1)
  const close = () => {
    if (page.text) pages.push(page)
    page = emptyPage(pages.length + 1)
  }
  for (const block of blocks.flatMap(cutBlock)) {
    const isHeading = block.headingLevel !== undefined
    const room = MOST_CHARACTERS - page.text.length
    const isTight = block.text.length + 2 > room || (isHeading && room < ROOM_FOR_HEADING)
    // A heading never stands on a page by itself for want of room: what it introduces goes with it.
    if (page.text && !endsInHeading(page) && (isTight || (isHeading && page.text.length >= FULL_ENOUGH))) close()
    if (page.text) page.text += '\n\n'
    if (block.headingLevel !== undefined) page.headings.push(page.text.length, block.text.length, block.headingLevel)
    page.text += block.text
  }
  close()
  return pages
}

function endsInHeading({ text, headings }: ExtractedPage): boolean {
  const [start = 0, length = 0] = headings.slice(-3)
  return headings.length > 0 && start + length === text.length
}

function emptyPage(pageNumber: number): ExtractedPage {
  return { pageNumber, width: 0, height: 0, text: '', boxes: [], headings: [] }
}

function cutBlock(block: TextBlock): TextBlock[] {
  const { text } = block
  if (text.length <= MOST_CHARACTERS) return [block]
  return pack(lineStarts(text), text).flatMap((part) =>
    part.length <= MOST_CHARACTERS
      ? [{ text: part }]
      : pack(
          splitSentences(part).map(({ start }) => start),
          part,
        ).flatMap(cutHard),
  )
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n(?=\S)/g)].map((match) => match.index + 1)]
}

/** As few parts as hold the pieces that begin at `starts`, none over the limit unless one piece is. */
function pack(starts: readonly number[], text: string): string[] {
  const parts: string[] = []
  let from = 0
  starts.forEach((start, index) => {
    const end = starts[index + 1] ?? text.length
    if (end - from > MOST_CHARACTERS && start > from) {
      parts.push(text.slice(from, start).trim())
      from = start
    }
  })
  parts.push(text.slice(from).trim())
  return parts.filter(Boolean)
}

/** A text without a line or sentence end: between words, or anywhere. */
function cutHard(text: string): TextBlock[] {
  const parts: TextBlock[] = []
  let rest = text
  while (rest.length > MOST_CHARACTERS) {
    const space = rest.lastIndexOf(' ', MOST_CHARACTERS)
    const at = space > MOST_CHARACTERS / 2 ? space : MOST_CHARACTERS
    parts.push({ text: rest.slice(0, at).trim() })
    rest = rest.slice(at).trim()
  }
  return [...parts, { text: rest }]
}
