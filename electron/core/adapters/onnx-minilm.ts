import { Worker } from 'node:worker_threads'
import type { Embedder } from '../ports.ts'
import type { EmbedWorkerData } from '../workers/embed.ts'
import { workerUrl } from '../workers/worker-url.ts'
import { makeEmbedWorkerPool } from './embed-worker-pool.ts'
import type { NativeRunGate } from './native-run-gate.ts'
import { readModelFolder } from './read-model-folder.ts'

export interface OnnxEmbedderOptions {
  /** The model's folder: resources/models/all-MiniLM-L6-v2, or any local sentence-embedding model in ONNX. */
  modelDir: string
  /** Threads, each with its own session; 2 by default. */
  workerCount?: number
}

/**
 * The Embedder over ONNX Runtime. Vectors do not depend on what else is being
 * embedded, and texts longer than the model reads are cut at its end. Threads
 * start with the first text.
 * Throws StudyError `embedding-model-missing` when the folder is absent or
 * damaged; `embed` throws that too when the graph does not load, `cancelled` when
 * its signal aborts or the embedder is closed, `internal` when a thread crashed.
 */
export async function openOnnxEmbedder({ modelDir, workerCount = 2 }: OnnxEmbedderOptions): Promise<Embedder> {
  const model = await readModelFolder(modelDir)
  const startWorker = (gate: NativeRunGate) => {
    const workerData: EmbedWorkerData = { model, gate }
    return new Worker(workerUrl('embed'), { workerData, resourceLimits: { maxYoungGenerationSizeMb: 8 } })
  }
  return { identity: model.identity, ...makeEmbedWorkerPool({ startWorker, workerCount }) }
}
