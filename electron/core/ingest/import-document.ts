import { z } from 'zod'
import type { Document } from '#contract/documents.ts'
import { DocumentId } from '#contract/ids.ts'
import { isModelAway } from '../embedding/model-away.ts'
import { embeddingModelKey } from '../embedding/model-key.ts'
import { StudyError, toFailure, toStudyError } from '../errors.ts'
import type { Effects, JobContext, JobDefinition, JobResult } from '../jobs/job-definition.ts'
import type { Log } from '../ops/open-log.ts'
import type { BlobStore, Clock, DocumentExtractor, Embedder } from '../ports.ts'
import type { LibraryIndex } from '../search/library-index.ts'
import type { WriteDb } from '../store/connection.ts'
import { findImport, findImportName, isImportable, updateDocument } from '../store/documents.rows.ts'
import type { Store } from '../store/open-store.ts'
import { nextPageNumber } from '../store/pages.rows.ts'
import { countWantedPages } from '../store/recognition.rows.ts'
import { becomeNewVersion } from './become-new-version.ts'
import { type Chunker, chunkPages } from './chunk-pages.ts'
import { embedChunks } from './embed-chunks.ts'
import { extractPages } from './extract-pages.ts'
import type { PasswordKeeper } from './keep-passwords.ts'

export const IMPORT_DOCUMENT = 'import-document'

export const ImportPayload = z.object({ documentId: DocumentId })
export type ImportPayload = z.infer<typeof ImportPayload>

/** The next thing to do; what was done before is committed. */
export const ImportCursor = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('extract'), nextPage: z.number().int().positive() }),
  z.object({ stage: z.literal('chunk') }),
  /** `modelKey`: of the model that the chunks before have a vector of. */
  z.object({
    stage: z.literal('embed'),
    nextOrdinal: z.number().int().nonnegative(),
    modelKey: z.string().optional(),
  }),
])
export type ImportCursor = z.infer<typeof ImportCursor>

export interface ImportParts {
  store: Store
  blobs: BlobStore
  clock: Clock
  extractor: DocumentExtractor
  chunker: Chunker
  /** What serves search by meaning now; undefined while its model is missing: words are searched then. */
  searchModel: () => { embedder: Embedder; index: Pick<LibraryIndex, 'catchUp'> } | undefined
  /** Hears of documents that were imported without vectors, after the import was committed. */
  vectorsMissing?: () => void
  passwords: PasswordKeeper
  /** Hears of documents that were changed, after the change was committed. */
  changed: (documentIds: DocumentId[]) => void
  log?: Pick<Log, 'warn'>
  /** Queues the recognition of a document's wanted pages, in the transaction given; absent where nothing can be recognised. */
  queueRecognition?: ((db: WriteDb, document: Pick<Document, 'id' | 'title'>) => void) | undefined
}

/** Trying again would read the same file and fail the same way. */
const PERMANENT = new Set<StudyError['code']>([
  'not-found',
  'file-missing',
  'file-unreadable',
  'file-unsupported',
  'file-too-large',
  'file-empty',
  'file-damaged',
])
/** What a password would put right. */
export const LOCKED: ReadonlySet<StudyError['code']> = new Set<StudyError['code']>(['file-encrypted', 'wrong-password'])

/**
 * The job that makes a kept file searchable: extract → chunk → embed → index.
 * Each step commits what it did with the place to go on from, so that a run that
 * was ended anywhere goes on there, and ends with the same pages and chunks as one
 * that was not. Two documents at a time: while one is being embedded the other is
 * read (there is one reading thread).
 */
export function makeImportJob(parts: ImportParts): JobDefinition<ImportPayload, ImportCursor> {
  return {
    kind: IMPORT_DOCUMENT,
    payload: ImportPayload,
    cursor: ImportCursor,
    limit: 2,
    priority: 50,
    heavy: true,
    maxAttempts: 4,
    async run({ documentId }, context) {
      const change = makeChange(parts, documentId)
      try {
        return await importDocument(parts, documentId, context)
      } catch (error) {
        if (context.signal.aborted) throw error
        const failure = toStudyError(error)
        const effects = change({ status: 'failed', failure: toFailure(failure) })
        if (LOCKED.has(failure.code)) {
          parts.passwords.forget(documentId)
          return { type: 'park', error: failure, effects }
        }
        if (!PERMANENT.has(failure.code)) return { type: 'retry', error: failure }
        parts.passwords.forget(documentId)
        return { type: 'failed', error: failure, effects }
      }
    },
    onAbandoned(db, { documentId }, { state, error }) {
      parts.passwords.forget(documentId)
      if (!isImportable(db, documentId)) return
      const change = makeChange(parts, documentId)
      if (state === 'cancelled') change({ status: 'cancelled', failure: null })(db)
      else change({ status: 'failed', failure: toFailure(error ?? gaveUp()) })(db)
    },
  }
}

