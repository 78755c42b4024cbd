import { rm } from 'node:fs/promises'
import { z } from 'zod'
import type { JobDefinition, JobRequest } from '../jobs/job-definition.ts'
import { graphDir } from '../search/saved-graph.ts'
import { deleteEmbeddings, type KeptModel, readKeptModels } from '../store/embeddings.rows.ts'
import type { Store } from '../store/open-store.ts'
import type { EmbeddingModels } from './embedding-models.ts'

export const FORGET_VECTORS = 'forget-vectors'

const Payload = z.object({ modelId: z.number().int() })
const Cursor = z.object({ done: z.number().int().nonnegative() })
const VECTORS_PER_COMMIT = 1_000

/** The job that removes the vectors of a model that is not in use, and its graph. The database uses their space again. */
export function makeForgetVectorsJob(parts: {
  store: Store
  profileDir: string
  models: Pick<EmbeddingModels, 'status' | 'letGo'>
}): JobDefinition<z.infer<typeof Payload>, z.infer<typeof Cursor>> {
  const { store, profileDir, models } = parts
  return {
    kind: FORGET_VECTORS,
    payload: Payload,
    cursor: Cursor,
    limit: 1,
    priority: 0,
    maxAttempts: 3,
    async run({ modelId }, context) {
      const kept = readKeptModels(store.reader).find((model) => model.modelId === modelId)
      if (!kept) return { type: 'done' }
      const isInUse = () => models.status().kept.some((model) => model.modelId === modelId && model.inUse)
      if (isInUse()) return { type: 'done' }
      await models.letGo(kept)
      let done = context.cursor?.done ?? 0
      const total = done + kept.vectorCount
      for (let removed = -1; removed !== 0; ) {
        // Chosen again while this waited: what is left of it stays.
        if (isInUse()) return { type: 'done' }
        context.commit(
          (db) => {
            removed = deleteEmbeddings(db, modelId, VECTORS_PER_COMMIT)
          },
          { done },
        )
        done += removed
        context.progress({ stage: 'forget', done, total, unit: 'chunks' })
        context.signal.throwIfAborted()
      }
      await rm(graphDir(profileDir, kept), { recursive: true, force: true })
      return { type: 'done' }
    },
  }
}

export function forgetVectorsRequest({ modelId, name }: Pick<KeptModel, 'modelId' | 'name'>): JobRequest {
  return { kind: FORGET_VECTORS, key: String(modelId), payload: { modelId }, title: name }
}
