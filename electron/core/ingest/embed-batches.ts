import { type EmbeddedPassage, embedPassages } from '../embedding/embed-passages.ts'
import { StudyError } from '../errors.ts'
import type { Embedder } from '../ports.ts'
import type { UnembeddedChunk } from '../store/chunks.rows.ts'
import { embeddedText } from './chunk-text.ts'

const CHUNKS_PER_BATCH = 16
/** Enough that both embedding threads have work while a batch is being committed. */
const BATCHES_IN_FLIGHT = 3

interface Batch<Chunk> {
  chunks: Chunk[]
  /** Of the texts that had none, each once. */
  vectors: ({ textHash: string } & EmbeddedPassage)[]
}

/**
 * Embeds chunks batch after batch, in order, some batches ahead of the one that
 * is told. `nextBatch` reads on from where its last batch ended; none ends it.
 */
export async function* embedBatches<Chunk extends UnembeddedChunk & { hasVector?: boolean }>(
  embedder: Embedder,
  nextBatch: (limit: number) => Chunk[],
  signal: AbortSignal,
): AsyncGenerator<Batch<Chunk>> {
  const leaving = new AbortController()
  const stop = AbortSignal.any([signal, leaving.signal])
  const inFlight: { hashes: Set<string>; batch: Promise<Batch<Chunk>> }[] = []

  const send = (chunks: Chunk[]) => {
    const known = (hash: string) => inFlight.some(({ hashes }) => hashes.has(hash))
    const missing = new Map(
      chunks
        .filter((chunk) => !chunk.hasVector && !known(chunk.textHash))
        .map((chunk) => [chunk.textHash, embeddedText(chunk)]),
    )
    const hashes = [...missing.keys()]
    const batch = embedWhatCan(embedder, [...missing.values()], stop).then((vectors) => ({
      chunks,
      vectors: hashes.flatMap((textHash, index) => {
        const embedded = vectors[index]
        return embedded ? [{ textHash, ...embedded }] : []
      }),
    }))
    // Told when its turn comes; until then its failure is nobody's.
    batch.catch(() => {})
    inFlight.push({ hashes: new Set(hashes), batch })
  }

  try {
    let isMore = true
    for (;;) {
      while (isMore && inFlight.length < BATCHES_IN_FLIGHT) {
        const chunks = nextBatch(CHUNKS_PER_BATCH)
        isMore = chunks.length > 0
        if (isMore) send(chunks)
      }
      const [next] = inFlight
      if (!next) return
      yield await next.batch
      inFlight.shift()
    }
  } finally {
    leaving.abort()
  }
}

/** A text that the model has no vector for is left out: its passage is found by its words, and the others by both. */
async function embedWhatCan(
  embedder: Embedder,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<(EmbeddedPassage | undefined)[]> {
  try {
    return await embedPassages(embedder, texts, { signal, priority: 'bulk' })
  } catch (error) {
    if (!(error instanceof StudyError) || error.code !== 'model-bad-output') throw error
    if (texts.length === 1) return [undefined]
    const vectors: (EmbeddedPassage | undefined)[] = []
    for (const text of texts) vectors.push(...(await embedWhatCan(embedder, [text], signal)))
    return vectors
  }
}
