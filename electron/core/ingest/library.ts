import type { Document, Highlight, Page } from '#contract/documents.ts'
import type { CollectionId, DocumentId, JobId } from '#contract/ids.ts'
import { type Job, JobState, TERMINAL_JOB_STATES } from '#contract/jobs.ts'
import { StudyError } from '../errors.ts'
import type { JobRequest } from '../jobs/job-definition.ts'
import type { Feed } from '../ops/make-feed.ts'
import type { BlobStore, Clock, DocumentExtractor, Ids, OpenArchive, TextRecogniser } from '../ports.ts'
import { retitleChunks } from '../store/chunks.rows.ts'
import type { WriteDb } from '../store/connection.ts'
import {
  findDocument,
  findImport,
  findNewVersion,
  isImportable,
  listDocuments,
  moveDocuments,
  updateDocument,
} from '../store/documents.rows.ts'
import type { Store } from '../store/open-store.ts'
import { findPage } from '../store/pages.rows.ts'
import { markPageRead } from '../store/quiz-reach.rows.ts'
import { askForRecognition, type RecognitionWish } from './ask-for-recognition.ts'
import { makeCollections } from './collections.ts'
import { highlightBoxes } from './highlight-boxes.ts'
import { IMPORT_DOCUMENT, LOCKED } from './import-document.ts'
import { makeImportFiles } from './import-files.ts'
import { type PasswordKeeper, tryPassword } from './keep-passwords.ts'
import { RECOGNISE_DOCUMENT, recogniseRequest } from './recognise-document.ts'
import { requeue } from './take-in-file.ts'
import { makeTrash } from './trash.ts'

/** What the library asks of the job runner. */
export interface ImportJobQueue {
  enqueue(db: WriteDb, request: JobRequest): { jobId: JobId; created: boolean }
  wake(): void
  cancel(jobId: JobId): Job
  retry(jobId: JobId): Job
  list(query?: { states?: readonly JobState[]; limit?: number }): Job[]
}

export interface LibraryParts {
  store: Store
  blobs: BlobStore
  ids: Ids
  clock: Clock
  jobs: ImportJobQueue
  openArchive: OpenArchive
  /** Absent where pages can’t be recognised. */
  recogniser?: Pick<TextRecogniser, 'languages'>
  /** Holds the study notes that ship with the app, as Markdown. */
  sampleDir: string
  /** Where the host puts uploaded files, each named by its upload id. */
  uploadsDir: string
  /** Ids of documents that were changed; the import job tells its own there. */
  changes: Feed<DocumentId[]>
  /** Opens a locked file by itself, beside what is being imported. */
  unlocker: Pick<DocumentExtractor, 'extract'>
  passwords: PasswordKeeper
}

/** Documents and collections: one method a procedure of documentsContract. */
export type Library = ReturnType<typeof makeLibrary>

/** Nobody waits for it: an hour may become an hour and a bit. */
const PURGE_EVERY_MS = 10 * 60_000
const READING_KINDS = new Set([IMPORT_DOCUMENT, RECOGNISE_DOCUMENT])
const isLocked = ({ failure }: Document) => failure !== undefined && LOCKED.has(failure.code)
const UNFINISHED = JobState.options.filter((state) => !TERMINAL_JOB_STATES.includes(state))

