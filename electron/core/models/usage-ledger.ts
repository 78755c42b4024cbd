import type { Settings } from '#contract/system.ts'
import type { ModelFeature, ModelProvider } from '#contract/usage.ts'
import type { Clock } from '../ports.ts'
import { insertModelCall, MICRO_RUPEES, updateModelCall } from '../store/model-calls.rows.ts'
import type { CallOutcome } from '../store/model-calls.schema.ts'
import type { Store } from '../store/open-store.ts'
import { localDay } from './local-day.ts'

/** Which call it is: by whom, and for what. */
export interface CallName {
  provider: ModelProvider
  /** Empty where the call failed before its model was known. */
  model: string
  feature: ModelFeature
}

/** How a call ended and what it used. */
export interface CallEnd {
  outcome: Exclude<CallOutcome, 'open'>
  promptTokens: number
  replyTokens: number
  /** The server told no figures: they are guessed from the text. */
  isEstimate: boolean
  durationMs: number
  /** The parts of it, where both are known. */
  promptMs?: number | undefined
  replyMs?: number | undefined
}

export interface UsageLedger {
  /**
   * Writes a call down before it begins, with the tokens it is about to send: should
   * the app die in the midst of it, that much stays counted.
   */
  open(call: CallName, promptTokens: number): { close(end: CallEnd): void }
  /** An answer that came from the cache: counted, at no cost. */
  cacheHit(call: CallName): void
}

/** The record of every call of a language model. Costs are fixed at the price of the moment. */
export function makeUsageLedger({
  store,
  clock,
  settings,
}: {
  store: Store
  clock: Pick<Clock, 'nowMs'>
  settings: () => Pick<Settings, 'prices'>
}): UsageLedger {
  const insert = (call: CallName, figures: { promptTokens: number; cacheHit: 0 | 1; outcome: CallOutcome }) => {
    const atMs = clock.nowMs()
    return store.transaction((db) =>
      insertModelCall(db, {
        ...call,
        atMs,
        day: localDay(atMs),
        ...figures,
        replyTokens: 0,
        isEstimate: figures.cacheHit ? 0 : 1,
        durationMs: 0,
        promptMs: null,
        replyMs: null,
        microRupees: costOf(settings().prices, call, figures),
      }),
    )
  }
  return {
    open(call, promptTokens) {
      const id = insert(call, { promptTokens, cacheHit: 0, outcome: 'open' })
      return {
        close({ isEstimate, promptMs, replyMs, durationMs, ...end }) {
          const change = {
            ...end,
            isEstimate: isEstimate ? (1 as const) : (0 as const),
            durationMs: Math.round(durationMs),
            promptMs: promptMs === undefined ? null : Math.round(promptMs),
            replyMs: replyMs === undefined ? null : Math.round(replyMs),
            microRupees: costOf(settings().prices, call, end),
          }
          store.transaction((db) => updateModelCall(db, id, change))
        },
      }
    },
    cacheHit(call) {
      insert(call, { promptTokens: 0, cacheHit: 1, outcome: 'done' })
    },
  }
}

/** In millionths of a rupee, rounded up: nothing that has a price costs nothing. */
export function costOf(
  prices: Settings['prices'],
  { provider, model }: Pick<CallName, 'provider' | 'model'>,
  { promptTokens, replyTokens = 0 }: { promptTokens: number; replyTokens?: number },
): number {
  const price = prices.find((entry) => entry.provider === provider && entry.model === model)
  if (!price) return 0
  // Rupees a million tokens are millionths of a rupee a token.
  return Math.ceil(promptTokens * price.inputRupees + replyTokens * price.outputRupees)
}

export const asRupees = (microRupees: number) => microRupees / MICRO_RUPEES
