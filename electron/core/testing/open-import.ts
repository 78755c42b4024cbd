import { copyFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { MediaType } from '#contract/documents.ts'
import { DocumentId } from '#contract/ids.ts'
import { makeChunker } from '../adapters/chunk-worker.ts'
import { makeExtractor } from '../adapters/extract-worker.ts'
import { provisionalTitle } from '../ingest/choose-title.ts'
import { type ImportParts, makeImportJob } from '../ingest/import-document.ts'
import { keepPasswords } from '../ingest/keep-passwords.ts'
import { makeIds } from '../ops/make-ids.ts'
import { systemClock } from '../ops/system-clock.ts'
import type { Embedder } from '../ports.ts'
import { makeBlobStore } from '../store/blobs.ts'
import { insertDocument } from '../store/documents.rows.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { driveJob } from './drive-job.ts'
import { MODEL_DIR } from './model-dir.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { wordEmbedder } from './word-embedder.ts'

/** The import of documents in a profile of its own, with real workers; vectors are made of words. Call inside a test. */
export function openImport(
  options: Partial<Omit<ImportParts, 'searchModel'>> & { embedder?: Embedder | undefined; profileDir?: string } = {},
) {
  const { profileDir = temporaryFolder(), embedder, ...replaced } = { embedder: wordEmbedder(), ...options }
  const ids = makeIds({ clock: systemClock })
  const store = openStore({ profileDir })
  const changedIds: DocumentId[] = []
  let catchUpCount = 0
  const index = {
    async catchUp() {
      catchUpCount++
    },
  }
  const parts: ImportParts = {
    store,
    blobs: makeBlobStore({ dir: join(profileDir, 'blobs'), ids }),
    clock: systemClock,
    extractor: makeExtractor({ clock: systemClock }),
    chunker: makeChunker({ clock: systemClock, modelDir: MODEL_DIR }),
    searchModel: () => embedder && { embedder, index },
    changed: (documentIds) => changedIds.push(...documentIds),
    passwords: keepPasswords(),
    ...replaced,
  }
  // What was given from outside is somebody else's to close.
  onTestFinished(async () => {
    if (!replaced.extractor) await parts.extractor.close()
    if (!replaced.chunker) await parts.chunker.close()
    store.close()
  })
  return {
    parts,
    profileDir,
    changedIds,
    catchUpCount: () => catchUpCount,
    /** Keeps a file and makes its document, queued. */
    async keep(path: string, mediaType: MediaType = 'application/pdf') {
      const documentId = DocumentId.parse(ids.next())
      const { sha256, byteSize } = await parts.blobs.put(path)
      const nowMs = systemClock.nowMs()
      store.transaction((db) =>
        insertDocument(db, {
          id: documentId,
          title: provisionalTitle(path),
          path,
          sha256,
          mediaType,
          byteSize,
          status: 'queued',
          createdAtMs: nowMs,
          updatedAtMs: nowMs,
        }),
      )
      return documentId
    },
    run: (documentId: DocumentId, driving: Parameters<typeof driveJob>[3] = {}) =>
      driveJob(store, makeImportJob(parts), { documentId }, driving as object),
  }
}

/** What a library holds, without ids and times: two imports of one file must be equal in it. */
export function contentOf(store: Store) {
  const all = (sql: string) => store.reader.$client.prepare(sql).all()
  return {
    documents: all('SELECT title, sha256, page_count, status, failure FROM documents ORDER BY sha256'),
    pages: all(
      'SELECT d.sha256, p.page_number, p.width, p.height, p.status, p.text, hex(p.boxes) AS boxes, p.headings, p.failure FROM pages p JOIN documents d ON d.id = p.document_id ORDER BY 1, 2',
    ),
    chunks: all(
      'SELECT d.sha256, c.ordinal, c.page_number, c.start_offset, c.end_offset, c.heading, c.text, c.text_hash, c.token_count FROM chunks c JOIN documents d ON d.id = c.document_id ORDER BY 1, 2',
    ),
    vectors: all('SELECT text_hash, hex(vector) AS vector FROM embeddings ORDER BY 1'),
  }
}

/** A copy with a name of its own: the same content from another place. */
export function copyTo(dir: string, path: string, name = basename(path)): string {
  const copy = join(dir, name)
  copyFileSync(path, copy)
  return copy
}
