import { z } from 'zod'
import type { JobDefinition, JobRequest } from '../jobs/job-definition.ts'
import type { Embedder } from '../ports.ts'
import { countUnembeddedChunks, readUnembeddedChunks } from '../store/chunks.rows.ts'
import { ensureEmbeddingModel, insertEmbeddings, recordVectorChanges } from '../store/embeddings.rows.ts'
import type { Store } from '../store/open-store.ts'
import { findEmbeddingModelId } from '../store/vectors.rows.ts'
import { embedBatches } from './embed-batches.ts'
import type { ImportParts } from './import-document.ts'

export const EMBED_MISSING = 'embed-missing'

const Payload = z.object({})
const Cursor = z.object({ afterId: z.number().int().nonnegative() })

/**
 * The job that gives vectors to what was imported while there was no embedding
 * model, or another one: the whole library's chunks, oldest first.
 */
export function makeEmbedMissingJob(
  parts: Pick<ImportParts, 'store' | 'embedder' | 'index'>,
): JobDefinition<z.infer<typeof Payload>, z.infer<typeof Cursor>> {
  const { store, embedder, index } = parts
  return {
    kind: EMBED_MISSING,
    payload: Payload,
    cursor: Cursor,
    limit: 1,
    priority: 10,
    heavy: true,
    maxAttempts: 4,
    async run(_, context) {
      if (!embedder) return { type: 'done' }
      let afterId = context.cursor?.afterId ?? 0
      let modelId = 0
      context.commit(
        (db) => {
          modelId = ensureEmbeddingModel(db, embedder.identity)
        },
        { afterId },
      )
      const total = countUnembeddedChunks(store.reader, modelId)
      let done = 0
      const nextBatch = (limit: number) => {
        const batch = readUnembeddedChunks(store.reader, { modelId, afterId, limit })
        afterId = batch.at(-1)?.id ?? afterId
        return batch
      }
      for await (const { chunks, vectors } of embedBatches(embedder, nextBatch, context.signal)) {
        const ids = chunks.map(({ id }) => id)
        context.commit(
          (db) => {
            insertEmbeddings(db, modelId, vectors)
            recordVectorChanges(db, ids, 'add')
          },
          { afterId: ids.at(-1) ?? 0 },
        )
        done += chunks.length
        context.progress({ stage: 'embed', done, total, unit: 'chunks' })
      }
      await index?.catchUp()
      return { type: 'done' }
    },
  }
}

/** The request to embed what lacks a vector of the model in use; undefined when nothing does. Asked at start-up. */
export function embedMissingRequest({
  store,
  embedder,
}: {
  store: Pick<Store, 'reader'>
  embedder: Embedder | undefined
}): JobRequest | undefined {
  if (!embedder) return undefined
  const modelId = findEmbeddingModelId(store.reader, embedder.identity)
  if (countUnembeddedChunks(store.reader, modelId ?? -1) === 0) return undefined
  return { kind: EMBED_MISSING, key: embedder.identity.weightsHash, payload: {}, title: 'Search by meaning' }
}
