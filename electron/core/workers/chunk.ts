import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { Failure } from '#contract/errors.ts'
import { openTextTokenizer } from '../adapters/tokenize-text.ts'
import { StudyError, toFailure } from '../errors.ts'
import { type ChunkablePage, chunkText } from '../ingest/chunk-text.ts'
import { estimateTokens } from '../ingest/estimate-tokens.ts'
import { workBehind } from '../ops/work-behind.ts'
import type { NewChunk } from '../store/chunks.rows.ts'

export interface ChunkWorkerData {
  /** Of the embedding model, which measures the chunks; undefined where there is none. */
  tokenizer: { tokenizerPath: string; maxTokens: number } | undefined
}

/**
 * One document at a time: its pages, some a message, then requests for its chunks until none is left. A whole book in one
 * message would hold up the thread that sends and reads it.
 */
export type ChunkRequest = { type: 'pages'; pages: readonly ChunkablePage[] } | { type: 'chunks' }
/** To each request; of pages there is nothing to tell. */
export type ChunkReply = { chunks: NewChunk[] } | { failure: Failure }

const CHUNKS_PER_REPLY = 500

/** The entry of a chunking thread. */
function serveChunks(port: MessagePort, { tokenizer }: ChunkWorkerData): void {
  let counter: ((text: string) => number) | undefined
  let pages: ChunkablePage[] = []
  let cut: NewChunk[] | undefined

  const answer = (request: ChunkRequest): NewChunk[] => {
    if (request.type === 'pages') {
      pages.push(...request.pages)
      return []
    }
    counter ??= tokenCounter(tokenizer)
    cut ??= chunkText(pages, counter)
    const next = cut.splice(0, CHUNKS_PER_REPLY)
    if (next.length === 0) forget()
    return next
  }
  const forget = () => {
    pages = []
    cut = undefined
  }

  port.on('message', (request: ChunkRequest) => {
    const reply = (message: ChunkReply) => port.postMessage(message)
    try {
      reply({ chunks: answer(request) })
    } catch (error) {
      forget()
      reply({ failure: toFailure(error) })
    }
  })
}

/** Without a model there are no vectors, but words can be searched: then chunks are measured by rule of thumb. */
function tokenCounter(tokenizer: ChunkWorkerData['tokenizer']): (text: string) => number {
  if (!tokenizer) return estimateTokens
  try {
    return openTextTokenizer(tokenizer.tokenizerPath, tokenizer.maxTokens).count
  } catch (error) {
    if (error instanceof StudyError && error.code === 'embedding-model-missing') return estimateTokens
    throw error
  }
}

if (!parentPort) throw new Error('workers/chunk.ts runs as a worker thread only.')
workBehind()
serveChunks(parentPort, workerData as ChunkWorkerData)
