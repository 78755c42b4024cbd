import type { ImportOutcome, MediaType } from '#contract/documents.ts'
import { type CollectionId, DocumentId, type JobId } from '#contract/ids.ts'
import { toFailure } from '../errors.ts'
import type { BlobStore, Clock, Ids, OpenArchive } from '../ports.ts'
import type { WriteDb } from '../store/connection.ts'
import {
  type DocumentRow,
  findDocument,
  findRowBySha256,
  insertDocument,
  updateDocument,
} from '../store/documents.rows.ts'
import type { Store } from '../store/open-store.ts'
import { provisionalTitle } from './choose-title.ts'
import { IMPORT_DOCUMENT, type ImportPayload } from './import-document.ts'
import type { ImportJobQueue } from './library.ts'
import { explainFileError, sniffMediaType } from './sniff-media-type.ts'

export interface IncomingFile {
  /** Where its bytes are now. */
  path: string
  /** What the person gave: the document keeps it. */
  givenPath: string
  collectionId: CollectionId | undefined
}

export interface TakeInParts {
  store: Store
  blobs: BlobStore
  ids: Ids
  clock: Clock
  openArchive: OpenArchive
  jobs: Pick<ImportJobQueue, 'enqueue' | 'retry'>
  changed: (documentIds: DocumentId[]) => void
  /** Undoes a deletion. */
  restore: (documentId: DocumentId) => void
}

/**
 * Copies a file into the library and queues its import: first the bytes, then the
 * document and its job in one transaction. The same bytes again are the document
 * that is there, which is queued anew if its import had failed or was stopped.
 * What went wrong is in the outcome; only an abort throws.
 */
export async function takeInFile(
  parts: TakeInParts,
  file: IncomingFile,
  signal: AbortSignal | undefined,
): Promise<ImportOutcome> {
  const { store, blobs, jobs, changed } = parts
  const { givenPath } = file
  try {
    const mediaType = await sniffMediaType(file.path, givenPath, parts.openArchive)
    const blob = await blobs.put(file.path, signal).catch((error) => {
      throw explainFileError(error, givenPath)
    })
    // What is in the trash is the document that comes back.
    const known = findRowBySha256(store.reader, blob.sha256)
    if (known?.deletedAtMs) parts.restore(known.id)
    const { documentId, jobId, duplicate } = store.transaction((db) => record(parts, db, file, { ...blob, mediaType }))
    // The job there is may wait for the person.
    if (jobId) jobs.retry(jobId)
    changed([documentId])
    const document = findDocument(store.reader, documentId)
    return { path: givenPath, duplicate, ...(document && { document }), ...(jobId && { jobId }) }
  } catch (error) {
    signal?.throwIfAborted()
    return { path: givenPath, duplicate: false, failure: toFailure(error) }
  }
}

function record(
  parts: TakeInParts,
  db: WriteDb,
  { givenPath, collectionId }: IncomingFile,
  { sha256, byteSize, mediaType }: { sha256: string; byteSize: number; mediaType: MediaType },
): { documentId: DocumentId; jobId: JobId | undefined; duplicate: boolean } {
  const known = findRowBySha256(db, sha256)
  if (known) {
    return { documentId: known.replacesId ?? known.id, jobId: importAgain(parts, db, known), duplicate: true }
  }
  const documentId = DocumentId.parse(parts.ids.next())
  const title = provisionalTitle(givenPath)
  const nowMs = parts.clock.nowMs()
  insertDocument(db, {
    id: documentId,
    title,
    path: givenPath,
    sha256,
    mediaType,
    byteSize,
    status: 'queued',
    collectionId: collectionId ?? null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  })
  return { documentId, jobId: enqueueImport(parts, db, { id: documentId, title }), duplicate: false }
}

/** The job that will finish a known document: a new one, or the one that is under way; none when it is ready. */
function importAgain(parts: TakeInParts, db: WriteDb, known: DocumentRow): JobId | undefined {
  if (known.status === 'ready') return undefined
  const isOver = known.status === 'failed' || known.status === 'cancelled'
  return isOver ? requeue(parts, db, known) : enqueueImport(parts, db, known)
}

/** Queues the import of a document whose import is over, in the caller's transaction. */
export function requeue(
  parts: Pick<TakeInParts, 'jobs' | 'clock'>,
  db: WriteDb,
  document: { id: DocumentId; title: string },
): JobId {
  updateDocument(db, document.id, { status: 'queued', failure: null, updatedAtMs: parts.clock.nowMs() })
  return enqueueImport(parts, db, document)
}

function enqueueImport(
  { jobs }: Pick<TakeInParts, 'jobs'>,
  db: WriteDb,
  { id, title }: { id: DocumentId; title: string },
): JobId {
  const payload: ImportPayload = { documentId: id }
  return jobs.enqueue(db, { kind: IMPORT_DOCUMENT, key: id, payload, title, documentId: id }).jobId
}
