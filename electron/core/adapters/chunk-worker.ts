import { Worker } from 'node:worker_threads'
import { fromFailure, StudyError } from '../errors.ts'
import type { Chunker } from '../ingest/chunk-pages.ts'
import type { Clock } from '../ports.ts'
import type { NewChunk } from '../store/chunks.rows.ts'
import type { ChunkReply, ChunkRequest, ChunkWorkerData } from '../workers/chunk.ts'
import { workerUrl } from '../workers/worker-url.ts'
import { keepWorker } from './keep-worker.ts'

/**
 * Chunks on worker threads, one for each document at a time. `modelDir` is the
 * embedding model's folder; without it sizes are estimated.
 */
export function makeChunker(options: { clock: Clock; modelDir: string; idleMs?: number }): Chunker {
  const workerData: ChunkWorkerData = { modelDir: options.modelDir }
  const workers = keepWorker({
    clock: options.clock,
    idleMs: options.idleMs ?? 30_000,
    start: () => new Worker(workerUrl('chunk'), { workerData, resourceLimits: { maxYoungGenerationSizeMb: 8 } }),
  })
  const closing = new AbortController()
  return {
    async chunk(pages, signal) {
      const stop = AbortSignal.any([signal, closing.signal])
      if (stop.aborted) throw stopped(stop.reason)
      const worker = workers.take()
      let isFree = false
      const { promise, resolve, reject } = Promise.withResolvers<NewChunk[]>()
      const onAbort = () => reject(stopped(stop.reason))
      stop.addEventListener('abort', onAbort, { once: true })
      worker.once('error', (cause) => reject(crashed(cause)))
      worker.once('exit', () => reject(crashed(undefined)))
      worker.once('message', (reply: ChunkReply) => {
        isFree = true
        if ('chunks' in reply) resolve(reply.chunks)
        else reject(fromFailure(reply.failure))
      })
      worker.postMessage({ pages } satisfies ChunkRequest)
      try {
        return await promise
      } finally {
        stop.removeEventListener('abort', onAbort)
        if (isFree) workers.giveBack(worker)
        else void worker.terminate()
      }
    },
    async close() {
      closing.abort()
      await workers.close()
    },
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
