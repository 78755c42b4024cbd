import { ModelProvider, type UsageReport } from '#contract/usage.ts'
import type { Clock } from '../ports.ts'
import { countCachedReplies } from '../store/answer-cache.rows.ts'
import { readUsage } from '../store/model-calls.rows.ts'
import type { Store } from '../store/open-store.ts'
import type { DailyBudget } from './daily-budget.ts'
import { localDay, localMidnight } from './local-day.ts'

/** What models were used for in the last `days` days, today among them. */
export function reportUsage(
  { store, clock, budget }: { store: Pick<Store, 'reader'>; clock: Pick<Clock, 'nowMs'>; budget: DailyBudget },
  { days }: { days: number },
): UsageReport {
  const nowMs = clock.nowMs()
  return {
    rows: readUsage(store.reader, localDay(localMidnight(nowMs, 1 - days))),
    today: localDay(nowMs),
    providers: ModelProvider.options.map((provider) => budget.today(provider)),
    resetsAtMs: localMidnight(nowMs, 1),
    cachedAnswerCount: countCachedReplies(store.reader),
  }
}

/** One method a procedure of the contract. */
export interface UsageReporter {
  report(input: { days: number }): UsageReport
  /** Forgets the kept answers; tells how many. */
  clearCache(): number
}
