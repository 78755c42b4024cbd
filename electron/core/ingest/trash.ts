import type { DocumentId } from '#contract/ids.ts'
import type { BlobStore, Clock } from '../ports.ts'
import type { WriteDb } from '../store/connection.ts'
import { discardBlob, forgetDiscardedBlob, readDiscardedBlobs } from '../store/discarded-blobs.rows.ts'
import {
  deleteDocument,
  findDeletedDocument,
  findNewVersion,
  readDeletedBefore,
  updateDocument,
} from '../store/documents.rows.ts'
import { markUnusedTexts } from '../store/embeddings.rows.ts'
import type { Store } from '../store/open-store.ts'
import { readShelvedChunks, shelveChunks, unshelveChunks } from '../store/shelved-chunks.rows.ts'

/** How long a deletion can be undone. */
export const TRASH_KEPT_MS = 60 * 60_000

export interface TrashParts {
  store: Store
  blobs: BlobStore
  clock: Clock
}

/**
 * Documents on their way out: not found by anything from the moment they are
 * deleted, whole until the grace period is over, and gone for good after it. Each
 * step is one transaction; files go after it, by a note that outlives a crash.
 */
export function makeTrash({ store, blobs, clock }: TrashParts) {
  /** Ends documents for good, with all that was derived from them. Gives their files up to `sweepBlobs`. */
  function destroy(documents: readonly { id: DocumentId; sha256: string }[]): void {
    for (const { id, sha256 } of documents) {
      store.transaction((db) => {
        const newVersion = findNewVersion(db, id)
        if (newVersion) discardVersion(db, newVersion, clock.nowMs())
        const textHashes = readShelvedChunks(db, id).map(({ textHash }) => textHash)
        deleteDocument(db, id)
        markUnusedTexts(db, textHashes, clock.nowMs())
        discardBlob(db, sha256)
      })
    }
  }

  return {
    /** Takes a document out of sight. */
    putIn(documentId: DocumentId): void {
      store.transaction((db) => {
        const nowMs = clock.nowMs()
        shelveChunks(db, documentId)
        updateDocument(db, documentId, { deletedAtMs: nowMs, updatedAtMs: nowMs })
      })
    },

    /** Brings a document back as it was; false where it is not (any more) in the trash. */
    takeOut(documentId: DocumentId): boolean {
      return store.transaction((db) => {
        const document = findDeletedDocument(db, documentId)
        if (!document) return false
        updateDocument(db, documentId, { deletedAtMs: null, updatedAtMs: clock.nowMs() })
        unshelveChunks(db, documentId, document)
        return true
      })
    },

    /** Ends the version in the making of a document; false where there is none. */
    endVersion(documentId: DocumentId): boolean {
      return store.transaction((db) => {
        const version = findNewVersion(db, documentId)
        if (version) discardVersion(db, version, clock.nowMs())
        return version !== undefined
      })
    },

    /** Destroys what was deleted longer than the grace period ago. */
    purge(): void {
      destroy(readDeletedBefore(store.reader, clock.nowMs() - TRASH_KEPT_MS))
    },

    /** Removes the files that no document needs. Never while a file is being put. */
    async sweepBlobs(): Promise<void> {
      for (const { sha256, isWanted } of readDiscardedBlobs(store.reader)) {
        if (!isWanted) await blobs.delete(sha256)
        store.transaction((db) => forgetDiscardedBlob(db, sha256))
      }
    },
  }
}

/** Ends a new version that did not become the document. */
export function discardVersion(db: WriteDb, version: { id: DocumentId; sha256: string }, nowMs: number): void {
  const textHashes = readShelvedChunks(db, version.id).map(({ textHash }) => textHash)
  deleteDocument(db, version.id)
  markUnusedTexts(db, textHashes, nowMs)
  discardBlob(db, version.sha256)
}
