import type { ExpectedDuration } from '../ports.ts'
import { readTimedCalls } from '../store/model-calls.rows.ts'
import type { Store } from '../store/open-store.ts'

const NEWEST_CALLS = 20
const LEAST_CALLS = 2

/** Tokens a second of a model on this computer, by its newest calls. */
export interface ModelSpeed {
  promptPerSecond: number
  replyPerSecond: number
  callCount: number
}

/** Undefined while too few calls were measured. A prompt that the server remembered in part makes the first figure look better. */
export function measureSpeed(store: Pick<Store, 'reader'>, model: string): ModelSpeed | undefined {
  const calls = readTimedCalls(store.reader, model, NEWEST_CALLS)
  if (calls.length < LEAST_CALLS) return undefined
  const sum = (pick: (call: (typeof calls)[number]) => number | null) =>
    calls.reduce((total, call) => total + (pick(call) ?? 0), 0)
  const promptMs = sum((call) => call.promptMs)
  const replyMs = sum((call) => call.replyMs)
  const replyTokens = sum((call) => call.replyTokens)
  if (promptMs <= 0 || replyMs <= 0 || replyTokens === 0) return undefined
  return {
    promptPerSecond: (sum((call) => call.promptTokens) * 1000) / promptMs,
    replyPerSecond: (replyTokens * 1000) / replyMs,
    callCount: calls.length,
  }
}

/** How long a call will take; a load of the model, where one is needed, comes on top. */
export function expectDuration(
  speed: ModelSpeed | undefined,
  { promptTokens, replyTokens }: { promptTokens: number; replyTokens: number },
): ExpectedDuration | undefined {
  if (!speed) return undefined
  const firstTokenMs = (promptTokens * 1000) / speed.promptPerSecond
  return {
    firstTokenMs: Math.round(firstTokenMs),
    totalMs: Math.round(firstTokenMs + (replyTokens * 1000) / speed.replyPerSecond),
  }
}
