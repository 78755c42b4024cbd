import type { UsageRow } from '#contract/usage.ts'

export interface DayTokens {
  /** YYYY-MM-DD */
  day: string
  promptTokens: number
  replyTokens: number
}

/** The last `count` days up to `today`, oldest first; a day without calls is there with nothing. */
export function gatherDays(rows: readonly UsageRow[], today: string, count: number): DayTokens[] {
  const days = new Map<string, DayTokens>()
  // Dates are counted in UTC, where every day is as long as the others.
  const last = Date.parse(`${today}T00:00:00Z`)
  for (let back = count - 1; back >= 0; back--) {
    const day = new Date(last - back * 86_400_000).toISOString().slice(0, 10)
    days.set(day, { day, promptTokens: 0, replyTokens: 0 })
  }
  for (const { day, promptTokens, replyTokens } of rows) {
    const sum = days.get(day)
    if (!sum) continue
    sum.promptTokens += promptTokens
    sum.replyTokens += replyTokens
  }
  return [...days.values()]
}

export type FeatureUse = Omit<UsageRow, 'day'>

/** What each model did for each feature, the largest first. */
export function gatherByFeature(rows: readonly UsageRow[]): FeatureUse[] {
  const uses = new Map<string, FeatureUse>()
  for (const { day: _, ...row } of rows) {
    const key = `${row.feature} ${row.provider} ${row.model}`
    const sum = uses.get(key)
    if (!sum) {
      uses.set(key, { ...row })
      continue
    }
    for (const figure of FIGURES) sum[figure] += row[figure]
  }
  return [...uses.values()].sort((a, b) => b.promptTokens + b.replyTokens - (a.promptTokens + a.replyTokens))
}

const FIGURES = [
  'callCount',
  'cacheHitCount',
  'failedCount',
  'promptTokens',
  'replyTokens',
  'durationMs',
  'rupees',
] as const