async function importDocument(
  parts: ImportParts,
  documentId: DocumentId,
  context: JobContext<ImportCursor>,
): Promise<JobResult> {
  const { store, blobs } = parts
  const document = findImport(store.reader, documentId)
  // Deleted while it waited, and its password forgotten then: there is nothing left to do.
  if (!document) return { type: 'done' }
  const change = makeChange(parts, documentId)
  const path = blobs.pathOf(document.sha256)
  if (!path) {
    throw new StudyError(
      'file-missing',
      'The kept copy of this file is gone, so it can’t be read. Delete the document and import the file again.',
    )
  }
  let cursor = context.cursor ?? resumePoint(parts, documentId, document.pageCount)
  context.commit(change({ status: 'importing', failure: null }), cursor)

  if (cursor.stage === 'extract') {
    const password = parts.passwords.get(documentId)
    const task = { document, path, fromPage: cursor.nextPage, change, ...(password === undefined ? {} : { password }) }
    cursor = await extractPages(parts, task, context)
  }
  if (cursor.stage === 'chunk') cursor = await chunkPages(parts, documentId, context)
  const hasVectors = cursor.stage !== 'embed' || (await embedAndIndex(parts, documentId, cursor, context))
  const becomeReady = document.replacesId
    ? await becomeNewVersion(parts, { id: documentId, replacesId: document.replacesId }, context.signal)
    : change({ status: 'ready', failure: null })
  /** True where pages are left to be read from their pictures. */
  const ready = (db: WriteDb): boolean => {
    becomeReady(db)
    const id = document.replacesId ?? documentId
    if (!parts.queueRecognition || countWantedPages(db, id) === 0) return false
    parts.queueRecognition(db, { id, title: findImport(db, id)?.title ?? document.title })
    return true
  }
  return {
    type: 'done',
    effects(db) {
      const goesOn = ready(db)
      queueMicrotask(() => {
        const password = parts.passwords.get(documentId)
        parts.passwords.forget(documentId)
        if (goesOn && password !== undefined) parts.passwords.keep(document.replacesId ?? documentId, password)
        if (document.replacesId) tellReplaced(parts, document.replacesId)
        if (!hasVectors) parts.vectorsMissing?.()
      })
    },
  }
}

/** A version took its document's place: its chunks are new to the index. */
function tellReplaced(parts: ImportParts, documentId: DocumentId): void {
  parts.changed([documentId])
  const index = parts.searchModel()?.index
  if (index) void catchUpIndex(index, parts.log)
}

/** Where a new job for a document goes on: an earlier job's pages are not read again. */
function resumePoint({ store }: ImportParts, documentId: DocumentId, pageCount: number): ImportCursor {
  const nextPage = nextPageNumber(store.reader, documentId)
  return pageCount > 0 && nextPage > pageCount ? { stage: 'chunk' } : { stage: 'extract', nextPage }
}

/** Resolves to false where the model was away: the words of the document are found all the same, and the rest is made up for later. A model that takes over meanwhile embeds the document too. */
async function embedAndIndex(
  parts: ImportParts,
  documentId: DocumentId,
  cursor: Extract<ImportCursor, { stage: 'embed' }>,
  context: JobContext<ImportCursor>,
): Promise<boolean> {
  const { store, searchModel, log } = parts
  for (let model = searchModel(); model; model = searchModel()) {
    const { embedder, index } = model
    const goesOn = cursor.modelKey === embeddingModelKey(embedder.identity)
    try {
      const fromOrdinal = goesOn ? cursor.nextOrdinal : 0
      await embedChunks({ store, embedder }, { documentId, fromOrdinal }, context)
    } catch (error) {
      if (!isModelAway(error)) throw error
      log?.warn({ err: error }, 'a document was imported without vectors')
      return false
    }
    await catchUpIndex(index, log)
    if (searchModel()?.embedder === embedder) return true
  }
  return false
}

/** The index is a cache: when it can't be brought up to date, search goes on without it and the next start tries again. */
export async function catchUpIndex(index: Pick<LibraryIndex, 'catchUp'>, log: ImportParts['log']): Promise<void> {
  try {
    await index.catchUp()
  } catch (error) {
    log?.warn({ err: error }, 'the vector index could not take in an imported document')
  }
}

/** A change of the document's row, as an effect of the job; listeners hear of it once it is committed. */
export type DocumentChange = (change: Omit<Parameters<typeof updateDocument>[2], 'updatedAtMs'>) => Effects

function makeChange({ clock, changed }: ImportParts, documentId: DocumentId): DocumentChange {
  return (change) => (db: WriteDb) => {
    updateDocument(db, documentId, { ...change, updatedAtMs: clock.nowMs() })
    // The library shows a version as a part of its document.
    const shown = findImportName(db, documentId)?.replacesId ?? documentId
    // Transactions are synchronous, so a microtask comes after the commit.
    queueMicrotask(() => changed([shown]))
  }
}

function gaveUp(): StudyError {
  return new StudyError(
    'internal',
    'The import stopped unexpectedly several times and was given up. What was read is kept; try again to go on from there.',
  )
}
