import type { TextRun } from '../ingest/layout/text-run.ts'
import type { PdfiumEngine } from './pdfium-engine.ts'
import { type Spacing, textsOfLine } from './pdfium-letter-spacing.ts'
import { ascentOf, descentOf } from './pdfjs-text-runs.ts'

/** A PDF transform [a b c d e f]. */
export type Transform = readonly [number, number, number, number, number, number]

/** Of the font size: a wider gap parts two runs, as in pdf.js. */
const WIDEST_SPACE = 0.6
/** Of the font size: letters of one run overlap by no more. */
const MOST_OVERLAP = 0.2
/** Of the font size: letters of one line stand on it to within this. */
const MOST_DROP = 0.1

/** Of a text's direction to the right: with less it is turned. */
const UPRIGHT = 0.9

const NEWLINE = 10
const CARRIAGE_RETURN = 13
const BLANK = 32
const HYPHEN = 45
const NO_BREAK_SPACE = 0xa0
/** What stands for a hyphen at the end of a line. */
const HYPHEN_MARK = 2
const REPLACEMENT = 0xfffd

/** A space by itself: what parts two runs. */
const SPACE: TextRun = {
  text: ' ',
  x: 0,
  y: 0,
  width: 0,
  height: 0,
  baseline: 0,
  size: 0,
  font: '',
  endsLine: false,
  turned: false,
}

/** How the letters of a text object are set on the page as shown; `along` its line and `up` from it are unit vectors. */
interface Setting {
  font: number
  size: number
  alongX: number
  alongY: number
  upX: number
  upY: number
  /** Upright in the page's own space. */
  isUpright: boolean
}

interface Run {
  setting: Setting
  /** Where its first letter stands. */
  x: number
  y: number
  codes: number[]
  /** What each of `codes` is: a letter, by its index on the page, or a space. */
  origins: (number | Exclude<Spacing, 'line'>)[]
  /** Of its last letter: its index, and how far along the line it begins. */
  last: number
  lastAt: number
  /** What stands between it and the run after it on the same line. */
  spaceAfter: boolean
  /** The next one is on another line, which is not to be seen from their places where they are turned. */
  endsLine: boolean
}

interface Point {
  x: number
  y: number
}

/**
 * The letters that PDFium found on a page (`text` is an FPDF_TEXTPAGE) as runs on the
 * page as shown: stretches of one font, size and baseline without a wide gap.
 * `viewport` leads from the page's own space to there, as pdf.js' viewport does.
 */
export function readTextRuns(engine: PdfiumEngine, text: number, viewport: Transform): TextRun[] {
  const { functions, scratch } = engine
  const [va, vb, vc, vd, ve, vf] = viewport
  const runs: TextRun[] = []
  const styles = new Map<number, { ascent: number; descent: number }>()

  const standOf = (index: number): Point => {
    functions.FPDFText_GetCharOrigin(text, index, scratch, scratch + 8)
    const place = engine.doubles()
    const px = place[0] as number
    const py = place[1] as number
    return { x: va * px + vc * py + ve, y: vb * px + vd * py + vf }
  }

  const readSetting = (index: number, object: number): Setting => {
    functions.FPDFText_GetMatrix(text, index, scratch)
    const [a = 1, b = 0, c = 0, d = 1] = engine.floats()
    const [alongX, alongY] = [va * a + vc * b, vb * a + vd * b]
    const [upX, upY] = [va * c + vc * d, vb * c + vd * d]
    const alongLength = Math.hypot(alongX, alongY) || 1
    const upLength = Math.hypot(upX, upY)
    return {
      font: object && functions.FPDFTextObj_GetFont(object),
      size: upLength * Math.abs(functions.FPDFText_GetFontSize(text, index)),
      alongX: alongX / alongLength,
      alongY: alongY / alongLength,
      upX: upLength > 0 ? upX / upLength : 0,
      upY: upLength > 0 ? upY / upLength : -1,
      isUpright: a > 0 && b === 0,
    }
  }

  const styleOf = (font: number) => {
    const style = styles.get(font) ?? readStyle(engine, font)
    styles.set(font, style)
    return style
  }

  /** Where the advance of a letter ends, from where the run begins. */
  const endOf = (run: Run, index: number): number => {
    const { left, right, bottom, top } = letterBox(engine, text, index, run.setting.isUpright)
    const along = (px: number, py: number) => alongLine(run, { x: va * px + vc * py + ve, y: vb * px + vd * py + vf })
    if (run.setting.isUpright && vb === 0) return Math.max(0, along(right, bottom))
    return Math.max(along(left, bottom), along(right, bottom), along(left, top), along(right, top), 0)
  }

  const goesOn = (run: Run, at: Point, next: Setting): boolean => {
    const { setting } = run
    if (next !== setting && (next.font !== setting.font || !isNear(next.size, setting.size))) return false
    if (!isOnLine(run, at, next)) return false
    const gap = alongLine(run, at) - endOf(run, run.last)
    return gap > -MOST_OVERLAP * setting.size && gap < WIDEST_SPACE * setting.size
  }

  let line: Run[] = []
  const finishLine = () => {
    const texts = textsOfLine(line, (run, index) => ({
      from: alongLine(run, standOf(index)),
      to: endOf(run, index),
    }))
    line.forEach((run, at) => {
      runs.push(toTextRun(run, texts[at] ?? '', endOf(run, run.last), styleOf(run.setting.font)))
      if (run.spaceAfter) runs.push(SPACE)
    })
    line = []
  }

  let run: Run | undefined
  let object = 0
  let setting: Setting | undefined
  /** What stands before the letter to come. */
  let space: Spacing | undefined
  const count = functions.FPDFText_CountChars(text)
  for (let index = 0; index < count; index++) {
    let code = functions.FPDFText_GetUnicode(text, index)
    if (code === NEWLINE || code === CARRIAGE_RETURN) {
      space ??= 'line'
      continue
    }
    if (code === BLANK || code === NO_BREAK_SPACE) {
      if (space !== 'drawn') space = functions.FPDFText_IsGenerated(text, index) ? 'seen' : 'drawn'
      continue
    }
    if (code === HYPHEN_MARK && functions.FPDFText_IsHyphen(text, index)) code = HYPHEN
    const itsObject = functions.FPDFText_GetTextObject(text, index)
    const isOther = itsObject !== object
    if (setting === undefined || isOther) setting = readSetting(index, itsObject)
    object = itsObject
    const at = standOf(index)
    // A text may go back within itself, to print its letters once more.
    const mayEnd = run !== undefined && (isOther || space !== undefined || alongLine(run, at) < run.lastAt)
    if (run && mayEnd && !goesOn(run, at, setting)) {
      run.spaceAfter = space === 'drawn' || space === 'seen'
      if (!isOnLine(run, at, setting)) {
        run.endsLine = run.setting.alongX < UPRIGHT
        finishLine()
      }
      run = undefined
    }
    if (run && space) {
      run.codes.push(BLANK)
      run.origins.push(space === 'drawn' ? 'drawn' : 'seen')
    }
    if (!run) {
      run = { setting, ...at, codes: [], origins: [], last: index, lastAt: 0, spaceAfter: false, endsLine: false }
      line.push(run)
    }
    run.codes.push(code || REPLACEMENT)
    run.origins.push(index)
    run.last = index
    run.lastAt = alongLine(run, at)
    space = undefined
  }
  finishLine()
  return runs
}

