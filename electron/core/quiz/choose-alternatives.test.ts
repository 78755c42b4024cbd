import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeFact } from './change-fact.ts'
import {
  alternativesTo,
  arrangeOptions,
  canStandTogether,
  isPlural,
  startsWithVowelSound,
} from './choose-alternatives.ts'
import { findFacts } from './find-facts.ts'
import { countCapitals, findNames } from './find-names.ts'
import { findNumbers } from './find-numbers.ts'
import { contentWords } from './quiz-text.ts'
import { seededRandom } from './seeded-random.ts'
import { makeTermBank } from './term-bank.ts'

const LIBRARY = [
  'The Rajya Sabha is a permanent house.',
  'The Legislative Council and the Legislative Assembly are houses of a State.',
  'The Lok Sabha is elected for a term of five years.',
  'The Finance Commission is appointed every five years.',
]
const CAPITALS = countCapitals(LIBRARY)
const bankOf = (extra: string[] = []) =>
  makeTermBank(
    [...LIBRARY, ...extra].map((text) => ({ text, page: 'p' })),
    CAPITALS,
  )
const options = (text: string, extra: string[] = [], seed = 1) => {
  const [fact] = findFacts(text, findNames(text, CAPITALS), findNumbers(text))
  if (!fact) throw new Error('no fact')
  const found = alternativesTo(fact.term, { text, bank: bankOf(extra), random: seededRandom(seed), asOptions: true })
  return { term: fact.term, found, texts: found.map((alternative) => alternative.text) }
}

describe('alternativesTo', () => {
  it('sets a house against houses, none of which is a part, a whole or another name of it', () => {
    const { texts } = options('A finance bill can be introduced only in the Lok Sabha.')
    expect(texts.slice(0, 3).sort()).toEqual(['Legislative Assembly', 'Legislative Council', 'Rajya Sabha'])
    expect(texts).not.toContain('Parliament')
    expect(texts).not.toContain('House of the People')
  })

  it('takes none that the sentence has, and none that another sentence says the same of', () => {
    expect(
      options('The Council of Ministers is responsible to the Lok Sabha and not to the Rajya Sabha.').texts,
    ).not.toContain('Rajya Sabha')
    const text = 'A finance bill can be introduced only in the Lok Sabha.'
    expect(options(text, ['A finance bill can also be introduced in the Rajya Sabha.']).texts).not.toContain(
      'Rajya Sabha',
    )
  })

  it('takes no longer name of what another sentence says the same of, and no fund beside a house', () => {
    const { texts } = options('A money bill shall not be introduced in the Council of States.', [
      'A money bill shall not be introduced in a Legislative Council.',
      'The Legislative Council of the State and the Consolidated Fund are named, as are the Legislative Council of the State and the Consolidated Fund.',
    ])
    expect(texts).not.toContain('Legislative Council of the State')
    expect(texts).not.toContain('Consolidated Fund')
    expect(texts.length).toBeGreaterThan(0)
  })

  it('offers only the other side of “more than”', () => {
    const { found, term } = options('The Western Ghats receive more than 250 centimetres of rain.')
    expect(found.length).toBeGreaterThanOrEqual(3)
    expect(found.every(({ value = 0 }) => value > ('value' in term ? term.value : 0))).toBe(true)
  })

  it('keeps far from a rough number', () => {
    const { found } = options('Kolkata receives about 160 centimetres of rain in a year in India.')
    expect(found.every(({ value = 0 }) => value <= 100 || value >= 240)).toBe(true)
  })

  it('brings the article where only the option needs one', () => {
    const { found } = options('The proclamation has to be approved by Parliament.', [
      'It went to the Cabinet and the Supreme Court.',
      'Parliament met.',
    ])
    expect(found.some(({ text, inSentence }) => text === 'The Cabinet' && inSentence === 'the Cabinet')).toBe(true)
  })
})

describe('canStandTogether', () => {
  it.each([
    ['Lok Sabha', 'House of the People'],
    ['Parliament', 'Rajya Sabha'],
    ['High Court', 'High Courts'],
    ['Dr. Ambedkar', 'B. R. Ambedkar'],
    ['Finance Commission', 'State Finance Commission'],
    ['Ganga', 'ganga'],
  ])('keeps %s and %s apart', (a, b) => {
    expect(canStandTogether(a, b)).toBe(false)
    expect(canStandTogether(b, a)).toBe(false)
  })

  it('lets true rivals stand beside each other', () => {
    expect(canStandTogether('Lok Sabha', 'Rajya Sabha')).toBe(true)
    expect(canStandTogether('B. R. Ambedkar', 'B. N. Rau')).toBe(true)
  })
})

