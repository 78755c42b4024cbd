import { Worker } from 'node:worker_threads'
import { readHnswIndex } from '../adapters/hnswlib.ts'
import { fromFailure, StudyError } from '../errors.ts'
import type { IndexReply, IndexWorkerData } from '../workers/index.ts'
import { workerUrl } from '../workers/worker-url.ts'
import { openGraphPartFile, type SavedGraph } from './saved-graph.ts'

export interface GraphBuild {
  databaseFile: string
  modelId: number
  dimension: number
  /** The folder of the saved graph; the new one is left in it, without a name of its own yet. */
  dir: string
  signal: AbortSignal
  onProgress(done: number, total: number): void
}

/**
 * Builds a graph from the database in a thread of its own and loads it here
 * without holding this thread up (hnswlib reads on libuv's). Throws `cancelled`
 * when the signal aborts, and what stopped the thread otherwise.
 */
export async function buildGraph(build: GraphBuild): Promise<Omit<SavedGraph, 'token'>> {
  const graphFile = await openGraphPartFile(build.dir)
  const stop = new SharedArrayBuffer(4)
  const { databaseFile, modelId, dimension } = build
  const workerData: IndexWorkerData = { databaseFile, modelId, dimension, graphFile, stop }
  const worker = new Worker(workerUrl('index'), { workerData })
  // The thread ends by itself at the flag: ended by force inside the native library it could take the process along.
  const onAbort = () => Atomics.store(new Int32Array(stop), 0, 1)
  if (build.signal.aborted) onAbort()
  build.signal.addEventListener('abort', onAbort, { once: true })
  try {
    const lastSeq = await new Promise<number>((resolve, reject) => {
      let outcome: (() => void) | undefined
      worker.on('message', (reply: IndexReply) => {
        if (reply.type === 'progress') build.onProgress(reply.done, reply.total)
        else if (reply.type === 'built') outcome = () => resolve(reply.lastSeq)
        else if (reply.type === 'stopped') outcome = () => reject(stopped(build.signal))
        else outcome = () => reject(fromFailure(reply.failure))
      })
      worker.once('error', (cause) => {
        outcome = () => reject(new StudyError('internal', 'Building the vector index failed.', { cause }))
      })
      worker.once('exit', () =>
        outcome ? outcome() : reject(new StudyError('internal', 'Building the vector index ended before its time.')),
      )
    })
    return { graph: await readHnswIndex(graphFile, dimension, { removed: [] }), lastSeq }
  } finally {
    build.signal.removeEventListener('abort', onAbort)
  }
}

function stopped(signal: AbortSignal): StudyError {
  return new StudyError('cancelled', 'Building the vector index was stopped. It starts again at the next start.', {
    cause: signal.reason,
  })
}
