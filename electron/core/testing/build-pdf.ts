import {
  concatTransformationMatrix,
  degrees,
  drawObject,
  PDFDocument,
  PDFRawStream,
  popGraphicsState,
  pushGraphicsState,
  StandardFonts,
  setCharacterSpacing,
} from 'pdf-lib'

/** Text set on one line; points from the top left of the page before it is cropped or turned, y being the baseline. */
export interface PdfText {
  text: string
  x: number
  y: number
  /** Default 11. */
  size?: number
  bold?: boolean
  /** Points added after every letter. */
  letterSpacing?: number
}

export interface PdfPageSpec {
  texts: PdfText[]
  /** Default 595 × 842, A4. */
  width?: number
  height?: number
  /** x and y from the bottom left, as PDF has them. */
  cropBox?: { x: number; y: number; width: number; height: number }
  rotate?: 0 | 90 | 180 | 270
  /** Fills the page with a grey image, as a scan does. */
  scan?: boolean
}

/** A PDF of the pages given, its fonts Helvetica. The same input gives the same bytes. */
export async function buildPdf(pages: readonly PdfPageSpec[], properties: { title?: string } = {}): Promise<Buffer> {
  const document = await PDFDocument.create({ updateMetadata: false })
  if (properties.title !== undefined) document.setTitle(properties.title)
  const regular = await document.embedFont(StandardFonts.Helvetica)
  const bold = await document.embedFont(StandardFonts.HelveticaBold)
  for (const spec of pages) {
    const { width = 595, height = 842 } = spec
    const page = document.addPage([width, height])
    if (spec.cropBox) {
      const { x, y, width: cropWidth, height: cropHeight } = spec.cropBox
      page.setCropBox(x, y, cropWidth, cropHeight)
    }
    if (spec.rotate) page.setRotation(degrees(spec.rotate))
    if (spec.scan) {
      const image = page.node.newXObject('Scan', document.context.register(greyImage(document)))
      page.pushOperators(
        pushGraphicsState(),
        concatTransformationMatrix(width, 0, 0, height, 0, 0),
        drawObject(image),
        popGraphicsState(),
      )
    }
    for (const { text, x, y, size = 11, bold: isBold, letterSpacing = 0 } of spec.texts) {
      page.pushOperators(setCharacterSpacing(letterSpacing))
      page.drawText(text, { x, y: height - y, size, font: isBold ? bold : regular })
    }
  }
  return Buffer.from(await document.save({ useObjectStreams: false }))
}

function greyImage(document: PDFDocument): PDFRawStream {
  const dict = document.context.obj({
    Type: 'XObject',
    Subtype: 'Image',
    Width: 8,
    Height: 8,
    ColorSpace: 'DeviceGray',
    BitsPerComponent: 8,
  })
  return PDFRawStream.of(dict, new Uint8Array(64).fill(200))
}

/** Lines of a paragraph below each other. */
export function paragraph(
  lines: readonly string[],
  at: { x: number; y: number; size?: number; leading?: number },
): PdfText[] {
  const { x, y, size = 11, leading = 14 } = at
  return lines.map((text, index) => ({ text, x, y: y + index * leading, size }))
}

const TOPICS = [
  ['Parliament', 'makes laws for the whole country after debate in both Houses'],
  ['The Supreme Court', 'settles disputes between the Union and the States'],
  ['The President', 'acts on the advice of the Council of Ministers'],
  ['A fundamental right', 'can be enforced by every citizen before a court'],
  ['The Election Commission', 'prepares the list of voters and supervises the poll'],
  ['A panchayat', 'decides on matters of the village within its own area'],
  ['The Governor', 'is appointed by the President for a term of five years'],
  ['The Finance Commission', 'recommends how taxes are shared with the States'],
] as const
const SENTENCES_PER_PAGE = 28

/**
 * A book of prose with running headers, page numbers, a heading every third page
 * and no sentence twice: for measuring, and for tests that need many pages.
 */
export function bookPages(pageCount: number): PdfPageSpec[] {
  return Array.from({ length: pageCount }, (_, index) => {
    const pageNumber = index + 1
    const texts: PdfText[] = [
      { text: 'An Introduction to Polity', x: 60, y: 40, size: 9 },
      { text: String(pageNumber), x: 290, y: 815, size: 9 },
    ]
    let y = 80
    if (index % 3 === 0) {
      texts.push({ text: `Part ${index / 3 + 1}: What the law provides`, x: 60, y, size: 16, bold: true })
      y += 30
    }
    for (let n = 0; n < SENTENCES_PER_PAGE; n++) {
      const [subject = '', predicate = ''] = TOPICS[(index * 3 + n) % TOPICS.length] ?? []
      const reference = `article ${index * SENTENCES_PER_PAGE + n + 1}`
      texts.push({ text: `${subject} ${predicate},`, x: 60, y })
      texts.push({ text: `as the Constitution says in ${reference}.`, x: 60, y: y + 12 })
      y += 25
    }
    return { texts }
  })
}

export function buildBookPdf({ pageCount }: { pageCount: number }): Promise<Buffer> {
  return buildPdf(bookPages(pageCount))
}
