import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance } from './edit-distance.ts'
import { buildWordList } from './word-list.ts'

function listOf(words: Record<string, number>, least = 1) {
  const builder = buildWordList()
  for (const [term, count] of Object.entries(words)) builder.add(term, count)
  return builder.finish(least)
}

/** Few letters, so that many words are near each other. */
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'e', 'r', 'क', 'ा'), minLength: 3, maxLength: 9 })

describe('buildWordList', () => {
  it('finds what a look at every word finds', () => {
    fc.assert(
      fc.property(fc.dictionary(word, fc.integer({ min: 1, max: 5 }), { maxKeys: 60 }), word, (words, term) => {
        const found = listOf(words).nearest(term, 2)
        const costOf = (other: string) => editDistance(term, other, 2) + (other[0] === term[0] ? 0 : 0.5)
        const near = Object.keys(words).filter((other) => editDistance(term, other, 2) <= 2)
        expect(found === undefined).toBe(near.length === 0)
        if (!found) return
        const cost = Math.min(...near.map(costOf))
        expect(costOf(found.term)).toBe(cost)
        expect(found.count).toBe(words[found.term])
        expect(found.count).toBe(Math.max(...near.filter((o) => costOf(o) === cost).map((o) => words[o] ?? 0)))
      }),
    )
  })

  it('takes the commonest of equally near words, and a slip after the first letter before one in it', () => {
    const list = listOf({ govern: 40, governor: 900, govermor: 2, lovernor: 5000 })
    expect(list.nearest('govenor', 2)).toEqual({ term: 'governor', count: 900 })
    expect(list.nearest('parliament', 2)).toBeUndefined()
  })

  it('leaves out what stands in fewer passages than asked, in a list that grew', () => {
    const words = Object.fromEntries(
      Array.from({ length: 700 }, (_, n) => [
        `w${[n % 10, Math.floor(n / 10) % 10, Math.floor(n / 100)].map((digit) => 'abcdefghij'[digit]).join('')}x`,
        n % 7 === 0 ? 1 : 2,
      ]),
    )
    const list = listOf(words, 2)
    for (const [term, count] of Object.entries(words)) {
      if (count === 2) expect(list.nearest(term, 0)).toEqual({ term, count })
      else expect(list.nearest(term, 0)).toBeUndefined()
    }
  })

  it('finds Hindi words by their sound, the likeliest first', () => {
    const list = listOf({ संविधान: 30, संविधन: 4, राज्यपाल: 12, constitut: 90 })
    const terms = (latin: string) => list.soundingLike(latin, 3).map(({ term }) => term)
    expect(terms('samvidhan')).toEqual(['संविधान', 'संविधन'])
    expect(terms('rajyapal')).toEqual(['राज्यपाल'])
    expect(terms('constitut')).toEqual([])
  })

  it('finds English words as Hindi writes them, and Hindi with other vowels', () => {
    const list = listOf({ ऑक्सीजन: 3, जर्मनी: 2, जर्मन: 9, फार्मेसी: 1, फ्रांस: 30, विकास: 5, नियंत्रण: 4 })
    const terms = (latin: string, most = 2) => list.soundingNearly(latin, most).map(({ term }) => term)
    expect(terms('oxygen')).toEqual(['ऑक्सीजन'])
    expect(terms('germany')).toEqual(['जर्मनी', 'जर्मन'])
    expect(terms('pharmacy', 3)).toEqual(['फार्मेसी'])
    expect(terms('neyantran', 3)).toEqual(['नियंत्रण'])
    expect(terms('market')).toEqual([])
  })
})
