import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { MediaType } from '#contract/documents.ts'
import { type ExtractorOptions, makeExtractor } from '../adapters/extract-worker.ts'
import { systemClock } from '../ops/system-clock.ts'
import type { DocumentExtractor, ExtractEvent } from '../ports.ts'
import { buildPdf, type PdfPageSpec } from './build-pdf.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A real extractor, which is closed with the test. */
export function openExtractor(options: Partial<ExtractorOptions> = {}) {
  const extractor = makeExtractor({ clock: systemClock, ...options })
  onTestFinished(() => extractor.close())
  return extractor
}

/** Everything that is said of a file; a PDF, unless told otherwise. */
export async function extractFile(
  path: string,
  options: { fromPage?: number; mediaType?: MediaType; extractor?: DocumentExtractor } = {},
): Promise<ExtractEvent[]> {
  const { fromPage = 1, mediaType = 'application/pdf', extractor = openExtractor() } = options
  const events: ExtractEvent[] = []
  for await (const event of extractor.extract({ path, mediaType, fromPage }, new AbortController().signal)) {
    events.push(event)
  }
  return events
}

/** What is said of a PDF with these pages. */
export async function extractBuilt(
  pages: PdfPageSpec[],
  { extractor, ...properties }: { title?: string; extractor?: DocumentExtractor } = {},
): Promise<ExtractEvent[]> {
  const path = join(temporaryFolder(), 'built.pdf')
  writeFileSync(path, await buildPdf(pages, properties))
  return extractFile(path, { ...(extractor && { extractor }) })
}

export function pagesOf(events: readonly ExtractEvent[]) {
  return events.flatMap((event) => (event.type === 'page' ? [event.page] : []))
}

/** The texts of a page's headings. */
export function headingsOf(page: { text: string; headings: number[] }): string[] {
  return page.headings.flatMap((_, i) =>
    i % 3 === 0 ? [page.text.slice(page.headings[i], (page.headings[i] ?? 0) + (page.headings[i + 1] ?? 0))] : [],
  )
}
