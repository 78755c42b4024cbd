import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SHIPPED_EXAMS, SHIPPED_STYLES } from '../testing/quiz-bench.ts'
import { arrangeCodes, codeHolds, explainingChoices, truthTables } from './arrange-codes.ts'
import { seededRandom } from './seeded-random.ts'

const coded = [...SHIPPED_STYLES.values()].filter((style) => 'layouts' in style)
const layouts = coded.flatMap((style) => style.layouts)

describe('arrangeCodes', () => {
  it('prints one right option, at the wished place, among options of the layout in their order', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...layouts),
        fc.nat(),
        fc.nat(),
        fc.nat({ max: 4 }),
        fc.constantFrom(4, 5),
        fc.integer(),
        (layout, pick, which, place, optionCount, seed) => {
          const tables = truthTables(layout.items)
          const truths = tables[pick % tables.length] ?? []
          const choices = explainingChoices(truths)
          const truth = { truths, explains: choices[which % choices.length] }
          const options = arrangeCodes(layout, truth, place, optionCount, seededRandom(seed))
          if (!options || layout.options.length < optionCount || place >= optionCount) return
          expect(options).toHaveLength(optionCount)
          expect(options.flatMap(({ when }, at) => (codeHolds(when, truth) ? [at] : []))).toEqual([place])
          const order = options.map((option) => layout.options.indexOf(option))
          expect(order).toEqual(order.toSorted((a, b) => a - b))
        },
      ),
    )
  })

  it('can put the key at every place of every style, with four options and with five', () => {
    for (const style of coded) {
      for (const optionCount of [4, 5]) {
        const places = new Set<number>()
        for (const layout of style.layouts.filter(({ options }) => options.length >= optionCount)) {
          for (const truths of truthTables(layout.items)) {
            for (const explains of explainingChoices(truths)) {
              for (let place = 0; place < optionCount; place++) {
                if (arrangeCodes(layout, { truths, explains }, place, optionCount, seededRandom(1))) places.add(place)
              }
            }
          }
        }
        expect([style.id, optionCount, [...places].sort()]).toEqual([
          style.id,
          optionCount,
          Array.from({ length: optionCount }, (_, at) => at),
        ])
      }
    }
  })
})

describe('the exams that ship', () => {
  it('name only styles that are there', () => {
    for (const { styles } of SHIPPED_EXAMS.values()) {
      for (const id of Object.keys(styles)) expect(SHIPPED_STYLES.has(id)).toBe(true)
    }
  })
})
