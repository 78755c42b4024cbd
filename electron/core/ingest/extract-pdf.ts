import { StudyError, toFailure } from '../errors.ts'
import type { ExtractEvent, ExtractRequest } from '../ports.ts'
import { headingTitle } from './choose-title.ts'
import { judgePage } from './judge-page.ts'
import { bodySize } from './layout/body-size.ts'
import { gatherLines } from './layout/gather-lines.ts'
import { layOutPage, type PageLines } from './layout/lay-out-page.ts'
import { orderLines } from './layout/order-lines.ts'
import type { TextRun } from './layout/text-run.ts'

/** A PDF opened by an engine, on the thread it works on. */
export interface PdfFile {
  pageCount: number
  metadataTitle: string | undefined
  /** Throws what the engine throws for a page it can't read. */
  readPage(pageNumber: number): Promise<PdfPage>
  close(): Promise<void>
}

export interface PdfPage {
  /** Points, as shown. */
  width: number
  height: number
  /** In the order the file draws them. */
  runs: TextRun[]
  /** Whether it shows images or outlines; may be slow. */
  paintsPictures(): Promise<boolean>
  release(): void
}

/** No book has more; a damaged or hostile file may claim any number. */
const MOST_PAGES = 20_000
/** Pages read before the first one is told, spread over the document. */
const SAMPLE_PAGES = 6

/**
 * Reads a PDF's pages in order. What counts as a heading depends on the size of
 * the document's running text, which a few pages all over it tell: always the
 * same ones, so that a page comes out the same wherever the reading began.
 * `lostPages` ended an earlier try by exceeding their bounds and are not read
 * again; `onBegin` hears of each page before it is read.
 */
export async function* extractPdf(
  file: PdfFile,
  request: Pick<ExtractRequest, 'fromPage'> & {
    lostPages: ReadonlyMap<number, Extract<ExtractEvent, { type: 'page-failed' }>>
    onBegin: (pageNumber: number) => void
  },
): AsyncGenerator<ExtractEvent> {
  type Read = { lines: PageLines; status: 'text' | 'empty' | 'unreadable' } | { failed: ExtractEvent }

  const read = async (pageNumber: number): Promise<Read> => {
    const lost = request.lostPages.get(pageNumber)
    if (lost) return { failed: lost }
    request.onBegin(pageNumber)
    try {
      const page = await file.readPage(pageNumber)
      const { width, height, runs } = page
      const status = await judgePage(runs.map((run) => run.text).join(' '), page.paintsPictures)
      page.release()
      return { lines: { pageNumber, width, height, lines: orderLines(gatherLines(runs), { height }) }, status }
    } catch (error) {
      return { failed: { type: 'page-failed', pageNumber, failure: explainPageFailure(error, pageNumber) } }
    }
  }

  if (file.pageCount > MOST_PAGES) throw tooManyPages(file.pageCount)
  const samples = new Map<number, Read>()
  for (const pageNumber of samplePages(file.pageCount)) samples.set(pageNumber, await read(pageNumber))
  const sampled = [...samples.values()].flatMap((sample) =>
    'lines' in sample && sample.status === 'text' ? [sample.lines.lines] : [],
  )
  const documentBodySize = bodySize(sampled)

  const first = samples.get(1)
  const firstPage = first && 'lines' in first ? layOutPage(first.lines, documentBodySize) : undefined
  yield {
    type: 'opened',
    pageCount: file.pageCount,
    metadataTitle: file.metadataTitle,
    headingTitle: firstPage && headingTitle(firstPage),
  }
  for (let pageNumber = request.fromPage; pageNumber <= file.pageCount; pageNumber++) {
    const page = samples.get(pageNumber) ?? (await read(pageNumber))
    samples.delete(pageNumber)
    if ('failed' in page) yield page.failed
    else yield { type: 'page', page: layOutPage(page.lines, documentBodySize), status: page.status }
  }
}

function tooManyPages(pageCount: number): StudyError {
  return new StudyError(
    'file-too-large',
    `This PDF claims to have ${pageCount} pages; up to ${MOST_PAGES} are read. The file was kept. ` +
      'It may be damaged: download it again, or split it and import the parts.',
  )
}

function samplePages(pageCount: number): number[] {
  const count = Math.min(pageCount, SAMPLE_PAGES)
  const step = count > 1 ? (pageCount - 1) / (count - 1) : 0
  return Array.from({ length: count }, (_, index) => Math.round(1 + index * step))
}

function explainPageFailure(error: unknown, pageNumber: number) {
  const { message } = toFailure(error)
  return {
    code: 'file-damaged' as const,
    message: `Page ${pageNumber} is damaged and could not be read (${message}). The other pages were read.`,
    page: pageNumber,
  }
}
