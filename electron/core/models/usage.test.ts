import { describe, expect, it, onTestFinished } from 'vitest'
import { DEFAULT_SETTINGS, type Settings } from '#contract/system.ts'
import { openStore } from '../store/open-store.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { type AnswerCacheKey, makeAnswerCache } from './answer-cache.ts'
import { makeDailyBudget } from './daily-budget.ts'
import { localDay, localMidnight } from './local-day.ts'
import { reportUsage } from './report-usage.ts'
import { type CallEnd, makeUsageLedger } from './usage-ledger.ts'

const NOON = new Date(2026, 10, 26, 12).getTime()
const DAY_MS = 24 * 60 * 60_000
const PAID = { provider: 'openai', model: 'gpt-x', feature: 'ask' } as const
const END: CallEnd = { outcome: 'done', promptTokens: 1000, replyTokens: 200, isEstimate: false, durationMs: 3000 }

function setUp(changes: Partial<Settings> = {}) {
  const store = openStore({ profileDir: temporaryFolder() })
  onTestFinished(() => store.close())
  const clock = manualClock(NOON)
  const current: Settings = { ...DEFAULT_SETTINGS, ...changes }
  const metering = { store, clock, settings: () => current }
  const ledger = makeUsageLedger(metering)
  const budget = makeDailyBudget(metering)
  const cache = makeAnswerCache({ store, clock, ledger })
  const report = (days = 30) => reportUsage({ store, clock, budget }, { days })
  return { clock, current, ledger, budget, cache, report }
}

describe('the ledger', () => {
  it('adds calls up by day, model and feature, failed ones too', () => {
    const { clock, ledger, report } = setUp()
    ledger.open(PAID, 900).close(END)
    ledger.open(PAID, 900).close({ ...END, outcome: 'model-cut-off', replyTokens: 10 })
    ledger.open({ ...PAID, feature: 'quiz' }, 5).close({ ...END, outcome: 'cancelled' })
    clock.setWall(NOON + DAY_MS)
    ledger.open(PAID, 900).close(END)
    const { rows, today } = report()
    expect(today).toBe('2026-11-27')
    expect(rows).toMatchObject([
      { day: '2026-11-26', feature: 'ask', callCount: 2, failedCount: 1, promptTokens: 2000, replyTokens: 210 },
      { day: '2026-11-26', feature: 'quiz', callCount: 1, failedCount: 0 },
      { day: '2026-11-27', feature: 'ask', callCount: 1 },
    ])
    expect(report(1).rows).toHaveLength(1)
  })

  it('keeps what was sent by a call that the app did not live to end', () => {
    const { ledger, report } = setUp()
    ledger.open(PAID, 900)
    expect(report().rows).toMatchObject([{ callCount: 1, promptTokens: 900, failedCount: 0 }])
  })

  it('fixes the cost at the price of the moment', () => {
    const { current, ledger, report } = setUp({
      prices: [{ provider: 'openai', model: 'gpt-x', inputRupees: 200, outputRupees: 1000 }],
    })
    ledger.open(PAID, 1000).close(END)
    current.prices = []
    ledger.open(PAID, 1000).close(END)
    expect(report().rows[0]?.rupees).toBeCloseTo(0.4)
    expect(report().providers.find(({ provider }) => provider === 'openai')).toMatchObject({
      tokens: 2400,
      rupees: 0.4,
    })
  })
})

