import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { Failure } from '#contract/errors.ts'
import { type NativeRunGate, runThroughGate } from '../adapters/native-run-gate.ts'
import { openSentenceEncoder, type SentenceEncoder } from '../adapters/onnx-sentence-encoder.ts'
import type { ModelFolder } from '../adapters/read-model-folder.ts'
import { toFailure } from '../errors.ts'

export interface EmbedWorkerData {
  model: ModelFolder
  /** Every call into the native library goes through it. */
  gate: NativeRunGate
}

/** To the worker: one text at a time, each answered before the next is sent; `close` comes last. */
export type EmbedRequest = { type: 'text'; text: string } | { type: 'close' }

/** From the worker: `ready` or `load-failed` once, then one answer a text. */
export type EmbedReply =
  | { type: 'ready' }
  | { type: 'load-failed'; failure: Failure }
  | { type: 'vector'; vector: Float32Array<ArrayBuffer> }
  | { type: 'failed'; failure: Failure }

/**
 * The entry of an embedding worker thread: holds one session of the model named in
 * `workerData` (EmbedWorkerData) and ends by itself when told to close, never by
 * force: a thread stopped inside the native library takes the process with it.
 */
async function serveEmbeddings(port: MessagePort, { model, gate }: EmbedWorkerData): Promise<void> {
  const reply = (message: EmbedReply, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)
  let encoder: SentenceEncoder
  try {
    encoder = await runThroughGate(gate, () => openSentenceEncoder(model))
  } catch (error) {
    reply({ type: 'load-failed', failure: toFailure(error) })
    return
  }

  const answer = async (request: EmbedRequest) => {
    if (request.type === 'close') {
      await runThroughGate(gate, () => encoder.close())
      port.close()
      return
    }
    try {
      const vector = await runThroughGate(gate, () => encoder.encode(request.text))
      reply({ type: 'vector', vector }, [vector.buffer])
    } catch (error) {
      reply({ type: 'failed', failure: toFailure(error) })
    }
  }
  // One after the other: the session must not be released under a run that has not begun yet.
  let answered: Promise<void> = Promise.resolve()
  port.on('message', (request: EmbedRequest) => {
    answered = answered.then(() => answer(request))
  })
  reply({ type: 'ready' })
}

if (!parentPort) throw new Error('workers/embed.ts runs as a worker thread only.')
await serveEmbeddings(parentPort, workerData as EmbedWorkerData)
