import type { Document } from '#contract/documents.ts'
import type { DocumentId } from '#contract/ids.ts'
import { type EmbeddedPassage, embedPassages } from '../embedding/embed-passages.ts'
import { isModelAway } from '../embedding/model-away.ts'
import type { Effects } from '../jobs/job-definition.ts'
import type { Embedder } from '../ports.ts'
import { type NewChunk, readChunks, replacePageChunks } from '../store/chunks.rows.ts'
import type { WriteDb } from '../store/connection.ts'
import { findDocument } from '../store/documents.rows.ts'
import {
  ensureEmbeddingModel,
  insertEmbeddings,
  markUnusedTexts,
  recordVectorsAdded,
} from '../store/embeddings.rows.ts'
import { findPage, readPageTexts, type StoredPage, upsertPages } from '../store/pages.rows.ts'
import { moveQuotes } from '../store/quoted-places.rows.ts'
import { embeddedText } from './chunk-text.ts'
import { makeQuoteFinder } from './find-quote.ts'
import type { ImportParts } from './import-document.ts'
import { placeQuote } from './place-quote.ts'

type ReplacingParts = Pick<ImportParts, 'store' | 'clock' | 'chunker' | 'searchModel' | 'changed' | 'log'>
type Commit = (effects: Effects) => void

/**
 * Puts pages in the place of what is there of the same numbers: text, boxes,
 * passages, their words and their vectors in one commit, so that search never
 * finds a passage that its page does not have.
 */
export async function replacePages(
  parts: ReplacingParts,
  documentId: DocumentId,
  pages: readonly StoredPage[],
  commit: Commit,
  signal: AbortSignal,
): Promise<void> {
  const chunks = await parts.chunker.chunk([...pages], signal)
  await replaceChunks(parts, documentId, { pages, chunks: byPage(pages, chunks) }, commit, signal)
}

/**
 * Cuts the document anew and replaces the passages of the pages where that makes a
 * difference. The rest keep their ids, and a text that has a vector is not embedded again.
 */
export async function settleChunks(
  parts: ReplacingParts,
  documentId: DocumentId,
  commit: Commit,
  signal: AbortSignal,
): Promise<void> {
  const pages = readPageTexts(parts.store.reader, documentId)
  const wanted = byPage(pages, await parts.chunker.chunk(pages, signal))
  const there = byPage(pages, readChunks(parts.store.reader, documentId))
  for (const [pageNumber, chunks] of wanted) {
    if (fingerprint(chunks) === fingerprint(there.get(pageNumber) ?? [])) continue
    await replaceChunks(parts, documentId, { pages: [], chunks: new Map([[pageNumber, chunks]]) }, commit, signal)
  }
}

function byPage<Chunk extends { pageNumber: number }>(
  pages: readonly { pageNumber: number }[],
  chunks: readonly Chunk[],
): Map<number, Chunk[]> {
  const found = new Map(pages.map(({ pageNumber }): [number, Chunk[]] => [pageNumber, []]))
  for (const chunk of chunks) found.get(chunk.pageNumber)?.push(chunk)
  return found
}

function fingerprint(chunks: readonly Pick<NewChunk, 'startOffset' | 'endOffset' | 'lead' | 'textHash'>[]): string {
  return chunks
    .map(({ startOffset, endOffset, textHash, lead }) => [startOffset, endOffset, textHash, lead].join(' '))
    .join('\n')
}

async function replaceChunks(
  { clock, searchModel, changed, log }: ReplacingParts,
  documentId: DocumentId,
  { pages, chunks }: { pages: readonly StoredPage[]; chunks: ReadonlyMap<number, readonly NewChunk[]> },
  commit: Commit,
  signal: AbortSignal,
): Promise<void> {
  const texts = new Map([...chunks.values()].flat().map((chunk) => [chunk.textHash, embeddedText(chunk)]))
  const embedder = searchModel()?.embedder
  const vectors = await embedTexts(embedder, log, texts, signal)
  commit((db) => {
    const document = findDocument(db, documentId)
    // Deleted meanwhile: there is no page to write.
    if (!document) return
    for (const page of pages) keepQuotes(db, document, page)
    upsertPages(db, documentId, pages)
    const ids: number[] = []
    for (const [pageNumber, added] of chunks) {
      const replaced = replacePageChunks(db, { documentId, title: document.title, pageNumber }, added)
      ids.push(...replaced.ids)
      markUnusedTexts(db, replaced.oldTexts, clock.nowMs())
    }
    if (embedder && vectors) {
      const modelId = ensureEmbeddingModel(db, embedder.identity)
      insertEmbeddings(db, modelId, vectors)
      recordVectorsAdded(db, modelId, ids)
    }
    queueMicrotask(() => changed([documentId]))
  })
}

/** What was quoted from the page as it was is found again in its new text, or marked. */
function keepQuotes(db: WriteDb, { id: documentId, path, title }: Document, page: StoredPage): void {
  const before = findPage(db, documentId, page.pageNumber)
  if (!before?.text || before.text === page.text) return
  const finder = makeQuoteFinder([page])
  moveQuotes(db, { documentId, path, title }, (quoted) =>
    quoted.pageNumber === page.pageNumber ? placeQuote(quoted, finder.find(quoted.quote, quoted), page) : undefined,
  )
}

/** Undefined where no model is there: the words are searched then, and the rest is made up for later. */
async function embedTexts(
  embedder: Embedder | undefined,
  log: ReplacingParts['log'],
  texts: ReadonlyMap<string, string>,
  signal: AbortSignal,
) {
  if (!embedder) return undefined
  try {
    const embedded = await embedPassages(embedder, [...texts.values()], { signal, priority: 'bulk' })
    return [...texts.keys()].map((textHash, index) => ({ textHash, ...(embedded[index] as EmbeddedPassage) }))
  } catch (error) {
    if (!isModelAway(error)) throw error
    log?.warn({ err: error }, 'a recognised page has no vectors')
    return undefined
  }
}
