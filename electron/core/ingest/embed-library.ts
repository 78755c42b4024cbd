import { z } from 'zod'
import { givesTokens } from '../embedding/embed-passages.ts'
import type { EmbeddingModels, TargetModel } from '../embedding/embedding-models.ts'
import { embeddingModelKey } from '../embedding/model-key.ts'
import { toStudyError } from '../errors.ts'
import type { JobContext, JobDefinition, JobRequest, JobResult } from '../jobs/job-definition.ts'
import type { Clock, EmbeddingModelIdentity } from '../ports.ts'
import { followIndex } from '../search/build-index.ts'
import { countUnembeddedChunks, readUnembeddedChunks } from '../store/chunks.rows.ts'
import { ensureEmbeddingModel, insertEmbeddings, recordVectorsAdded } from '../store/embeddings.rows.ts'
import type { Store } from '../store/open-store.ts'
import { embedBatches } from './embed-batches.ts'

/** The name that rows of running libraries have. */
export const EMBED_LIBRARY = 'embed-missing'

const Payload = z.object({ modelKey: z.string().optional() })
const Cursor = z.object({ afterId: z.number().int().nonnegative() })

const AWAY_AFTER_MS = 60_000
const BUSY_AFTER_MS = 15_000

/**
 * The job that gives every passage of the library its vector of a model: what was imported while the model was
 * away, or the whole library after another model was chosen, which serves from the moment that this is done. Oldest first;
 * texts that have a vector of the model are not embedded again, unless their token vectors lack.
 */
export function makeEmbedLibraryJob(parts: {
  store: Store
  models: Pick<EmbeddingModels, 'target' | 'dropNext'>
  clock: Pick<Clock, 'sleep'>
}): JobDefinition<z.infer<typeof Payload>, z.infer<typeof Cursor>> {
  const { store, models, clock } = parts
  return {
    kind: EMBED_LIBRARY,
    payload: Payload,
    cursor: Cursor,
    limit: 1,
    priority: 10,
    heavy: true,
    maxAttempts: 4,
    async run({ modelKey }, context) {
      const target = models.target(modelKey)
      // Another model was chosen while this waited.
      if (!target) return { type: 'done' }
      try {
        await embedAll(store, target, context)
        // A large index takes minutes to build: the model serves when that is done too.
        await followIndex(target.index, target.index.catchUp(), clock, context)
      } catch (error) {
        if (context.signal.aborted) throw error
        return judge(error)
      }
      return { type: 'done', ...(target.takeOver && { effects: target.takeOver }) }
    },
    onAbandoned(db, { modelKey }, { state }) {
      if (state === 'cancelled') models.dropNext(db, modelKey)
    },
  }
}

async function embedAll(store: Store, { embedder }: TargetModel, context: JobContext<z.infer<typeof Cursor>>) {
  let afterId = context.cursor?.afterId ?? 0
  let modelId = 0
  context.commit(
    (db) => {
      modelId = ensureEmbeddingModel(db, embedder.identity)
    },
    { afterId },
  )
  const withTokens = givesTokens(embedder)
  const total = countUnembeddedChunks(store.reader, { modelId, withTokens })
  let done = 0
  context.progress({ stage: 'embed', done, total, unit: 'chunks' })
  const nextBatch = (limit: number) => {
    const batch = readUnembeddedChunks(store.reader, { modelId, withTokens, afterId, limit })
    afterId = batch.at(-1)?.id ?? afterId
    return batch
  }
  for await (const { chunks, vectors } of embedBatches(embedder, nextBatch, context.signal)) {
    context.commit(
      (db) => {
        insertEmbeddings(db, modelId, vectors)
        recordVectorsAdded(
          db,
          modelId,
          chunks.filter(({ isIndexed }) => !isIndexed).map(({ id }) => id),
        )
      },
      { afterId: chunks.at(-1)?.id ?? 0 },
    )
    done += chunks.length
    context.progress({ stage: 'embed', done, total: Math.max(total, done), unit: 'chunks' })
  }
}

/** A server that is away comes back by itself; a model that is gone needs the person. */
function judge(cause: unknown): JobResult {
  const error = toStudyError(cause)
  switch (error.code) {
    case 'model-unreachable':
      return { type: 'snooze', error, afterMs: AWAY_AFTER_MS }
    case 'model-busy':
      return { type: 'snooze', error, afterMs: BUSY_AFTER_MS }
    case 'model-missing':
    case 'model-refused':
    case 'embedding-model-missing':
      return { type: 'park', error }
    default:
      return { type: 'retry', error }
  }
}

/** The request to embed what lacks a vector of a model. */
export function embedLibraryRequest(identity: EmbeddingModelIdentity): JobRequest {
  const modelKey = embeddingModelKey(identity)
  return { kind: EMBED_LIBRARY, key: modelKey, payload: { modelKey }, title: identity.name }
}