describe('a daily limit', () => {
  const most = { promptTokens: 600, replyTokens: 400 }

  it('of tokens stops before it would be passed, and is over at local midnight', () => {
    const { clock, ledger, budget, report } = setUp({ dailyLimits: { openai: { tokens: 2200 } } })
    ledger.open(PAID, 1000).close(END)
    budget.allow(PAID, most)
    expect(() => budget.allow(PAID, { ...most, replyTokens: 401 })).toThrow(
      expect.objectContaining({ code: 'budget-reached', message: expect.stringContaining('2200 tokens') }),
    )
    ledger.open(PAID, 1000).close(END)
    expect(budget.today('openai').stopped).toBe(true)
    expect(report().resetsAtMs).toBe(new Date(2026, 10, 27).getTime())
    clock.setWall(report().resetsAtMs - 1)
    expect(() => budget.allow(PAID, most)).toThrow()
    clock.setWall(report().resetsAtMs)
    budget.allow(PAID, most)
    expect(budget.today('openai')).toMatchObject({ tokens: 0, stopped: false })
  })

  it('of rupees counts what the longest reply would cost', () => {
    const price = { provider: 'openai', model: 'gpt-x', inputRupees: 1000, outputRupees: 1000 } as const
    const { ledger, budget } = setUp({ dailyLimits: { openai: { rupees: 2.2 } }, prices: [price] })
    ledger.open(PAID, 1000).close(END)
    budget.allow(PAID, most)
    expect(() => budget.allow(PAID, { ...most, replyTokens: 401 })).toThrow(/1.20 are spent/)
  })

  it('of rupees needs a price, or it would never be reached', () => {
    const { budget } = setUp({ dailyLimits: { openai: { rupees: 5 }, ollama: { rupees: 5 } } })
    expect(() => budget.allow(PAID, most)).toThrow(/no price for gpt-x/)
    budget.allow({ provider: 'ollama', model: 'llama3.2:3b' }, most)
  })

  it('is of one provider', () => {
    const { ledger, budget } = setUp({ dailyLimits: { openai: { tokens: 1 } } })
    budget.allow({ provider: 'ollama', model: 'llama3.2:3b' }, most)
    ledger.open({ ...PAID, provider: 'ollama' }, 1000).close(END)
    expect(budget.today('openai').tokens).toBe(0)
  })
})

describe('the cache of answers', () => {
  const key: AnswerCacheKey = {
    ...PAID,
    question: 'Who elects the President?',
    passages: ['One.', 'Two.'],
    prompt: 'v1',
  }
  const reply = { text: 'An electoral college [1].', promptTokens: 900, replyTokens: 8 }

  it('knows a question again, however it is spaced, and counts the hit at no cost', () => {
    const { cache, report } = setUp()
    expect(cache.find(key)).toBeUndefined()
    cache.keep(key, reply)
    expect(cache.find({ ...key, question: ' who  elects the president? ' })).toEqual(reply)
    expect(report()).toMatchObject({
      cachedAnswerCount: 1,
      rows: [{ callCount: 1, cacheHitCount: 1, promptTokens: 0, rupees: 0 }],
    })
  })

  it.each<Partial<AnswerCacheKey>>([
    { question: 'Who elects the Vice-President?' },
    { passages: ['Two.', 'One.'] },
    { passages: ['One.'] },
    { passages: ['One.Two.'] },
    { model: 'other' },
    { provider: 'ollama' },
    { prompt: 'v2' },
    { feature: 'explain' },
  ])('is another one for %j', (change) => {
    const { cache } = setUp()
    cache.keep(key, reply)
    expect(cache.find({ ...key, ...change })).toBeUndefined()
  })

  it('takes a newer reply for an older one, and forgets on demand', () => {
    const { cache } = setUp()
    cache.keep(key, reply)
    cache.keep(key, { ...reply, text: 'Better.' })
    expect(cache.find(key)?.text).toBe('Better.')
    expect(cache.clear()).toBe(1)
    expect(cache.find(key)).toBeUndefined()
  })

  it('drops what was not used for longest when it is full', () => {
    const { cache, clock } = setUp()
    for (let i = 0; i <= 1000; i++) {
      clock.advance(1)
      if (i === 1000) cache.find({ ...key, question: 'q0' })
      cache.keep({ ...key, question: `q${i}` }, reply)
    }
    expect(cache.find({ ...key, question: 'q1' })).toBeUndefined()
    expect(cache.find({ ...key, question: 'q0' })).toEqual(reply)
    expect(cache.find({ ...key, question: 'q1000' })).toEqual(reply)
  })
})

describe('a local day', () => {
  it('ends at the midnight of the calendar', () => {
    expect(localDay(localMidnight(NOON, 1) - 1)).toBe('2026-11-26')
    expect(localDay(localMidnight(NOON, 1))).toBe('2026-11-27')
    expect(localMidnight(NOON, -25)).toBe(new Date(2026, 10, 1).getTime())
  })
})
