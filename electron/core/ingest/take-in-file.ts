import { isAbsolute } from 'node:path'
import type { ImportOutcome, MediaType } from '#contract/documents.ts'
import { type CollectionId, DocumentId, type JobId } from '#contract/ids.ts'
import { toFailure } from '../errors.ts'
import type { BlobStore, Clock, Ids, OpenArchive } from '../ports.ts'
import type { ReadDb, WriteDb } from '../store/connection.ts'
import {
  type DocumentRow,
  findDocument,
  findDocumentByPath,
  findNewVersion,
  findRowBySha256,
  insertDocument,
  updateDocument,
} from '../store/documents.rows.ts'
import type { Store } from '../store/open-store.ts'
import { provisionalTitle } from './choose-title.ts'
import { IMPORT_DOCUMENT, type ImportPayload } from './import-document.ts'
import type { ImportJobQueue } from './library.ts'
import { READER_VERSION } from './reader-version.ts'
import { explainFileError, sniffMediaType } from './sniff-media-type.ts'
import { discardVersion } from './trash.ts'

export interface IncomingFile {
  /** Where its bytes are now. */
  path: string
  /** What the person gave: the document keeps it. */
  givenPath: string
  collectionId: CollectionId | undefined
  /** The document whose new version it is; unless told, the one that was imported from this very path. */
  replacesId?: DocumentId
}

export interface TakeInParts {
  store: Store
  blobs: BlobStore
  ids: Ids
  clock: Clock
  openArchive: OpenArchive
  jobs: Pick<ImportJobQueue, 'enqueue' | 'retry'>
  changed: (documentIds: DocumentId[]) => void
  /** Ends the import of a document that is under way, or of its new version. */
  stopImport: (documentId: DocumentId) => void
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
    const replacesId = known ? undefined : (file.replacesId ?? documentOfPath(store.reader, givenPath))
    // One version at a time: a newer file takes the place of one that is still being read.
    if (replacesId) parts.stopImport(replacesId)
    const taken = store.transaction((db) => record(parts, db, { ...file, ...blob, mediaType, replacesId }))
    const { documentId, jobId } = taken
    // The job there is may wait for the person.
    if (jobId) jobs.retry(jobId)
    changed([documentId])
    const document = findDocument(store.reader, documentId)
    return {
      path: givenPath,
      duplicate: known !== undefined,
      ...(replacesId && { newVersion: true }),
      ...(document && { document }),
      ...(jobId && { jobId }),
    }
  } catch (error) {
    signal?.throwIfAborted()
    return { path: givenPath, duplicate: false, failure: toFailure(error) }
  }
}

/** Uploads come with a bare name, which says nothing about where the file is from. */
function documentOfPath(db: ReadDb, givenPath: string): DocumentId | undefined {
  return isAbsolute(givenPath) ? findDocumentByPath(db, givenPath)?.id : undefined
}

/** The document that the library shows for a file, and the job that reads it. */
function record(
  parts: TakeInParts,
  db: WriteDb,
  file: {
    givenPath: string
    collectionId: CollectionId | undefined
    replacesId: DocumentId | undefined
    sha256: string
    byteSize: number
    mediaType: MediaType
  },
): { documentId: DocumentId; jobId: JobId | undefined } {
  const { givenPath, sha256, byteSize, mediaType, replacesId } = file
  const known = findRowBySha256(db, sha256)
  if (known) return { documentId: known.replacesId ?? known.id, jobId: importAgain(parts, db, known) }
  const older = replacesId && findDocument(db, replacesId)
  const left = older && findNewVersion(db, older.id)
  const nowMs = parts.clock.nowMs()
  if (left) discardVersion(db, left, nowMs)
  const documentId = DocumentId.parse(parts.ids.next())
  const title = older?.title ?? provisionalTitle(givenPath)
  insertDocument(db, {
    id: documentId,
    title,
    path: givenPath,
    sha256,
    mediaType,
    byteSize,
    status: 'queued',
    collectionId: older?.collectionId ?? file.collectionId ?? null,
    replacesId: older?.id ?? null,
    readerVersion: READER_VERSION,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  })
  const jobId = enqueueImport(parts, db, { id: documentId, title, replacesId: older?.id ?? null })
  return { documentId: older?.id ?? documentId, jobId }
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
  document: { id: DocumentId; title: string; replacesId: DocumentId | null },
): JobId {
  updateDocument(db, document.id, { status: 'queued', failure: null, updatedAtMs: parts.clock.nowMs() })
  return enqueueImport(parts, db, document)
}

/** The job of a version belongs to the document it is for: that is what the person sees and stops. */
function enqueueImport(
  { jobs }: Pick<TakeInParts, 'jobs'>,
  db: WriteDb,
  { id, title, replacesId }: { id: DocumentId; title: string; replacesId: DocumentId | null },
): JobId {
  const payload: ImportPayload = { documentId: id }
  return jobs.enqueue(db, { kind: IMPORT_DOCUMENT, key: id, payload, title, documentId: replacesId ?? id }).jobId
}
