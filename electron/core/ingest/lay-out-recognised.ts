import type { ExtractedPage } from '../ports.ts'
import { gatherLines } from './layout/gather-lines.ts'
import { layOutPage } from './layout/lay-out-page.ts'
import { orderLines } from './layout/order-lines.ts'
import type { TextRun } from './layout/text-run.ts'

/** A line of letters as an engine recognised it; points from the top left of the page as shown. */
export interface RecognisedLine {
  /** y of the line the letters stand on, in its middle where it is not level. */
  baseline: number
  /** Height of the row. */
  size: number
  words: RecognisedWord[]
}

export interface RecognisedWord {
  text: string
  /** 0 to 100. */
  confidence: number
  x: number
  y: number
  width: number
  height: number
}

/** Lines below it are pictures, stamps and stains taken for letters; a good line may have a bad word. */
const LEAST_MEDIAN_CONFIDENCE = 40
/** Row heights of one type size vary with its letters; what differs by more is set larger. */
const SAME_SIZE = 1.22

/**
 * Writes a recognised page as its one text, by the same rules as a page with a
 * text layer, so that chunks, highlights and citations need not know the difference.
 * Lines come in the engine's reading order, column after column.
 */
export function layOutRecognised(
  page: { pageNumber: number; width: number; height: number },
  lines: readonly RecognisedLine[],
): ExtractedPage {
  const kept = lines
    .filter(({ words }) => median(words.map(({ confidence }) => confidence)) >= LEAST_MEDIAN_CONFIDENCE)
    .map(dropDust)
  const usual = usualSize(kept)
  const runs = kept.flatMap(({ words, baseline, size }) => {
    const isUsual = size <= usual * SAME_SIZE && size >= usual / SAME_SIZE
    return words.map(
      ({ text, x, y, width, height }, index): TextRun => ({
        text: `${mendDanda(text)} `,
        x,
        y,
        width,
        height,
        baseline,
        size: isUsual ? usual : size,
        font: 'recognised',
        endsLine: index === words.length - 1,
        turned: false,
      }),
    )
  })
  const ordered = orderLines(gatherLines(runs), page)
  return layOutPage({ ...page, lines: ordered }, usual || undefined)
}

/** A speck beside a line is taken for a mark of punctuation, far from its words and not surely. */
const DUST_GAP = 1.5
const SURE_MARK = 75

/** A line without the specks at its ends; marks between words, and sure ones such as bullets, stay. */
function dropDust(line: RecognisedLine): RecognisedLine {
  const words = [...line.words]
  const isDust = (word: RecognisedWord | undefined, gap: number) =>
    word !== undefined && word.confidence < SURE_MARK && gap > line.size * DUST_GAP && !/[\p{L}\p{N}]/u.test(word.text)
  const gap = (a = words[0], b = words[0]) => (a && b ? b.x - (a.x + a.width) : 0)
  while (words.length > 1 && isDust(words[0], gap(words[0], words[1]))) words.shift()
  while (words.length > 1 && isDust(words.at(-1), gap(words.at(-2), words.at(-1)))) words.pop()
  return { ...line, words }
}

/** The size of most letters. */
function usualSize(lines: readonly RecognisedLine[]): number {
  return median(lines.flatMap(({ words, size }) => words.flatMap(({ text }) => Array.from(text, () => size))))
}

/** 0 for none. */
function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0
}

/** A danda is often taken for the bar it looks like. */
function mendDanda(word: string): string {
  return word.replace(/(?<=[\u0900-\u097f]["'”’)]?)\|{1,2}$/, (bars) => (bars.length === 2 ? '॥' : '।'))
}
