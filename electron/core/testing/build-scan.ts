import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Canvas, createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas'
import { degrees, PDFDocument, type PDFImage, type PDFPage } from 'pdf-lib'
import type { Box } from '#contract/documents.ts'
import type { LockedPage } from './build-locked-pdf.ts'

const FONTS = {
  eng: { name: 'Scan Latin', file: ['@fontsource-variable/inter', 'inter-latin-wght-normal.woff2'] },
  hin: {
    name: 'Scan Devanagari',
    file: ['@fontsource-variable/noto-sans-devanagari', 'noto-sans-devanagari-devanagari-wght-normal.woff2'],
  },
} as const

/** A page of text as a scanner would see it. */
export interface ScanSpec {
  lines: readonly string[]
  language?: keyof typeof FONTS
  /** Points. */
  size?: number
  /** Families of fonts on this machine to set it in, before the app's own. */
  families?: readonly string[]
  /** Default A4. */
  width?: number
  height?: number
  /** As a worn copy on an old scanner comes out. The words' places are not told then. */
  damage?: ScanDamage
}

export interface ScanDamage {
  skewDegrees: number
  blurPixels: number
  /** Most that a pixel's grey is off, of 255. */
  noise: number
  /** Specks of dust on a page. */
  specks: number
}

/** Which of the families are installed here. */
export function installedFamilies(names: readonly string[]): string[] {
  return names.filter((name) => GlobalFonts.has(name))
}

/** A word and where it was drawn: points from the top left. */
export interface DrawnWord extends Box {
  text: string
}

const SCAN_DPI = 200
const MARGIN_PT = 60

/** A picture of lines of text, and where each word of it is: the letters' own extent, not the row's. */
export function drawScan(spec: ScanSpec): {
  png: Buffer
  jpeg: () => LockedPage & object
  width: number
  height: number
  words: DrawnWord[]
} {
  const { lines, language = 'eng', size = 12, width = 595, height = 842, families = [], damage } = spec
  const scale = SCAN_DPI / 72
  const canvas = createCanvas(Math.round(width * scale), Math.round(height * scale))
  const context = canvas.getContext('2d')
  context.scale(scale, scale)
  context.fillStyle = '#fdfcf8'
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#1c1c1c'
  context.font = `${size}px ${[...families.map((name) => `"${name}"`), fontsFor(language)].join(', ')}`
  if (damage) {
    context.translate(width / 2, height / 2)
    context.rotate((damage.skewDegrees * Math.PI) / 180)
    context.translate(-width / 2, -height / 2)
  }
  const space = context.measureText(' ').width || size / 4
  const words: DrawnWord[] = []
  lines.forEach((line, index) => {
    const baseline = MARGIN_PT + size + index * size * 1.7
    let x = MARGIN_PT
    for (const text of line.split(' ')) {
      const extent = context.measureText(text)
      context.fillText(text, x, baseline)
      const top = baseline - extent.actualBoundingBoxAscent
      const drawnHeight = extent.actualBoundingBoxAscent + extent.actualBoundingBoxDescent
      words.push({ text, x, y: top, width: extent.width, height: drawnHeight })
      x += extent.width + space
    }
  })
  if (damage) wearOut(context, canvas, damage)
  const jpeg = () => ({ jpeg: canvas.toBuffer('image/jpeg'), pixelWidth: canvas.width, pixelHeight: canvas.height })
  return { png: canvas.toBuffer('image/png'), jpeg, width, height, words }
}

/** The same on every run. */
function wearOut(context: SKRSContext2D, canvas: Canvas, { blurPixels, noise, specks }: ScanDamage): void {
  let state = 12_345
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  context.resetTransform()
  context.filter = `blur(${blurPixels}px)`
  context.drawImage(canvas, 0, 0)
  context.filter = 'none'
  const picture = context.getImageData(0, 0, canvas.width, canvas.height)
  const { data } = picture
  for (let at = 0; at < data.length; at += 4) {
    const off = (random() - 0.5) * 2 * noise
    for (let channel = at; channel < at + 3; channel++) data[channel] = (data[channel] ?? 0) + off
  }
  context.putImageData(picture, 0, 0)
  context.fillStyle = '#333'
  for (let n = 0; n < specks; n++) {
    context.fillRect(random() * canvas.width, random() * canvas.height, 1 + random() * 3, 1 + random() * 3)
  }
}

/** A PDF whose pages are pictures of text, with no text layer, and where each word of each page was drawn. */
export async function buildScanPdf(
  specs: readonly (ScanSpec & {
    /** The page is stored lying on its side and says that it is to be turned. */
    turned?: boolean
    /** The sheet lay on the glass turned clockwise by so many quarters, and nothing says so; `words` are where it shows them. */
    lying?: 1 | 2 | 3
    cropBox?: { x: number; y: number; width: number; height: number }
  })[],
): Promise<{ bytes: Buffer; words: DrawnWord[][] }> {
  const document = await PDFDocument.create({ updateMetadata: false })
  const words: DrawnWord[][] = []
  for (const spec of specs) {
    const scan = drawScan(spec)
    const { width, height } = scan
    const isAside = spec.turned || spec.lying === 1 || spec.lying === 3
    const page = document.addPage(isAside ? [height, width] : [width, height])
    const picture = await document.embedPng(scan.png)
    if (spec.lying) {
      words.push(layDown(page, picture, scan, spec.lying))
      continue
    }
    if (spec.turned) {
      page.drawImage(picture, { x: height, y: 0, width, height, rotate: degrees(90) })
      page.setRotation(degrees(90))
    } else {
      page.drawImage(picture, { x: 0, y: 0, width, height })
    }
    if (spec.cropBox) page.setCropBox(spec.cropBox.x, spec.cropBox.y, spec.cropBox.width, spec.cropBox.height)
    words.push(scan.words)
  }
  return { bytes: Buffer.from(await document.save({ useObjectStreams: false })), words }
}

/** Draws a sheet turned clockwise on a page, and says where its words came to stand. */
function layDown(
  page: PDFPage,
  picture: PDFImage,
  { width, height, words }: ReturnType<typeof drawScan>,
  quarters: 1 | 2 | 3,
): DrawnWord[] {
  // PDF turns counter-clockwise about the picture's lower left corner.
  const at = { 1: { x: 0, y: width }, 2: { x: width, y: height }, 3: { x: height, y: 0 } }[quarters]
  page.drawImage(picture, { ...at, width, height, rotate: degrees(-90 * quarters) })
  return words.map(({ text, x, y, width: w, height: h }) => {
    const [right, bottom] = [width - (x + w), height - (y + h)]
    if (quarters === 1) return { text, x: bottom, y: x, width: h, height: w }
    if (quarters === 2) return { text, x: right, y: bottom, width: w, height: h }
    return { text, x: y, y: right, width: h, height: w }
  })
}

/** The fonts the app itself is shown in, so that a page looks the same on every machine; digits are the Latin one's. */
function fontsFor(language: keyof typeof FONTS): string {
  const names = language === 'eng' ? [FONTS.eng] : [FONTS.hin, FONTS.eng]
  for (const { name, file } of names) {
    if (GlobalFonts.has(name)) continue
    const [packageName, fileName] = file
    const folder = dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`))
    if (!GlobalFonts.registerFromPath(join(folder, 'files', fileName), name))
      throw new Error(`${fileName} did not load`)
  }
  return names.map(({ name }) => `"${name}"`).join(', ')
}
