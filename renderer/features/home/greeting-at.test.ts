import { describe, expect, it } from 'vitest'
import { greetingAt } from './greeting-at.ts'

describe('greetingAt', () => {
  it('fits the hour, also for those who study past midnight', () => {
    expect([3, 4, 11, 12, 16, 17, 23, 0].map(greetingAt)).toEqual([
      'evening',
      'morning',
      'morning',
      'afternoon',
      'afternoon',
      'evening',
      'evening',
      'evening',
    ])
  })
})
