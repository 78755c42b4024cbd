import { parentPort, workerData } from 'node:worker_threads'
import type { Failure } from '#contract/errors.ts'
import { makeHnswIndex } from '../adapters/hnswlib.ts'
import { toFailure } from '../errors.ts'
import { workBehind } from '../ops/work-behind.ts'
import { openReadConnection } from '../store/connection.ts'
import { newestVectorChange, readVectorChunkIds, readVectors, toVector } from '../store/vectors.rows.ts'

export interface IndexWorkerData {
  databaseFile: string
  modelId: number
  dimension: number
  /** Where the graph is written. */
  graphFile: string
  /** One Int32; anything but 0 asks the thread to end. */
  stop: SharedArrayBuffer
}

/** From the worker: progress now and then, then one of the others. Nothing is sent to it. */
export type IndexReply =
  | { type: 'progress'; done: number; total: number }
  | { type: 'built'; lastSeq: number }
  | { type: 'stopped' }
  | { type: 'failed'; failure: Failure }

const BATCH = 500

/**
 * Builds a graph of every vector of a model from the database and writes it to a
 * file. It reads through a connection of its own; what changes meanwhile is told
 * by `lastSeq`, the newest change that was there before the first vector was read.
 */
async function buildGraph(
  { databaseFile, modelId, dimension, graphFile, stop }: IndexWorkerData,
  reply: (message: IndexReply) => void,
): Promise<void> {
  const stopFlag = new Int32Array(stop)
  const db = openReadConnection(databaseFile)
  try {
    const lastSeq = newestVectorChange(db)
    const chunkIds = readVectorChunkIds(db, modelId)
    const graph = makeHnswIndex(dimension, { capacity: chunkIds.length + BATCH })
    for (let at = 0; at < chunkIds.length; at += BATCH) {
      for (const { chunkId, vector } of readVectors(db, modelId, chunkIds.slice(at, at + BATCH))) {
        if (Atomics.load(stopFlag, 0) !== 0) return reply({ type: 'stopped' })
        graph.add(chunkId, toVector(vector))
      }
      reply({ type: 'progress', done: Math.min(at + BATCH, chunkIds.length), total: chunkIds.length })
    }
    await graph.writeTo(graphFile)
    reply({ type: 'built', lastSeq })
  } finally {
    db.$client.close()
  }
}

const port = parentPort
if (!port) throw new Error('workers/index.ts runs as a worker thread only.')
workBehind()
const reply = (message: IndexReply) => port.postMessage(message)
try {
  await buildGraph(workerData as IndexWorkerData, reply)
} catch (error) {
  reply({ type: 'failed', failure: toFailure(error) })
}
