import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SHIPPED_EXAMS, SHIPPED_STYLES } from '../testing/quiz-bench.ts'
import { leastUsedPlaces, mixOf, planSeats, stretchOf } from './plan-questions.ts'
import type { SourceSentence } from './read-material.ts'
import { seededRandom } from './seeded-random.ts'

const mix = mixOf(SHIPPED_EXAMS.get('upsc-gs1')?.styles ?? {}, SHIPPED_STYLES, 'rules')
const paper = { style: 'mixed', mix, styles: SHIPPED_STYLES }

describe('planSeats', () => {
  it('gives every stretch of the material one seat, in a shuffled order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer(), (count, seed) => {
        const seats = planSeats({ ...paper, count, seed, sentenceCount: count * 5, factCount: count * 2 })
        expect(seats.map(({ index }) => index)).toEqual(Array.from({ length: count }, (_, at) => at))
        expect(seats.map(({ stretch }) => stretch).sort((a, b) => a - b)).toEqual(seats.map(({ index }) => index))
        expect(planSeats({ ...paper, count, seed, sentenceCount: count * 5, factCount: count * 2 })).toEqual(seats)
      }),
    )
  })

  it('mixes the styles by their shares, with fewer codes where sentences are few', () => {
    const wishes = (sentenceCount: number) => {
      const seats = planSeats({ ...paper, count: 20, seed: 1, sentenceCount, factCount: sentenceCount })
      return Object.fromEntries(
        [...Map.groupBy(seats, ({ styles }) => styles[0])].map(([style, list]) => [style, list.length]),
      )
    }
    expect(wishes(200)).toEqual({
      statements: 9,
      direct: 3,
      cloze: 3,
      definition: 2,
      'how-many': 1,
      pairs: 1,
      negative: 1,
    })
    expect(wishes(24).statements).toBeLessThan(5)
    expect(wishes(20).statements).toBeUndefined()
  })

  it('asks for one style alone when one is wished', () => {
    const seats = planSeats({ ...paper, count: 5, style: 'cloze', seed: 1, sentenceCount: 50, factCount: 20 })
    expect(seats.every(({ styles }) => styles.join() === 'cloze')).toBe(true)
  })
})

describe('stretchOf', () => {
  it('cuts the reading order into stretches of about equal length, all of them used', () => {
    const sentences = Array.from(
      { length: 300 },
      (_, order) => ({ order, quote: 'x'.repeat(40 + (order % 7) * 10) }) as SourceSentence,
    )
    const stretch = stretchOf(sentences, 10)
    const stretches = sentences.map(stretch)
    expect(stretches).toEqual(stretches.toSorted((a, b) => a - b))
    const counts = [...Map.groupBy(stretches, (at) => at).values()].map((list) => list.length)
    expect(counts).toHaveLength(10)
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2)
  })
})

describe('leastUsedPlaces', () => {
  it('keeps the counts of all places within two of each other, whatever place of those is taken', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.nat(), { minLength: 1, maxLength: 120 }), (seed, picks) => {
        const used: number[] = []
        picks.forEach((pick, seat) => {
          const places = leastUsedPlaces(used, used, { seed, seat, optionCount: 4 })
          expect(places.length).toBeGreaterThan(0)
          used.push(places[pick % places.length] as number)
        })
        const counts = [0, 1, 2, 3].map((place) => used.filter((other) => other === place).length)
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2)
      }),
    )
  })

  it('gives near-equal counts when its first choice is taken each time', () => {
    const used: number[] = []
    for (let seat = 0; seat < 60; seat++)
      used.push(leastUsedPlaces(used, used, { seed: 7, seat, optionCount: 4 })[0] as number)
    expect([0, 1, 2, 3].map((place) => used.filter((other) => other === place).length)).toEqual([15, 15, 15, 15])
    // The order is not one that can be learnt.
    expect(used.slice(0, 4)).not.toEqual(used.slice(4, 8))
  })
})

describe('seededRandom', () => {
  it('repeats itself for a seed, differs between seeds, and is even', () => {
    const draw = (...seed: (string | number)[]) => Array.from({ length: 5 }, seededRandom(...seed).next)
    expect(draw(1, 'a')).toEqual(draw(1, 'a'))
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'))
    const random = seededRandom(42)
    const counts = [0, 0, 0, 0]
    for (let i = 0; i < 8000; i++) counts[random.below(4)] = (counts[random.below(4)] ?? 0) + 1
    const total = counts.reduce((sum, count) => sum + count, 0)
    expect(total).toBeGreaterThan(0)
    for (const count of counts) expect(count).toBeGreaterThan(total / 8)
    const shuffled = random.shuffle([1, 2, 3, 4, 5])
    expect(shuffled.toSorted()).toEqual([1, 2, 3, 4, 5])
  })
})
