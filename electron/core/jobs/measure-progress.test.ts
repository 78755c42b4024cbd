import { describe, expect, it } from 'vitest'
import type { JobProgress } from '#contract/jobs.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { makeProgressMeter } from './measure-progress.ts'

const at = (done: number, more: Partial<JobProgress> = {}): JobProgress => ({
  stage: 'reading',
  done,
  total: 1000,
  unit: 'pages',
  ...more,
})

describe('makeProgressMeter', () => {
  it('says nothing of the speed before it has seen any', () => {
    const clock = manualClock()
    const meter = makeProgressMeter({ clock })
    expect(meter(at(0))).toEqual(at(0))
    clock.advance(100)
    expect(meter(at(5))).toEqual(at(5))
  })

  it('is right from the first on for an even pace, and for a resumed run counts from where it began', () => {
    const clock = manualClock()
    const meter = makeProgressMeter({ clock })
    meter(at(300))
    for (let second = 1; second <= 20; second += 1) {
      clock.advance(1000)
      const { perSecond, remainingMs } = meter(at(300 + 10 * second))
      expect(perSecond).toBeCloseTo(10, 9)
      expect(remainingMs).toBeCloseTo((700 - 10 * second) * 100, 6)
    }
  })

  it('follows a new pace within some seconds, and does not jump for one slow page', () => {
    const clock = manualClock()
    const meter = makeProgressMeter({ clock })
    meter(at(0))
    let done = 0
    for (let second = 0; second < 30; second += 1) {
      clock.advance(1000)
      done += 10
      meter(at(done))
    }
    clock.advance(3000)
    done += 1
    expect(meter(at(done)).perSecond).toBeGreaterThan(6)
    for (let second = 0; second < 30; second += 1) {
      clock.advance(1000)
      done += 2
      meter(at(done))
    }
    expect(meter(at(done)).perSecond).toBeLessThan(3)
  })

  it('starts anew with a stage, and minds neither the wall clock nor a count that goes back', () => {
    const clock = manualClock()
    const meter = makeProgressMeter({ clock })
    meter(at(0))
    clock.setWall(0)
    clock.advance(1000)
    expect(meter(at(10)).perSecond).toBeCloseTo(10)
    expect(meter(at(0, { stage: 'embedding', unit: 'chunks' }))).not.toHaveProperty('perSecond')
    clock.advance(1000)
    expect(meter(at(50, { stage: 'embedding', unit: 'chunks' })).perSecond).toBeCloseTo(50)
    expect(meter(at(20, { stage: 'embedding', unit: 'chunks' }))).not.toHaveProperty('perSecond')
  })

  it('leaves what the body knows better', () => {
    const clock = manualClock()
    const meter = makeProgressMeter({ clock })
    meter(at(0))
    clock.advance(1000)
    expect(meter(at(10, { perSecond: 99, remainingMs: 5 }))).toEqual(at(10, { perSecond: 99, remainingMs: 5 }))
    expect(meter(at(990, { perSecond: 5 })).remainingMs).toBe(2000)
  })
})
