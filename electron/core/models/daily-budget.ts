import type { Settings } from '#contract/system.ts'
import type { ModelProvider, ProviderToday } from '#contract/usage.ts'
import { StudyError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { MICRO_RUPEES, sumModelCalls } from '../store/model-calls.rows.ts'
import type { Store } from '../store/open-store.ts'
import { localDay } from './local-day.ts'
import { asRupees, type CallName, costOf } from './usage-ledger.ts'

export interface DailyBudget {
  /** Throws `budget-reached` when the call, at its longest, would go past a limit of the day. */
  allow(call: Pick<CallName, 'provider' | 'model'>, most: { promptTokens: number; replyTokens: number }): void
  /** Today's use, and whether a limit is reached. */
  today(provider: ModelProvider): ProviderToday
}

const NAMES: Record<ModelProvider, string> = {
  ollama: 'Ollama',
  openai: 'the OpenAI-compatible server',
  extractive: 'the documents themselves',
}

/** The person's limits of tokens and rupees a day and provider. The day ends at local midnight. */
export function makeDailyBudget({
  store,
  clock,
  settings,
}: {
  store: Pick<Store, 'reader'>
  clock: Pick<Clock, 'nowMs'>
  settings: () => Pick<Settings, 'dailyLimits' | 'prices'>
}): DailyBudget {
  const spent = (provider: ModelProvider) => sumModelCalls(store.reader, localDay(clock.nowMs()), provider)
  return {
    allow({ provider, model }, most) {
      const { dailyLimits, prices } = settings()
      const limits = dailyLimits[provider]
      if (!limits) return
      const { tokens, microRupees } = spent(provider)
      if (limits.tokens !== undefined && tokens + most.promptTokens + most.replyTokens > limits.tokens) {
        throw reached(provider, `${limits.tokens} tokens`, `${tokens} are used`)
      }
      const price = prices.find((entry) => entry.provider === provider && entry.model === model)
      if (limits.rupees === undefined) return
      // A paid server whose price nobody entered would pass any limit unseen.
      if (!price && provider === 'openai') {
        throw new StudyError(
          'budget-reached',
          `There is a limit of ${limits.rupees} rupees a day, but no price for ${model}, so nothing was sent. Enter its price in Settings → Usage (0 if it is free), or remove the limit.`,
        )
      }
      if (microRupees + costOf(prices, { provider, model }, most) > limits.rupees * MICRO_RUPEES) {
        throw reached(provider, `${limits.rupees} rupees`, `${asRupees(microRupees).toFixed(2)} are spent`)
      }
    },
    today(provider) {
      const limits = settings().dailyLimits[provider] ?? {}
      const { tokens, microRupees } = spent(provider)
      const rupees = asRupees(microRupees)
      const stopped =
        (limits.tokens !== undefined && tokens >= limits.tokens) ||
        (limits.rupees !== undefined && rupees >= limits.rupees)
      return { provider, tokens, rupees, limits, stopped }
    },
  }
}

function reached(provider: ModelProvider, limit: string, used: string): StudyError {
  return new StudyError(
    'budget-reached',
    `Today's limit of ${limit} for ${NAMES[provider]} does not allow this call (${used}). Nothing was sent. Raise the limit in Settings → Usage, or go on after midnight.`,
  )
}
