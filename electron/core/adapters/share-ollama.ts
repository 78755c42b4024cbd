import { type CallQueue, makeCallQueue } from './call-queue.ts'

/**
 * What the language model and the embedding model of one Ollama share. Where memory holds one of them, their calls
 * run one after the other, whoever makes them, and each puts the other model away before its own is loaded.
 */
export interface SharedOllama {
  /** The computer has memory for one model. Looked at before each call. */
  oneModelAtATime(): boolean
  /** The line that both stand in then. */
  readonly queue: CallQueue
}

export function shareOllama(oneModelAtATime: () => boolean): SharedOllama {
  return { oneModelAtATime, queue: makeCallQueue() }
}