/** The library of a profile. Methods throw StudyError as the contract's procedures do: mostly not-found and bad-input. */
export function makeLibrary(parts: LibraryParts) {
  const { store, blobs, ids, clock, jobs, changes } = parts
  const changed = (documentIds: DocumentId[]) => changes.publish(documentIds)
  const trash = makeTrash({ store, blobs, clock })
  const collections = makeCollections({ store, ids, clock, changed })
  const takeInParts = { ...parts, changed, restore, stopImport }
  const importFiles = makeImportFiles({ ...takeInParts, collections, get, inTurn })
  let turn: Promise<unknown> = Promise.resolve()

  /** Blobs are shared by content: one is never put and deleted at the same time. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work)
    turn = mine.catch(() => {})
    return mine
  }

  function get({ documentId }: { documentId: DocumentId }): Document {
    const document = findDocument(store.reader, documentId)
    if (!document) throw new StudyError('not-found', 'This document is no longer in the library.')
    return document
  }

  function getPage(documentId: DocumentId, pageNumber: number) {
    get({ documentId })
    const page = findPage(store.reader, documentId, pageNumber)
    if (!page) throw new StudyError('not-found', `Page ${pageNumber} of this document was not read.`)
    return page
  }

  function stopImport(documentId: DocumentId): void {
    stopWork(documentId, READING_KINDS)
  }

  function stopWork(documentId: DocumentId, kinds?: ReadonlySet<string>): void {
    const unfinished = jobs.list({ states: UNFINISHED, limit: Number.MAX_SAFE_INTEGER })
    for (const job of unfinished) {
      if (job.documentId === documentId && (kinds === undefined || kinds.has(job.kind))) jobs.cancel(job.id)
    }
  }

  function restore(documentId: DocumentId): void {
    if (!trash.takeOut(documentId)) return
    const document = get({ documentId })
    if (document.status === 'queued' || document.status === 'importing') importAnew(documentId)
    else if (document.recognition?.waitingCount && !document.recognition.awaitsPassword) {
      store.transaction((db) => jobs.enqueue(db, recogniseRequest(documentId, document.title)))
      jobs.wake()
    }
    changed([documentId])
  }

  function importAnew(documentId: DocumentId): Document {
    const row = findImport(store.reader, documentId)
    if (!row) throw new StudyError('not-found', 'This document is no longer in the library.')
    const jobId = store.transaction((db) => requeue(takeInParts, db, row))
    // The job there is may wait for the person.
    jobs.retry(jobId)
    const shown = row.replacesId ?? documentId
    changed([shown])
    return get({ documentId: shown })
  }

  function recogniseOn(documentId: DocumentId): Document {
    const { title } = get({ documentId })
    store.transaction((db) => {
      updateDocument(db, documentId, { awaitsPassword: false, updatedAtMs: clock.nowMs() })
      jobs.enqueue(db, recogniseRequest(documentId, title))
    })
    jobs.wake()
    changed([documentId])
    return get({ documentId })
  }

  /** What of a document its password would open: the import of it or of its new version, or scans that wait for it. */
  function lockedPart(documentId: DocumentId) {
    const reading = readingFor(documentId)
    if (isLocked(reading)) return { reading, waitsFor: 'import' as const }
    const document = get({ documentId })
    return document.recognition?.awaitsPassword ? { reading: document, waitsFor: 'recognition' as const } : undefined
  }

  /** What is being read for a document: its new version, where there is one. */
  function readingFor(documentId: DocumentId) {
    get({ documentId })
    return findImport(store.reader, findNewVersion(store.reader, documentId)?.id ?? documentId) ?? get({ documentId })
  }

  return {
    list: (): Document[] => listDocuments(store.reader),
    get,

    ...importFiles,

    retry({ documentId }: { documentId: DocumentId }): Document {
      const reading = readingFor(documentId)
      if (reading.status === 'ready') {
        throw new StudyError('bad-input', 'This document was imported already. There is nothing to try again.')
      }
      if (reading.status !== 'failed' && reading.status !== 'cancelled') return get({ documentId })
      return importAnew(reading.id)
    },

    /**
     * Imports a locked document with its password, or goes on to recognise its scans. The password is checked first and
     * kept in memory until the import ends, its scans included. Throws `wrong-password`.
     */
    async unlock(
      { documentId, password }: { documentId: DocumentId; password: string },
      signal?: AbortSignal,
    ): Promise<Document> {
      const locked = lockedPart(documentId)
      if (!locked) return get({ documentId })
      const { id, mediaType, sha256 } = locked.reading
      const path = blobs.pathOf(sha256)
      if (path) await tryPassword(parts.unlocker, { path, mediaType, password }, signal)
      const now = lockedPart(documentId)
      // Unlocked twice at once, or replaced meanwhile.
      if (now?.reading.id !== id || now.waitsFor !== locked.waitsFor) return get({ documentId })
      parts.passwords.keep(id, password)
      return now.waitsFor === 'import' ? importAnew(id) : recogniseOn(id)
    },

    recognise(input: RecognitionWish): Document {
      const document = get(input)
      if (input.pageNumber !== undefined) getPage(document.id, input.pageNumber)
      askForRecognition({ store, clock, jobs, languages: parts.recogniser?.languages ?? [] }, document, input)
      changed([document.id])
      return get(input)
    },

    cancel({ documentId }: { documentId: DocumentId }): Document {
      get({ documentId })
      stopImport(documentId)
      if (trash.endVersion(documentId)) {
        changed([documentId])
        return get({ documentId })
      }
      store.transaction((db) => {
        if (!isImportable(db, documentId)) return
        updateDocument(db, documentId, { status: 'cancelled', failure: null, updatedAtMs: clock.nowMs() })
      })
      changed([documentId])
      return get({ documentId })
    },

    rename({ documentId, title }: { documentId: DocumentId; title: string }): Document {
      get({ documentId })
      store.transaction((db) => {
        updateDocument(db, documentId, { title, updatedAtMs: clock.nowMs() })
        retitleChunks(db, documentId, title)
      })
      changed([documentId])
      return get({ documentId })
    },

    move({ documentIds, collectionId }: { documentIds: DocumentId[]; collectionId: CollectionId | null }): void {
      if (collectionId) collections.get(collectionId)
      store.transaction((db) => moveDocuments(db, documentIds, collectionId, clock.nowMs()))
      changed(documentIds)
    },

    /** Out of sight at once, and undone by `restore` for an hour. */
    async delete({ documentIds }: { documentIds: DocumentId[] }): Promise<void> {
      for (const documentId of documentIds) {
        get({ documentId })
        trash.endVersion(documentId)
        trash.putIn(documentId)
        stopWork(documentId)
        parts.passwords.forget(documentId)
      }
      changed(documentIds)
    },

    /** Undoes a deletion: documents come back as they were, and what was being imported goes on. */
    async restore({ documentIds }: { documentIds: DocumentId[] }): Promise<Document[]> {
      return inTurn(async () => {
        for (const documentId of documentIds) restore(documentId)
        return documentIds.map((documentId) => get({ documentId }))
      })
    },

    /** Ends what was deleted an hour ago, now and from time to time, until the signal aborts. */
    async keepPurging(signal: AbortSignal): Promise<void> {
      for (;;) {
        await inTurn(async () => {
          trash.purge()
          await trash.sweepBlobs()
        })
        await clock.sleep(PURGE_EVERY_MS, signal)
      }
    },

    /** Notes that a page was read. A page that is not there any more is passed over. */
    markRead({ documentId, pageNumber }: { documentId: DocumentId; pageNumber: number }): void {
      if (!findDocument(store.reader, documentId)) return
      store.transaction((db) => markPageRead(db, { documentId, pageNumber, readAtMs: clock.nowMs() }))
    },

    page({ documentId, pageNumber }: { documentId: DocumentId; pageNumber: number }): Page {
      const { width, height, text, headings, label, recognition } = getPage(documentId, pageNumber)
      return {
        documentId,
        pageNumber,
        width,
        height,
        text,
        headings,
        ...(label && { label }),
        ...(recognition && { recognition }),
      }
    },

    highlight(input: {
      documentId: DocumentId
      pageNumber: number
      startOffset: number
      endOffset: number
    }): Highlight {
      const { pageNumber, startOffset, endOffset } = input
      const { boxes } = getPage(input.documentId, pageNumber)
      return { pageNumber, startOffset, endOffset, boxes: highlightBoxes(boxes, startOffset, endOffset) }
    },

    ...collections.procedures,

    /** Ids of documents as they change, from the call on, until the signal aborts. */
    changes(signal?: AbortSignal): AsyncIterable<{ documentIds: DocumentId[] }> {
      const changed = changes.subscribe(signal)
      return (async function* () {
        for await (const documentIds of changed) yield { documentIds }
      })()
    },
  }
}
