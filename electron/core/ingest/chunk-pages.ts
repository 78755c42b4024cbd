import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DocumentId } from '#contract/ids.ts'
import { StudyError } from '../errors.ts'
import type { JobContext } from '../jobs/job-definition.ts'
import { deleteChunks, insertChunks, type NewChunk } from '../store/chunks.rows.ts'
import { findImportName } from '../store/documents.rows.ts'
import type { Store } from '../store/open-store.ts'
import { countPagesByStatus, readPageTexts } from '../store/pages.rows.ts'
import { countWantedPages, wantUnreadPages } from '../store/recognition.rows.ts'
import { deleteShelvedChunks, insertShelvedChunks } from '../store/shelved-chunks.rows.ts'
import type { ChunkablePage } from './chunk-text.ts'
import type { ImportCursor, ImportParts } from './import-document.ts'

/** Cuts documents into chunks off the calling thread. */
export interface Chunker {
  /** See chunkText. Throws StudyError: cancelled, internal. */
  chunk(pages: ChunkablePage[], signal: AbortSignal): Promise<NewChunk[]>
  close(): Promise<void>
}

/** Some 5 ms of writing: a book in one transaction would hold up the window. */
const CHUNKS_PER_COMMIT = 40
const PAGES_PER_READ = 400

/**
 * Cuts a document's pages into chunks, in place of any it had. A run that ends in
 * between begins this step anew. Throws `file-empty` when no page has readable text or can be recognised.
 */
export async function chunkPages(
  { store, chunker, queueRecognition }: Pick<ImportParts, 'store' | 'chunker' | 'queueRecognition'>,
  documentId: DocumentId,
  context: JobContext<ImportCursor>,
): Promise<ImportCursor> {
  const pages = await gatherPages(store, documentId)
  context.progress({ stage: 'chunk', done: 0, total: pages.length, unit: 'pages' })
  const chunks = await chunker.chunk(pages, context.signal)
  if (chunks.length === 0) {
    // An earlier try may have been stopped before its scans were read.
    if (queueRecognition) context.commit((db) => wantUnreadPages(db, documentId), { stage: 'chunk' })
    if (!queueRecognition || countWantedPages(store.reader, documentId) === 0) throw nothingToRead(store, documentId)
    context.commit((db) => deleteChunks(db, documentId), { stage: 'embed', nextOrdinal: 0 })
    return { stage: 'embed', nextOrdinal: 0 }
  }

  for (let from = 0; from < chunks.length; from += CHUNKS_PER_COMMIT) {
    context.commit(
      (db) => {
        const document = findImportName(db, documentId)
        const added = chunks.slice(from, from + CHUNKS_PER_COMMIT)
        if (document?.replacesId) {
          // Nobody finds a version before it is the document.
          if (from === 0) deleteShelvedChunks(db, documentId)
          insertShelvedChunks(db, documentId, added)
          return
        }
        if (from === 0) deleteChunks(db, documentId)
        insertChunks(db, documentId, document?.title ?? '', added)
      },
      from + CHUNKS_PER_COMMIT < chunks.length ? { stage: 'chunk' } : { stage: 'embed', nextOrdinal: 0 },
    )
    await nextTurn()
    context.signal.throwIfAborted()
  }
  return { stage: 'embed', nextOrdinal: 0 }
}

/** All pages of a document, with a look at the event loop now and then. */
async function gatherPages(store: Store, documentId: DocumentId): Promise<ChunkablePage[]> {
  const pages: ChunkablePage[] = []
  for (;;) {
    const next = readPageTexts(store.reader, documentId, {
      afterPage: pages.at(-1)?.pageNumber ?? 0,
      limit: PAGES_PER_READ,
    })
    pages.push(...next)
    if (next.length < PAGES_PER_READ) return pages
    await nextTurn()
  }
}

function nothingToRead(store: Store, documentId: DocumentId): StudyError {
  const counts = countPagesByStatus(store.reader, documentId)
  const total = counts.text + counts.empty + counts.unreadable + counts.failed
  const pages = `${total} ${total === 1 ? 'page' : 'pages'}`
  if (counts.unreadable > 0) {
    return new StudyError(
      'file-empty',
      `${pages}, none with readable text: this is a scan, or it is set in a font without a key to its letters, and it ` +
        'could not be recognised. The file is kept, and its pages can be looked at.',
    )
  }
  if (counts.failed > 0) {
    return new StudyError(
      'file-damaged',
      `${pages}, and none could be read: the file is damaged. It is kept as it is. Download or copy it again and import that copy.`,
    )
  }
  return new StudyError('file-empty', `${pages} without any text. The file is kept; there is nothing in it to search.`)
}
