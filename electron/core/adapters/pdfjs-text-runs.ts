import type { TextRun } from '../ingest/layout/text-run.ts'

/** What pdf.js tells of a run of text: `transform` is in the PDF's own space. */
export interface PdfjsTextItem {
  str: string
  transform: number[]
  width: number
  fontName: string
  hasEOL: boolean
}

export interface PdfjsTextStyle {
  ascent: number
  descent: number
  vertical: boolean
}

/**
 * pdf.js' text items as runs on the page as shown: `viewport` is the transform of
 * its viewport at scale 1, which holds the CropBox, the rotation and the user unit.
 */
export function toTextRuns(
  items: readonly PdfjsTextItem[],
  styles: Record<string, PdfjsTextStyle>,
  viewport: readonly number[],
): TextRun[] {
  return items.map((item) => toTextRun(item, styles[item.fontName], viewport))
}

function toTextRun(item: PdfjsTextItem, style: PdfjsTextStyle | undefined, viewport: readonly number[]): TextRun {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = multiply(viewport, item.transform)
  const alongLength = Math.hypot(a, b) || 1
  const upLength = Math.hypot(c, d)
  const along = { x: a / alongLength, y: b / alongLength }
  const up = upLength > 0 ? { x: c / upLength, y: d / upLength } : { x: 0, y: -1 }
  const scale = Math.hypot(viewport[0] ?? 1, viewport[1] ?? 0)
  // Vertical writing advances downwards: its box is one letter wide and as long as the run.
  const [advance, thickness] = style?.vertical ? [upLength, item.width * scale] : [item.width * scale, upLength]
  const ascent = ascentOf(style) * thickness
  const descent = descentOf(style) * thickness
  const corners = [
    { x: e + up.x * ascent, y: f + up.y * ascent },
    { x: e + up.x * descent, y: f + up.y * descent },
    { x: e + up.x * ascent + along.x * advance, y: f + up.y * ascent + along.y * advance },
    { x: e + up.x * descent + along.x * advance, y: f + up.y * descent + along.y * advance },
  ]
  const x = Math.min(...corners.map((corner) => corner.x))
  const y = Math.min(...corners.map((corner) => corner.y))
  return {
    text: item.str,
    x,
    y,
    width: Math.max(...corners.map((corner) => corner.x)) - x,
    height: Math.max(...corners.map((corner) => corner.y)) - y,
    baseline: f,
    size: upLength,
    font: item.fontName,
    endsLine: item.hasEOL,
    turned: along.x < 0.9,
  }
}

/** Fonts often state none, or that of one letter: then the usual shape of a letter. */
export function ascentOf(style: { ascent: number } | undefined): number {
  const ascent = style?.ascent ?? 0
  return ascent >= 0.6 && ascent <= 1.1 ? ascent : 0.8
}

export function descentOf(style: { descent: number } | undefined): number {
  const descent = style?.descent ?? 0
  return descent <= -0.12 && descent >= -0.4 ? descent : -0.2
}

/** The product of two PDF transforms [a b c d e f], the second applied first. */
function multiply(m: readonly number[], n: readonly number[]): number[] {
  const [ma = 1, mb = 0, mc = 0, md = 1, me = 0, mf = 0] = m
  const [na = 1, nb = 0, nc = 0, nd = 1, ne = 0, nf = 0] = n
  return [
    ma * na + mc * nb,
    mb * na + md * nb,
    ma * nc + mc * nd,
    mb * nc + md * nd,
    ma * ne + mc * nf + me,
    mb * ne + md * nf + mf,
  ]
}
