import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AskScope } from '#contract/ask.ts'
import { makeChunker } from '#core/adapters/chunk-worker.ts'
import { makeExtractor } from '#core/adapters/extract-worker.ts'
import { makeOnnxAnswerJudge, openOnnxEmbedder } from '#core/adapters/onnx-minilm.ts'
import { type ImportCursor, ImportPayload, makeImportJob } from '#core/ingest/import-document.ts'
import { keepPasswords } from '#core/ingest/keep-passwords.ts'
import { takeInFile } from '#core/ingest/take-in-file.ts'
import { makeIds } from '#core/ops/make-ids.ts'
import { systemClock } from '#core/ops/system-clock.ts'
import type { AnswerJudge, Embedder } from '#core/ports.ts'
import { type LibraryIndex, openLibraryIndex } from '#core/search/library-index.ts'
import { makeSearcher, type Searcher } from '#core/search/search-library.ts'
import { readShippedTerms } from '#core/search/shipped-terms.ts'
import { makeTermLookup } from '#core/search/term-groups.ts'
import { makeBlobStore } from '#core/store/blobs.ts'
import type { ReadDb } from '#core/store/connection.ts'
import { findDocumentByPath } from '#core/store/documents.rows.ts'
import { openStore, type Store } from '#core/store/open-store.ts'
import { openArchive } from '../../electron/core/adapters/yauzl-archive.ts'

const RESOURCES_DIR = fileURLToPath(new URL('../../resources', import.meta.url))
export const MODEL_DIR = join(RESOURCES_DIR, 'models', 'all-MiniLM-L6-v2')
const JUDGE_DIR = join(RESOURCES_DIR, 'models', 'answer-judge')

/** A profile opened for measuring: search over what was imported, and nothing else running. */
export interface MeasuredLibrary extends AsyncDisposable {
  store: Store
  embedder: Embedder
  judge: AnswerJudge
  index: LibraryIndex
  searcher: Searcher
}

/** A file of the library by itself, or all of it. */
export function scopeOf(db: ReadDb, path: string | undefined): AskScope {
  const document = path === undefined ? undefined : findDocumentByPath(db, path)
  return document ? { documentIds: [document.id] } : {}
}

/**
 * Imports files by the app's own import job, one after the other, and opens search over them. Without `embeds` their
 * words alone can be searched: enough for what reads pages only, and many times faster.
 */
export async function importFiles(
  profileDir: string,
  paths: readonly string[],
  { embeds = true }: { embeds?: boolean } = {},
): Promise<MeasuredLibrary> {
  const clock = systemClock
  const ids = makeIds({ clock })
  const store = openStore({ profileDir })
  const blobs = makeBlobStore({ dir: join(profileDir, 'blobs'), ids })
  const embedder = await openOnnxEmbedder({ modelDir: MODEL_DIR })
  const judge = makeOnnxAnswerJudge({ modelDir: JUDGE_DIR, clock })
  const index = await openLibraryIndex({ store, dir: profileDir, identity: embedder.identity })
  const extractor = makeExtractor({ clock })
  const chunker = makeChunker({ clock, modelDir: MODEL_DIR })
  const passwords = keepPasswords()
  const searchModel = () => (embeds ? { embedder, index } : undefined)
  const job = makeImportJob({ store, blobs, clock, extractor, chunker, searchModel, passwords, changed: () => {} })
  const queued: ImportPayload[] = []
  const jobs = {
    enqueue: (_db: unknown, request: { payload: unknown }) => {
      queued.push(ImportPayload.parse(request.payload))
      return { jobId: ids.next() as never, created: true }
    },
    retry: () => undefined as never,
  }
  for (const path of paths) {
    const file = { path, givenPath: path, collectionId: undefined }
    const { failure } = await takeInFile(
      { store, blobs, ids, clock, jobs, openArchive, changed: () => {}, restore: () => {}, stopImport: () => {} },
      file,
      undefined,
    )
    if (failure) throw new Error(`${path}: ${failure.message}`)
  }
  for (const payload of queued) {
    const result = await job.run(payload, {
      jobId: ids.next() as never,
      attempt: 1,
      cursor: undefined,
      signal: new AbortController().signal,
      commit: (effects: Parameters<Store['transaction']>[0], _cursor: ImportCursor) => store.transaction(effects),
      progress: () => {},
    })
    if (result.type !== 'done')
      throw new Error(`import ended as ${result.type}`, { cause: 'error' in result && result.error })
    if (result.effects) store.transaction(result.effects)
  }
  await extractor.close()
  await chunker.close()
  await index.catchUp()
  const terms = makeTermLookup(readShippedTerms(RESOURCES_DIR))
  return {
    store,
    embedder,
    judge,
    index,
    searcher: makeSearcher({ store, embedder: () => embedder, index: () => index, clock, terms: () => terms }),
    async [Symbol.asyncDispose]() {
      await index.close()
      await embedder.close()
      await judge.close()
      store.close()
    },
  }
}
