import type { RecognisedPage, TextBoxes } from '../ports.ts'
import { TEXT_BOX_STRIDE } from '../ports.ts'

/** A page as a picture, in grey: all that recognition looks at. */
export interface PageImage {
  /** Pixels. */
  width: number
  height: number
  /** Row by row from the top left, 0 is black. */
  grey: Uint8Array
  /** Points of the page as shown that a pixel measures. */
  pointsPerPixel: number
}

/** Quarter turns clockwise. */
export type QuarterTurns = 0 | 1 | 2 | 3

/** The picture turned clockwise. */
export function turnImage(image: PageImage, turns: QuarterTurns): PageImage {
  if (turns === 0) return image
  const { width, height, grey } = image
  const turned = new Uint8Array(grey.length)
  if (turns === 2) {
    for (let at = 0; at < grey.length; at++) turned[grey.length - 1 - at] = grey[at] ?? 0
    return { ...image, grey: turned }
  }
  // A row of what is turned is a column of what it was.
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const [row, column] = turns === 1 ? [x, height - 1 - y] : [width - 1 - x, y]
      turned[row * height + column] = grey[at] ?? 0
    }
  }
  return { ...image, width: height, height: width, grey: turned }
}

/** A page that was read turned, with its boxes where the words stand on the page as it is shown. */
export function turnBack<Page extends Pick<RecognisedPage, 'width' | 'height' | 'boxes'>>(
  page: Page,
  turns: QuarterTurns,
): Page {
  if (turns === 0) return page
  const boxes: TextBoxes = []
  for (let i = 0; i + TEXT_BOX_STRIDE <= page.boxes.length; i += TEXT_BOX_STRIDE) {
    const [start = 0, length = 0, x = 0, y = 0, width = 0, height = 0] = page.boxes.slice(i, i + TEXT_BOX_STRIDE)
    const [right, bottom] = [page.width - (x + width), page.height - (y + height)]
    if (turns === 1) boxes.push(start, length, y, right, height, width)
    else if (turns === 2) boxes.push(start, length, right, bottom, width, height)
    else boxes.push(start, length, bottom, x, height, width)
  }
  const size = turns === 2 ? {} : { width: page.height, height: page.width }
  return { ...page, ...size, boxes }
}

/** Wide enough for a dozen letters, narrow enough that a page held askew by a degree or two keeps its lines apart. */
const STRIP_PIXELS = 256
/** Of print it comes to two and more. */
const CLEARLY = 1.4

/**
 * Which way the lines of a page run: along lines of text the paper changes between
 * black and white letter by letter, across them row by row, all letters at once.
 */
export function lineDirection({ width, height, grey }: Pick<PageImage, 'width' | 'height' | 'grey'>) {
  const across = changes(grey, { outer: width, inner: height, outerStep: 1, innerStep: width })
  const down = changes(grey, { outer: height, inner: width, outerStep: width, innerStep: 1 })
  if (across > down * CLEARLY) return 'level'
  return down > across * CLEARLY ? 'upright' : 'unknown'
}

/** How much the sums over a strip differ from one row to the next, over all strips. */
function changes(
  grey: Uint8Array,
  { outer, inner, outerStep, innerStep }: { outer: number; inner: number; outerStep: number; innerStep: number },
): number {
  let total = 0
  for (let from = 0; from < outer; from += STRIP_PIXELS) {
    const to = Math.min(outer, from + STRIP_PIXELS)
    let before: number | undefined
    for (let i = 0; i < inner; i++) {
      let sum = 0
      for (let o = from, at = i * innerStep + from * outerStep; o < to; o++, at += outerStep) sum += grey[at] ?? 0
      if (before !== undefined) total += (sum - before) ** 2
      before = sum
    }
  }
  return total
}

/** Enough for some lines of text. */
const BAND_PIXELS = 320

/** The band of a picture's rows with the most writing: what changes most often from black to white. */
export function busiestBand(image: PageImage): PageImage {
  const { width, height, grey } = image
  if (height <= BAND_PIXELS) return image
  const edges = Array.from({ length: height }, (_, y) => {
    let count = 0
    for (let at = y * width + 1; at < (y + 1) * width; at++) {
      if (Math.abs((grey[at] ?? 0) - (grey[at - 1] ?? 0)) > 64) count++
    }
    return count
  })
  let held = edges.slice(0, BAND_PIXELS).reduce((sum, count) => sum + count, 0)
  let best = { held, top: 0 }
  for (let top = 1; top + BAND_PIXELS <= height; top++) {
    held += (edges[top + BAND_PIXELS - 1] ?? 0) - (edges[top - 1] ?? 0)
    if (held > best.held) best = { held, top }
  }
  return { ...image, height: BAND_PIXELS, grey: grey.subarray(best.top * width, (best.top + BAND_PIXELS) * width) }
}
