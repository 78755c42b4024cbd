import { describe, expect, it } from 'vitest'
import type { UsageRow } from '#contract/usage.ts'
import { gatherByFeature, gatherDays } from './gather-days.ts'

const row = (day: string, more: Partial<UsageRow> = {}): UsageRow => ({
  day,
  provider: 'ollama',
  model: 'm',
  feature: 'ask',
  callCount: 1,
  cacheHitCount: 0,
  failedCount: 0,
  promptTokens: 100,
  replyTokens: 10,
  durationMs: 1000,
  rupees: 0,
  ...more,
})

describe('the days of the chart', () => {
  it('are all there, the empty ones too, over the end of a month and of daylight saving time', () => {
    const days = gatherDays([row('2026-03-01'), row('2026-03-01', { feature: 'quiz' })], '2026-03-02', 4)
    expect(days).toEqual([
      { day: '2026-02-27', promptTokens: 0, replyTokens: 0 },
      { day: '2026-02-28', promptTokens: 0, replyTokens: 0 },
      { day: '2026-03-01', promptTokens: 200, replyTokens: 20 },
      { day: '2026-03-02', promptTokens: 0, replyTokens: 0 },
    ])
    expect(new Set(gatherDays([], '2026-12-31', 366).map(({ day }) => day)).size).toBe(366)
  })
})

describe('the table', () => {
  it('adds up by feature and model, the largest first', () => {
    const rows = [
      row('2026-03-01', { feature: 'quiz', promptTokens: 5000 }),
      row('2026-03-01'),
      row('2026-03-02', { failedCount: 1, rupees: 2 }),
    ]
    expect(gatherByFeature(rows)).toMatchObject([
      { feature: 'quiz', callCount: 1, promptTokens: 5000 },
      { feature: 'ask', callCount: 2, failedCount: 1, promptTokens: 200, rupees: 2 },
    ])
  })
})
