import { type Document, isImage, type OcrLanguage } from '#contract/documents.ts'
import type { DocumentId } from '#contract/ids.ts'
import { StudyError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { updateDocument } from '../store/documents.rows.ts'
import type { Store } from '../store/open-store.ts'
import { wantPagesAgain } from '../store/recognition.rows.ts'
import type { ImportJobQueue } from './library.ts'
import { recogniseRequest } from './recognise-document.ts'

/** What the person wants read from its picture: a page, or all of a document whose text is recognised or is none. */
export interface RecognitionWish {
  documentId: DocumentId
  pageNumber?: number | undefined
  /** Undefined: whichever fits. */
  language?: OcrLanguage | undefined
}

/** Queues the recognition of pages, once more if need be. Throws `not-ready`, `recognition-missing`, `bad-input`; nothing is changed then. */
export function askForRecognition(
  parts: {
    store: Store
    clock: Clock
    jobs: Pick<ImportJobQueue, 'enqueue' | 'wake'>
    languages: readonly OcrLanguage[]
  },
  { id, title, status, mediaType }: Document,
  wish: RecognitionWish,
): void {
  const { store, clock, jobs, languages } = parts
  if (status === 'queued' || status === 'importing') {
    throw new StudyError('not-ready', 'This document is still being read. Its pages can be recognised after that.')
  }
  if (languages.length === 0 || (wish.language && !languages.includes(wish.language))) {
    throw new StudyError(
      'recognition-missing',
      'The data for recognising this text is not installed. Nothing was changed; install Abhyas again to bring it back.',
    )
  }
  if (mediaType !== 'application/pdf' && !isImage(mediaType)) {
    throw new StudyError('bad-input', 'Only PDFs and pictures are recognised. This document is text already.')
  }
  store.transaction((db) => {
    if (wantPagesAgain(db, id, wish) === 0) {
      throw new StudyError('bad-input', 'Every page of this document has text of its own. Nothing was changed.')
    }
    // One that failed for want of text may have some after all.
    updateDocument(db, id, { status: 'ready', failure: null, updatedAtMs: clock.nowMs() })
    jobs.enqueue(db, recogniseRequest(id, title))
  })
  jobs.wake()
}
