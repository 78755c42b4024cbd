import { Worker } from 'node:worker_threads'
import type { AnswerJudge, Clock, Embedder } from '../ports.ts'
import type { EmbedWorkerData } from '../workers/embed.ts'
import { workerUrl } from '../workers/worker-url.ts'
import { type EmbedWorkerPool, makeEmbedWorkerPool } from './embed-worker-pool.ts'
import type { NativeRunGate } from './native-run-gate.ts'
import { type ModelFolder, readModelFolder } from './read-model-folder.ts'

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
  const { judge: _, ...pool } = startPool(model, workerCount)
  return { identity: model.identity, ...pool }
}

export interface OnnxAnswerJudgeOptions {
  /** resources/models/answer-judge. */
  modelDir: string
  clock: Pick<Clock, 'sleep'>
  /** The model leaves memory when nothing was judged for so long. */
  idleMs?: number
}

/**
 * The AnswerJudge of a folder that scripts/build-model.ts made: the model that ships, fitted to read a question and a
 * sentence together. Folder and threads are opened with the first question, so that a start waits for neither;
 * `judge` throws what `openOnnxEmbedder` and its `embed` do.
 */
export function makeOnnxAnswerJudge({ modelDir, clock, idleMs = 300_000 }: OnnxAnswerJudgeOptions): AnswerJudge {
  let opening: Promise<EmbedWorkerPool> | undefined
  let idle = new AbortController()
  const open = () => {
    opening ??= readModelFolder(modelDir).then((model) => startPool(model, JUDGE_THREADS))
    return opening
  }
  function restLater(pool: EmbedWorkerPool): void {
    idle = new AbortController()
    clock.sleep(idleMs, idle.signal).then(
      () => pool.rest(),
      () => {},
    )
  }
  return {
    async judge(pairs, options) {
      const pool = await open()
      idle.abort()
      try {
        return await pool.judge(pairs, options)
      } finally {
        idle.abort()
        restLater(pool)
      }
    },
    warm() {
      // What is wrong with the folder is told by `judge`.
      open().then(
        (pool) => pool.warm(),
        () => {},
      )
    },
    async close() {
      idle.abort()
      const pool = await opening?.catch(() => undefined)
      await pool?.close()
      idle.abort()
    },
  }
}

/** Sixteen sentences take one thread some 100 ms. */
const JUDGE_THREADS = 1

function startPool(model: ModelFolder, workerCount: number): EmbedWorkerPool {
  const startWorker = (gate: NativeRunGate) => {
    const workerData: EmbedWorkerData = { model, gate }
    return new Worker(workerUrl('embed'), { workerData, resourceLimits: { maxYoungGenerationSizeMb: 8 } })
  }
  return makeEmbedWorkerPool({ startWorker, workerCount })
}
