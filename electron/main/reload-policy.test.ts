import { expect, it } from 'vitest'
import { manualClock } from '#core/testing/manual-clock.ts'
import { makeReloadPolicy } from './reload-policy.ts'

it('reloads three times a minute, then asks, and forgets after a minute', () => {
  const clock = manualClock()
  const decide = makeReloadPolicy({ monotonicMs: clock.monotonicMs })
  expect([decide(), decide(), decide(), decide()]).toEqual(['reload', 'reload', 'reload', 'ask'])
  clock.advance(60_000)
  expect(decide()).toBe('reload')
})
