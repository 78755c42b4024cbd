import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createWorker, OEM, type Worker } from 'tesseract.js'
import { OcrLanguage } from '#contract/documents.ts'
import { StudyError } from '../errors.ts'
import type { RecognisedLine } from '../ingest/lay-out-recognised.ts'
import type { PageImage } from '../ingest/turn-page.ts'

/** What one reading of a picture gave. */
export interface Reading {
  lines: RecognisedLine[]
  /** Mean of the words, 0 to 100. */
  confidence: number
}

/** Tesseract on a thread of its own, started by the calling one and gone with it. */
export interface Tesseract {
  read(image: PageImage, language: OcrLanguage): Promise<Reading>
}

/** The integer models: as good as the large ones on print, at a third of their size. */
const MODEL = '4.0.0_best_int'

/** The folder with a language's data, which comes as an npm package; undefined when it is not installed. */
function dataFolder(language: OcrLanguage): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(`@tesseract.js-data/${language}/package.json`)
    const folder = join(dirname(manifest), MODEL)
    return existsSync(join(folder, `${language}.traineddata.gz`)) ? folder : undefined
  } catch {
    return undefined
  }
}

/** The languages whose data is installed. */
export function installedOcrLanguages(): OcrLanguage[] {
  return OcrLanguage.options.filter((language) => dataFolder(language) !== undefined)
}

/**
 * Reads pictures in one language at a time: both at once are slower and read worse.
 * Without a language's data tesseract.js would fetch it, and without a network wait for ever,
 * so that is looked for first: throws `recognition-missing`.
 */
export function makeTesseract(): Tesseract {
  let open: { language: OcrLanguage; worker: Worker } | undefined

  async function inLanguage(language: OcrLanguage): Promise<Worker> {
    if (open?.language === language) return open.worker
    const langPath = dataFolder(language)
    if (!langPath) throw missingData(language)
    // A second worker would keep the first one's memory: the model of the other language takes its place.
    await open?.worker.terminate()
    open = undefined
    const worker = await createWorker(language, OEM.LSTM_ONLY, { langPath, gzip: true, cacheMethod: 'none' })
    open = { language, worker }
    return worker
  }

  return {
    async read(image, language) {
      const worker = await inLanguage(language)
      const { data } = await worker.recognize(toPgm(image), {}, { text: false, blocks: true })
      const scale = image.pointsPerPixel
      const lines = (data.blocks ?? []).flatMap((block) =>
        block.paragraphs.flatMap((paragraph) =>
          paragraph.lines.map(
            (line): RecognisedLine => ({
              baseline: ((line.baseline.y0 + line.baseline.y1) / 2) * scale,
              size: line.rowAttributes.rowHeight * scale,
              words: line.words.map(({ text, confidence, bbox }) => ({
                text,
                confidence,
                x: bbox.x0 * scale,
                y: bbox.y0 * scale,
                width: (bbox.x1 - bbox.x0) * scale,
                height: (bbox.y1 - bbox.y0) * scale,
              })),
            }),
          ),
        ),
      )
      return { lines, confidence: data.confidence }
    },
  }
}

/** The plainest of picture formats: nothing to pack here and unpack there. */
function toPgm({ width, height, grey }: PageImage): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), grey])
}

export function missingData(language: OcrLanguage): StudyError {
  const name = { eng: 'English', hin: 'Hindi' }[language]
  return new StudyError(
    'recognition-missing',
    `The data for recognising ${name} text is not installed, so scans in it can’t be read. ` +
      'The document is kept; its pages can be looked at. Install Abhyas again to bring the data back.',
  )
}
