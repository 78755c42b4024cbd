import { readFile } from 'node:fs/promises'
import { createCanvas, loadImage, type SKRSContext2D } from '@napi-rs/canvas'
import type { PDFPageProxy } from 'pdfjs-dist'
import { StudyError } from '../errors.ts'
import type { PageImage } from '../ingest/turn-page.ts'
import { POINTS_PER_PIXEL } from '../ports.ts'

/** Recognition is best at it: finer costs time and reads no better. */
const DPI = 150
const POINTS_PER_INCH = 72
/** A poster is shown smaller, or its picture alone would take the memory of a page. */
const MOST_PIXELS = 20e6
/** Of a photographed page: an A4 page at 150 dpi is this long, and letters larger than that are no help. */
const PICTURE_LENGTH = 1754
const MOST_PICTURE_LENGTH = 2600
const MOST_ENLARGEMENT = 2

/** Draws a page of a PDF as it is shown. */
export async function drawPdfPage(page: PDFPageProxy): Promise<PageImage> {
  const natural = page.getViewport({ scale: DPI / POINTS_PER_INCH })
  const shrink = Math.min(1, Math.sqrt(MOST_PIXELS / (natural.width * natural.height)))
  const viewport = page.getViewport({ scale: (DPI / POINTS_PER_INCH) * shrink })
  const canvas = createCanvas(Math.max(1, Math.ceil(viewport.width)), Math.max(1, Math.ceil(viewport.height)))
  const context = canvas.getContext('2d')
  // pdf.js asks for a browser's canvas; this one draws the same.
  const target = { canvas: canvas as never, canvasContext: context as never }
  await page.render({ ...target, viewport }).promise
  return {
    width: canvas.width,
    height: canvas.height,
    grey: readGrey(context, canvas),
    pointsPerPixel: 1 / viewport.scale,
  }
}

/** Draws a picture file, turned as its camera says, at a size that letters are read well at. Throws StudyError: file-unreadable, file-damaged. */
export async function drawPicture(path: string): Promise<PageImage> {
  const picture = await openPicture(path)
  const length = Math.max(picture.width, picture.height)
  const wanted = Math.min(Math.max(length, PICTURE_LENGTH), MOST_PICTURE_LENGTH)
  const scale = Math.min(wanted / length, MOST_ENLARGEMENT)
  const canvas = createCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  )
  const context = canvas.getContext('2d')
  // What shows through is paper.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return {
    width: canvas.width,
    height: canvas.height,
    grey: readGrey(context, canvas),
    pointsPerPixel: POINTS_PER_PIXEL / scale,
  }
}

async function openPicture(path: string) {
  const bytes = await readFile(path).catch((cause) => {
    throw new StudyError(
      'file-unreadable',
      'The kept copy of this picture could not be read. Delete the document and import the file again.',
      { cause },
    )
  })
  return loadImage(bytes).catch((cause) => {
    throw new StudyError(
      'file-damaged',
      'This picture is damaged and could not be shown, so nothing on it was read. The file was kept as it is. ' +
        'Take or copy it again and import that.',
      { cause },
    )
  })
}

/** By the weights of ITU-R BT.601, in 256ths. */
function readGrey(context: SKRSContext2D, { width, height }: { width: number; height: number }): Uint8Array {
  const { data } = context.getImageData(0, 0, width, height)
  const grey = new Uint8Array(width * height)
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 4) {
    grey[pixel] = ((data[at] ?? 0) * 77 + (data[at + 1] ?? 0) * 150 + (data[at + 2] ?? 0) * 29) >> 8
  }
  return grey
}
