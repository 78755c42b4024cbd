import type { Document } from '#contract/documents.ts'
import type { JobContext } from '../jobs/job-definition.ts'
import type { Clock, DocumentExtractor, ExtractEvent } from '../ports.ts'
import { findImportName } from '../store/documents.rows.ts'
import { type StoredPage, upsertPages } from '../store/pages.rows.ts'
import { chooseTitle, provisionalTitle } from './choose-title.ts'
import type { DocumentChange, ImportCursor } from './import-document.ts'
import { wantsRecognition } from './wants-recognition.ts'

/** A commit waits for the disk: often enough that little is read twice after a crash, not for every page. */
const COMMIT_EVERY_PAGES = 16
const COMMIT_EVERY_MS = 1000

/**
 * Reads a document's pages from `fromPage` on and commits them a few at a time,
 * each time with the page to go on from. The document takes its page count from
 * the file and a better title if it still has the one of its file name.
 */
export async function extractPages(
  { extractor, clock }: { extractor: DocumentExtractor; clock: Clock },
  task: { document: Document; path: string; fromPage: number; change: DocumentChange; password?: string },
  context: JobContext<ImportCursor>,
): Promise<ImportCursor> {
  const { document, path, change, password } = task
  let pageCount = document.pageCount
  let pages: StoredPage[] = []
  let committedAtMs = clock.monotonicMs()

  const commit = (cursor: ImportCursor) => {
    const batch = pages
    pages = []
    context.commit((db) => {
      upsertPages(db, document.id, batch)
      change({ pageCount })(db)
    }, cursor)
    committedAtMs = clock.monotonicMs()
  }

  const { mediaType } = document
  const request = { path, mediaType, fromPage: task.fromPage, ...(password === undefined ? {} : { password }) }
  for await (const event of extractor.extract(request, context.signal)) {
    if (event.type === 'opened') {
      pageCount = event.pageCount
      context.commit(
        (db) => {
          // Asked now: the person may have named it while it waited.
          const now = findImportName(db, document.id)
          // A new version goes by the name its document has.
          const isNamed = now?.replacesId != null || now?.title !== provisionalTitle(document.path)
          change({ pageCount, ...(isNamed ? {} : { title: titleOf(document, event) }) })(db)
        },
        { stage: 'extract', nextPage: task.fromPage },
      )
      context.progress({ stage: 'extract', done: task.fromPage - 1, total: pageCount, unit: 'pages' })
      continue
    }
    const page = toStoredPage(document, event)
    pages.push(page)
    context.progress({ stage: 'extract', done: page.pageNumber, total: pageCount, unit: 'pages' })
    const isDue = pages.length >= COMMIT_EVERY_PAGES || clock.monotonicMs() - committedAtMs >= COMMIT_EVERY_MS
    if (isDue) commit({ stage: 'extract', nextPage: page.pageNumber + 1 })
  }
  const next: ImportCursor = { stage: 'chunk' }
  commit(next)
  return next
}

function titleOf(document: Document, opened: Extract<ExtractEvent, { type: 'opened' }>): string {
  const { metadataTitle, headingTitle } = opened
  return chooseTitle({ fileName: document.path, metadataTitle, headingTitle })
}

function toStoredPage({ mediaType }: Document, event: Exclude<ExtractEvent, { type: 'opened' }>): StoredPage {
  if (event.type === 'page') {
    const { page, status } = event
    const isWanted = wantsRecognition(mediaType, { status, text: page.text })
    return { ...page, status, ...(isWanted && { recognition: { state: 'wanted' as const } }) }
  }
  const { pageNumber, failure } = event
  return { pageNumber, width: 0, height: 0, text: '', boxes: [], headings: [], status: 'failed', failure }
}
