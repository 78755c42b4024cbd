import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DocumentId } from '#contract/ids.ts'
import type { Effects } from '../jobs/job-definition.ts'
import type { Clock } from '../ports.ts'
import { deleteChunks, readChunks } from '../store/chunks.rows.ts'
import { discardBlob } from '../store/discarded-blobs.rows.ts'
import { deleteDocument, findImport, updateDocument } from '../store/documents.rows.ts'
import { markUnusedTexts } from '../store/embeddings.rows.ts'
import type { Store } from '../store/open-store.ts'
import { findPage, movePages, readPageTexts } from '../store/pages.rows.ts'
import { moveQuotes, readQuotes } from '../store/quoted-places.rows.ts'
import { unshelveChunks } from '../store/shelved-chunks.rows.ts'
import { makeQuoteFinder, type QuotePlace } from './find-quote.ts'
import { placeQuote } from './place-quote.ts'

/**
 * Makes ready to put a version that was read whole in the place of its document,
 * in one transaction: the document keeps its id, name and collection and gets the
 * version's file, pages and chunks; quotes of it are found again in the new pages
 * or marked as lost. The looking up is done before, a few quotes at a time.
 */
export async function becomeNewVersion(
  { store, clock }: { store: Store; clock: Clock },
  version: { id: DocumentId; replacesId: DocumentId },
  signal: AbortSignal,
): Promise<Effects> {
  const finder = makeQuoteFinder(readPageTexts(store.reader, version.id).filter(({ status }) => status === 'text'))
  const known = new Map<string, QuotePlace | undefined>()
  const find = (quoted: { quote: string; pageNumber: number }) => {
    const key = `${quoted.pageNumber} ${quoted.quote}`
    const place = known.has(key) ? known.get(key) : finder.find(quoted.quote, quoted)
    known.set(key, place)
    return place
  }
  for (const quoted of readQuotes(store.reader, version.replacesId)) {
    find(quoted)
    await nextTurn()
    signal.throwIfAborted()
  }

  return (db) => {
    const [row, older] = [findImport(db, version.id), findImport(db, version.replacesId)]
    if (!row || !older) return
    const oldTexts = readChunks(db, older.id).map(({ textHash }) => textHash)
    deleteChunks(db, older.id)
    movePages(db, row.id, older.id)
    unshelveChunks(db, row.id, older)
    // Before the document takes over its content's address, which is one document's alone.
    deleteDocument(db, row.id)
    const { sha256, mediaType, byteSize, pageCount, path } = row
    const file = { sha256, mediaType, byteSize, pageCount, path }
    const state = { status: 'ready', failure: null, awaitsPassword: false } as const
    updateDocument(db, older.id, { ...file, ...state, updatedAtMs: clock.nowMs() })
    discardBlob(db, older.sha256)
    markUnusedTexts(db, oldTexts, clock.nowMs())
    moveQuotes(db, { documentId: older.id, path, title: older.title }, (quoted) => {
      const place = find(quoted)
      return placeQuote(quoted, place, place && findPage(db, older.id, place.pageNumber))
    })
  }
}