/** How far a point is from where the run begins, along its line. */
function alongLine({ setting, x, y }: Run, at: Point): number {
  return (at.x - x) * setting.alongX + (at.y - y) * setting.alongY
}

function isOnLine({ setting, x, y }: Run, at: Point, next: Setting): boolean {
  if (next.alongX * setting.alongX + next.alongY * setting.alongY < 0.99) return false
  return Math.abs((at.x - x) * setting.upX + (at.y - y) * setting.upY) <= MOST_DROP * setting.size
}

function isNear(size: number, other: number): boolean {
  return Math.abs(size - other) <= 0.01 * other
}

/**
 * A letter and its advance, in the page's own space. PDFium tells that of letters which
 * stand upright there; of turned ones it tells the outline, which is nearly the same.
 */
function letterBox(engine: PdfiumEngine, text: number, index: number, isUpright: boolean) {
  const { functions, scratch } = engine
  if (isUpright && functions.FPDFText_GetLooseCharBox(text, index, scratch)) {
    const [left = 0, top = 0, right = 0, bottom = 0] = engine.floats()
    return { left, top, right, bottom }
  }
  functions.FPDFText_GetCharBox(text, index, scratch, scratch + 8, scratch + 16, scratch + 24)
  const [left = 0, right = 0, bottom = 0, top = 0] = engine.doubles()
  return { left, top, right, bottom }
}

/** Of a letter of size 1. */
function readStyle(engine: PdfiumEngine, font: number): { ascent: number; descent: number } {
  const { functions, scratch } = engine
  if (!font || !functions.FPDFFont_GetAscent(font, 1, scratch)) return { ascent: 0, descent: 0 }
  if (!functions.FPDFFont_GetDescent(font, 1, scratch + 4)) return { ascent: 0, descent: 0 }
  const [ascent = 0, descent = 0] = engine.floats()
  return { ascent, descent }
}

function toTextRun(run: Run, text: string, length: number, style: { ascent: number; descent: number }): TextRun {
  const { font, size, alongX, alongY, upX, upY } = run.setting
  const ascent = ascentOf(style) * size
  const descent = descentOf(style) * size
  const left = run.x + Math.min(upX * ascent, upX * descent) + Math.min(0, alongX * length)
  const right = run.x + Math.max(upX * ascent, upX * descent) + Math.max(0, alongX * length)
  const top = run.y + Math.min(upY * ascent, upY * descent) + Math.min(0, alongY * length)
  const bottom = run.y + Math.max(upY * ascent, upY * descent) + Math.max(0, alongY * length)
  return {
    text,
    x: left,
    y: top,
    width: right - left,
    height: bottom - top,
    baseline: run.y,
    size,
    font: `f${font}`,
    endsLine: run.endsLine,
    turned: alongX < UPRIGHT,
  }
}
