import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { Failure } from '#contract/errors.ts'
import { type NativeRunGate, runThroughGate } from '../adapters/native-run-gate.ts'
import { openSentenceEncoder, type SentenceEncoder } from '../adapters/onnx-sentence-encoder.ts'
import type { ModelFolder } from '../adapters/read-model-folder.ts'
import type { QuestionTokens } from '../embedding/token-vectors.ts'
import { toFailure } from '../errors.ts'
import { workBehind } from '../ops/work-behind.ts'
import type { JudgedPair, PassageEmbedding, TokenVectors } from '../ports.ts'

export interface EmbedWorkerData {
  model: ModelFolder
  /** Every call into the native library goes through it. */
  gate: NativeRunGate
}

/** To the worker: one text at a time, each answered before the next is sent; `close` comes last. */
export type EmbedRequest = { type: 'embed'; work: EmbedWork } | { type: 'close' }

/** What is wanted of a text; for tokens with the offsets whose tokens are asked for. */
export type EmbedWork =
  | { as: 'whole' | 'passage' | 'question'; text: string }
  | { as: 'tokens'; text: string; cuts: readonly number[] }
  | { as: 'judgement'; pair: JudgedPair }

/** What an embedding is for, and what the encoder makes of a text for it. */
export interface Embedded {
  whole: Float32Array<ArrayBuffer>
  passage: PassageEmbedding<ArrayBuffer>
  question: { vector: Float32Array<ArrayBuffer>; tokens: QuestionTokens | undefined }
  tokens: TokenVectors | undefined
  judgement: number
}
export type EmbedRole = keyof Embedded

/** From the worker: `ready` or `load-failed` once, then one answer a text. */
export type EmbedReply =
  | { type: 'ready' }
  | { type: 'load-failed'; failure: Failure }
  | { type: 'embedded'; result: Embedded[EmbedRole] }
  | { type: 'failed'; failure: Failure }

/**
 * The entry of an embedding worker thread: holds one session of the model named in
 * `workerData` (EmbedWorkerData) and ends by itself when told to close, never by
 * force: a thread stopped inside the native library takes the process with it.
 */
async function serveEmbeddings(port: MessagePort, { model, gate }: EmbedWorkerData): Promise<void> {
  const reply = (message: EmbedReply) => port.postMessage(message)
  let encoder: SentenceEncoder
  try {
    encoder = await runThroughGate(gate, () => openSentenceEncoder(model))
  } catch (error) {
    reply({ type: 'load-failed', failure: toFailure(error) })
    return
  }

  const encode = (work: EmbedWork): Promise<Embedded[EmbedRole]> => {
    switch (work.as) {
      case 'whole':
        return encoder.encode(work.text)
      case 'passage':
        return encoder.encodePassage(work.text)
      case 'question':
        return encoder.encodeQuestion(work.text)
      case 'tokens':
        return encoder.encodeTokens(work.text, work.cuts)
      case 'judgement':
        return encoder.judge(work.pair)
    }
  }

  const answer = async (request: EmbedRequest) => {
    if (request.type === 'close') {
      await runThroughGate(gate, () => encoder.close())
      port.close()
      return
    }
    try {
      reply({ type: 'embedded', result: await runThroughGate(gate, () => encode(request.work)) })
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
workBehind()
await serveEmbeddings(parentPort, workerData as EmbedWorkerData)
