import type { DocumentId } from '#contract/ids.ts'
import { givesTokens } from '../embedding/embed-passages.ts'
import { embeddingModelKey } from '../embedding/model-key.ts'
import type { JobContext } from '../jobs/job-definition.ts'
import type { Embedder } from '../ports.ts'
import { readChunksToEmbed } from '../store/chunks.rows.ts'
import { findImport } from '../store/documents.rows.ts'
import { ensureEmbeddingModel, insertEmbeddings, recordVectorsAdded } from '../store/embeddings.rows.ts'
import type { Store } from '../store/open-store.ts'
import { countShelvedChunks, readShelvedToEmbed } from '../store/shelved-chunks.rows.ts'
import { embedBatches } from './embed-batches.ts'
import type { ImportCursor } from './import-document.ts'

/**
 * Gives a document's chunks their vectors, from an ordinal on, and tells the
 * index of each. A text that has a vector of the model is not embedded again.
 */
export async function embedChunks(
  { store, embedder }: { store: Store; embedder: Embedder },
  task: { documentId: DocumentId; fromOrdinal: number },
  context: JobContext<ImportCursor>,
): Promise<void> {
  const { documentId, fromOrdinal } = task
  const modelKey = embeddingModelKey(embedder.identity)
  let modelId = 0
  context.commit(
    (db) => {
      modelId = ensureEmbeddingModel(db, embedder.identity)
    },
    { stage: 'embed', nextOrdinal: fromOrdinal, modelKey },
  )
  const document = findImport(store.reader, documentId)
  const isVersion = document?.replacesId != null
  const total = isVersion ? countShelvedChunks(store.reader, documentId) : (document?.chunkCount ?? 0)
  let readFrom = fromOrdinal
  let done = fromOrdinal
  context.progress({ stage: 'embed', done, total, unit: 'chunks' })

  const nextBatch = (limit: number) => {
    const read = isVersion ? readShelvedToEmbed : readChunksToEmbed
    const of = { modelId, withTokens: givesTokens(embedder) }
    const batch = read(store.reader, { documentId, ...of, fromOrdinal: readFrom, limit })
    readFrom = (batch.at(-1)?.ordinal ?? readFrom) + 1
    return batch
  }
  for await (const { chunks, vectors } of embedBatches(embedder, nextBatch, context.signal)) {
    done += chunks.length
    context.commit(
      (db) => {
        insertEmbeddings(db, modelId, vectors)
        // The index hears of a version when it is the document.
        if (isVersion) return
        recordVectorsAdded(
          db,
          modelId,
          chunks.map(({ id }) => id),
        )
      },
      { stage: 'embed', nextOrdinal: (chunks.at(-1)?.ordinal ?? 0) + 1, modelKey },
    )
    context.progress({ stage: done < total ? 'embed' : 'index', done, total, unit: 'chunks' })
  }
}
