import { expect, it } from 'vitest'
import { toPowerReport } from './heavy-work.ts'

it('tells the battery as the core wants it', () => {
  expect(toPowerReport({ charging: false, level: 0.144 })).toEqual({ onBattery: true, percent: 14 })
  expect(toPowerReport({ charging: true, level: 1 })).toEqual({ onBattery: false, percent: 100 })
})
