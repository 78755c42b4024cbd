import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { fromFailure, StudyError } from '../errors.ts'
import type { Chunker } from '../ingest/chunk-pages.ts'
import type { ChunkablePage } from '../ingest/chunk-text.ts'
import type { Clock } from '../ports.ts'
import type { NewChunk } from '../store/chunks.rows.ts'
import type { ChunkReply, ChunkRequest, ChunkWorkerData } from '../workers/chunk.ts'
import { workerUrl } from '../workers/worker-url.ts'
import { makeCallQueue } from './call-queue.ts'
import { keepWorker } from './keep-worker.ts'
import { readTokenLimits } from './read-model-folder.ts'

export interface ChunkerOptions {
  clock: Clock
  /** The embedding model's folder; without it sizes are estimated. */
  modelDir: string
  /** How long an idle thread is kept for the next document. */
  idleMs?: number
  startWorker?: (workerData: ChunkWorkerData) => Worker
}

/** Some 2 ms of copying, with a look at the event loop before the next. */
const PAGES_PER_REQUEST = 200

/**
 * Cuts documents on one worker thread, one after the other: loading the vocabulary takes a second thread longer
 * than the first one takes for most documents.
 */
export function makeChunker({
  clock,
  modelDir,
  idleMs = 30_000,
  startWorker = startChunking,
}: ChunkerOptions): Chunker {
  const workers = keepWorker({ clock, idleMs, start: () => startWorker({ tokenizer: tokenizerOf(modelDir) }) })
  const queue = makeCallQueue()
  const closing = new AbortController()

  async function chunkOnWorker(pages: readonly ChunkablePage[], stop: AbortSignal): Promise<NewChunk[]> {
    const worker = workers.take()
    let isFree = false
    const ended = Promise.withResolvers<never>()
    // Heard by the next request, if there is one.
    ended.promise.catch(() => {})
    const onAbort = () => ended.reject(stopped(stop.reason))
    stop.addEventListener('abort', onAbort, { once: true })
    worker.once('error', (cause) => ended.reject(crashed(cause)))
    worker.once('exit', () => ended.reject(crashed(undefined)))
    const ask = async (request: ChunkRequest): Promise<NewChunk[]> => {
      const replied = Promise.withResolvers<ChunkReply>()
      worker.once('message', replied.resolve)
      worker.postMessage(request)
      const reply = await Promise.race([replied.promise, ended.promise])
      isFree = 'failure' in reply
      if ('failure' in reply) throw fromFailure(reply.failure)
      await nextTurn()
      return reply.chunks
    }
    try {
      for (let from = 0; from < pages.length; from += PAGES_PER_REQUEST) {
        await ask({ type: 'pages', pages: pages.slice(from, from + PAGES_PER_REQUEST) })
      }
      const chunks: NewChunk[] = []
      let next: NewChunk[]
      do {
        next = await ask({ type: 'chunks' })
        chunks.push(...next)
      } while (next.length > 0)
      isFree = true
      return chunks
    } finally {
      stop.removeEventListener('abort', onAbort)
      if (isFree) workers.giveBack(worker)
      else void worker.terminate()
    }
  }

  return {
    async chunk(pages, signal) {
      const stop = AbortSignal.any([signal, closing.signal])
      const turn = await queue.enter('bulk', stop)
      try {
        return await chunkOnWorker(pages, stop)
      } finally {
        turn.release()
      }
    },
    async close() {
      closing.abort()
      await workers.close()
    },
  }
}

function startChunking(workerData: ChunkWorkerData): Worker {
  return new Worker(workerUrl('chunk'), { workerData, resourceLimits: { maxYoungGenerationSizeMb: 8 } })
}

/** Undefined where there is no model, or one that can't be used. */
function tokenizerOf(modelDir: string): ChunkWorkerData['tokenizer'] {
  try {
    const { tokenizerPath, maxTokens } = readTokenLimits(modelDir)
    return { tokenizerPath, maxTokens }
  } catch (error) {
    if (error instanceof StudyError && error.code === 'embedding-model-missing') return undefined
    throw error
  }
}

function stopped(cause: unknown): StudyError {
  return new StudyError('cancelled', 'Stopped. What was finished before is kept.', { cause })
}

function crashed(cause: unknown): StudyError {
  return new StudyError('internal', 'Cutting the text into passages stopped unexpectedly. Try the import again.', {
    cause,
  })
}
