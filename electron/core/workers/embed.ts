import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { Failure } from '#contract/errors.ts'
import { type NativeRunGate, runThroughGate } from '../adapters/native-run-gate.ts'
import { openSentenceEncoder, type SentenceEncoder } from '../adapters/onnx-sentence-encoder.ts'
import type { ModelFolder } from '../adapters/read-model-folder.ts'
import type { QuestionTokens } from '../embedding/token-vectors.ts'
import { toFailure } from '../errors.ts'
import type { TokenVectors } from '../ports.ts'

export interface EmbedWorkerData {
  model: ModelFolder
  /** Every call into the native library goes through it. */
  gate: NativeRunGate
}

/** To the worker: one text at a time, each answered before the next is sent; `close` comes last. */
export type EmbedRequest = EmbedWork | { type: 'close' }

/** A text whose vector is wanted, or those of all its tokens. */
export type EmbedWork =
  | { type: 'text'; text: string; as: TextRole }
  | { type: 'tokens'; text: string; cuts: readonly number[] }

/** What an embedding is for: `whole` texts have one vector and no more. */
export type TextRole = 'whole' | 'passage' | 'question'

/** From the worker: `ready` or `load-failed` once, then one answer a text. */
export type EmbedReply =
  | { type: 'ready' }
  | { type: 'load-failed'; failure: Failure }
  | { type: 'vector'; vector: Float32Array<ArrayBuffer>; passage?: Uint8Array<ArrayBuffer>; question?: QuestionTokens }
  /** Undefined where the graph gives one vector a text only. */
  | { type: 'tokens'; tokens: TokenVectors | undefined }
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

  const answerText = async ({ text, as }: Extract<EmbedRequest, { type: 'text' }>) => {
    if (as === 'passage') {
      const { vector, tokens } = await runThroughGate(gate, () => encoder.encodePassage(text))
      reply({ type: 'vector', vector, passage: tokens }, [vector.buffer, tokens.buffer])
    } else if (as === 'question') {
      const { vector, tokens } = await runThroughGate(gate, () => encoder.encodeQuestion(text))
      reply({ type: 'vector', vector, ...(tokens && { question: tokens }) })
    } else {
      const vector = await runThroughGate(gate, () => encoder.encode(text))
      reply({ type: 'vector', vector }, [vector.buffer])
    }
  }

  const answerTokens = async ({ text, cuts }: Extract<EmbedRequest, { type: 'tokens' }>) => {
    const tokens = await runThroughGate(gate, () => encoder.encodeTokens(text, cuts))
    reply({ type: 'tokens', tokens }, tokens ? [tokens.vectors.buffer as ArrayBuffer] : [])
  }

  const answer = async (request: EmbedRequest) => {
    if (request.type === 'close') {
      await runThroughGate(gate, () => encoder.close())
      port.close()
      return
    }
    try {
      if (request.type === 'tokens') await answerTokens(request)
      else await answerText(request)
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
