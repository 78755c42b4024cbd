import fc from 'fast-check'
import { expect, it } from 'vitest'
import { makeLabelSet } from './label-set.ts'

it('holds what a Set holds, after any adding and deleting', () => {
  const label = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 5_000 }))
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), label)), (steps) => {
      const [labels, truth] = [makeLabelSet(), new Set<number>()]
      for (const [isAdded, which] of steps) {
        if (isAdded) {
          labels.add(which)
          truth.add(which)
        } else expect(labels.delete(which)).toBe(truth.delete(which))
        expect(labels.has(which)).toBe(truth.has(which))
        expect(labels.size).toBe(truth.size)
      }
      expect([...labels.values()]).toEqual([...truth].sort((a, b) => a - b))
    }),
  )
})

it('has nothing beyond the highest label', () => {
  const labels = makeLabelSet()
  labels.add(100_000)
  expect([labels.has(100_000), labels.has(100_001), labels.has(10_000_000)]).toEqual([true, false, false])
})
