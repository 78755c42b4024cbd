import { type Document, isImage } from '#contract/documents.ts'
import type { StudyErrorCode } from '#contract/errors.ts'
import type { JobId } from '#contract/ids.ts'
import type { Clock, TextRecogniser } from '../ports.ts'
import { readOutdatedDocuments, updateDocument } from '../store/documents.rows.ts'
import type { Store } from '../store/open-store.ts'
import { wantUnreadAgain } from '../store/recognition.rows.ts'
import type { ImportJobQueue } from './library.ts'
import { READER_VERSION } from './reader-version.ts'
import { recogniseRequest } from './recognise-document.ts'
import { requeue } from './take-in-file.ts'

/** How documents failed that this reader may read: locked attachments alone keep no text from it, and it reads scans. */
const MENDED: ReadonlySet<StudyErrorCode> = new Set(['file-encrypted', 'file-empty'])

/**
 * Queues once more, after an update, what an older reader could not read: scans it
 * refused and documents that failed for a reason this one has an answer to. Each is
 * tried once by each version of the reader, so that what can't be read rests.
 */
export function readAgain(parts: {
  store: Store
  clock: Clock
  jobs: Pick<ImportJobQueue, 'enqueue' | 'retry'>
  recogniser: Pick<TextRecogniser, 'languages'>
}): void {
  const { store, clock, jobs, recogniser } = parts
  const canRecognise = recogniser.languages.length > 0
  const parked: JobId[] = []
  store.transaction((db) => {
    for (const document of readOutdatedDocuments(db, READER_VERSION)) {
      const { id, title, status, pageCount, mediaType, failure } = document
      const isPicture = mediaType === 'application/pdf' || isImage(mediaType)
      const failed = status === 'failed' && failure !== undefined && MENDED.has(failure.code)
      const change = { readerVersion: READER_VERSION, updatedAtMs: clock.nowMs() }
      // Without its data nothing can be recognised now: a later start may bring it.
      if (isPicture && !canRecognise && isUnread(document)) continue
      if (isPicture && (failed || status === 'ready') && wantUnreadAgain(db, id) > 0) {
        updateDocument(db, id, { ...change, status: 'ready', failure: null })
        jobs.enqueue(db, recogniseRequest(id, title))
        continue
      }
      if (failed && pageCount === 0) parked.push(requeue({ jobs, clock }, db, { id, title, replacesId: null }))
      updateDocument(db, id, { readerVersion: READER_VERSION, updatedAtMs: document.updatedAtMs })
    }
  })
  // A job that waits for a password is there already.
  for (const jobId of parked) jobs.retry(jobId)
}

function isUnread({ unreadablePageCount, recognition }: Document): boolean {
  return unreadablePageCount > 0 || (recognition?.unreadPages.length ?? 0) > 0
}