describe('arrangeOptions', () => {
  it('sets numbers in rising order with the key where it is wished, or says that it can’t', () => {
    const key = { text: '5', value: 5, ordered: true }
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.integer({ min: 1, max: 30 }).filter((value) => value !== 5),
          { minLength: 3, maxLength: 12 },
        ),
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 1 }),
        (values, places) => {
          const arranged = arrangeOptions(
            key,
            values.map((value) => ({ text: String(value), value })),
            places,
          )
          const lower = values.filter((value) => value < 5).length
          const possible = places.find((place) => lower >= place && values.length - lower >= 3 - place)
          if (possible === undefined) {
            expect(arranged).toBeUndefined()
            return
          }
          expect(arranged?.answerIndex).toBe(possible)
          expect(arranged?.options[possible]).toBe('5')
          const numbers = arranged?.options.map(Number) ?? []
          expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
          expect(new Set(numbers).size).toBe(4)
        },
      ),
    )
  })
})

describe('changeFact', () => {
  const change = (text: string, seed = 1) =>
    changeFact(text, findFacts(text, findNames(text, CAPITALS), findNumbers(text)), bankOf(), seededRandom(seed))

  it('changes one term alone, and says which', () => {
    const text = 'Members of the Rajya Sabha are elected for a term of six years.'
    const changes = change(text)
    expect(changes.length).toBeGreaterThan(0)
    for (const { text: changed, was, now } of changes) {
      expect(changed).not.toBe(text)
      expect(text).toContain(was)
      expect(changed).toContain(now)
      const differing = contentWords(changed).filter((word) => !contentWords(text).includes(word))
      expect(differing.every((word) => contentWords(now).includes(word))).toBe(true)
      expect(changed).not.toMatch(/\b(?:not|never|no)\b/)
    }
  })

  it('puts one contrast for another, and mends the article', () => {
    const [changed] = change('The State has a unicameral legislature of its own.')
    expect(changed).toMatchObject({
      text: 'The State has a bicameral legislature of its own.',
      was: 'unicameral',
      now: 'bicameral',
    })
    expect(change('Japan has a parliamentary system with an emperor.').map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^Japan has a (?:semi-)?presidential system/),
    )
  })

  it('changes nothing where both sides are named', () => {
    expect(change('A State may have a unicameral or a bicameral legislature.')).toEqual([])
  })

  it.each([
    [
      'what a name would become',
      'In 1700 many Huguenots had been given land in Lower Norfolk County by the Crown.',
      /Upper Norfolk/,
    ],
    ['a list to what it leaves out', 'Common diseases of joints include rheumatism and gout.', /exclude/],
    ['a gear to chemistry', 'Large turbines are joined to generators with no reduction gearing.', /oxidation/],
    [
      'an age to a longer one',
      'An amendment of the Constitution in 1989 reduced the age of voters to eighteen.',
      /extended/,
    ],
    [
      'one of two same numbers',
      'After every ten years an amendment extends the period by another ten years.',
      /eight|nine|eleven|twelve/,
    ],
  ])('does not change %s', (_, text, wrong) => {
    for (const seed of [1, 2, 3, 4])
      for (const { text: changed } of change(text, seed)) expect(changed).not.toMatch(wrong)
  })
})

describe('small rules of English', () => {
  it('hears vowels', () => {
    for (const word of ['amendment', 'hour', 'MLA', '18-year-old', 'indirect'])
      expect(startsWithVowelSound(word)).toBe(true)
    for (const word of ['union', 'European', 'bill', 'UPSC', 'one-third'])
      expect(startsWithVowelSound(word)).toBe(false)
  })

  it('tells plurals by the word that says what it is', () => {
    expect(['Fundamental Rights', 'Directive Principles of State Policy', 'High Courts'].every(isPlural)).toBe(true)
    expect(['Council of Ministers', 'Lok Sabha', 'Congress', 'Indus'].some(isPlural)).toBe(false)
  })
})
