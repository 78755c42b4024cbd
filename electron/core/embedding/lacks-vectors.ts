import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Embedder } from '../ports.ts'
import { findUnembedded, lastChunkId } from '../store/chunks.rows.ts'
import { readEmbeddedUpTo, writeEmbeddedUpTo } from '../store/embeddings.rows.ts'
import type { Store } from '../store/open-store.ts'
import { findEmbeddingModelId } from '../store/vectors.rows.ts'
import { givesTokens } from './embed-passages.ts'

/** Some 1 ms. */
const CHUNKS_PER_LOOK = 500
/** What is looked at again where the process ends first. */
const CHUNKS_PER_NOTE = 20_000
const NO_MODEL = -1

export interface LacksVectorsOptions {
  store: Pick<Store, 'reader' | 'transaction'>
  embedder: Embedder
  /** Whether the model is in use: only then is it noted how far its vectors are complete. */
  inUse: () => boolean
  /** Ends the look: false then. */
  signal: AbortSignal
}

/**
 * Whether a chunk of an imported document has no vector of a model. From where the last look ended, and in pieces: 200,000 chunks
 * take half a second, which would hold everything else up, at each start.
 */
export async function lacksVectors({ store, embedder, inUse, signal }: LacksVectorsOptions): Promise<boolean> {
  const db = store.reader
  const last = lastChunkId(db)
  // Of a model that nothing was embedded with, no chunk has a vector.
  const of = { modelId: findEmbeddingModelId(db, embedder.identity) ?? NO_MODEL, withTokens: givesTokens(embedder) }
  let noted = readEmbeddedUpTo(db, of)
  let upTo = noted
  let isWhole = true
  const note = () => {
    if (upTo === noted || of.modelId === NO_MODEL || !inUse()) return
    // The look is made again if it is lost.
    store.transaction((write) => writeEmbeddedUpTo(write, of, upTo), { durable: false })
    noted = upTo
  }
  for (let afterId = noted; afterId < last && !signal.aborted; afterId += CHUNKS_PER_LOOK) {
    const untilId = Math.min(last, afterId + CHUNKS_PER_LOOK)
    const { first, firstImported } = findUnembedded(db, { ...of, afterId, untilId })
    if (isWhole) upTo = first === undefined ? untilId : first - 1
    isWhole &&= first === undefined
    if (firstImported !== undefined) {
      note()
      return true
    }
    if (upTo - noted >= CHUNKS_PER_NOTE) note()
    await nextTurn()
  }
  if (!signal.aborted) note()
  return false
}
