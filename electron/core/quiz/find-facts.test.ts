import { describe, expect, it } from 'vitest'
import { findDefinition } from './find-definitions.ts'
import { findFacts } from './find-facts.ts'
import { countCapitals, findNames } from './find-names.ts'
import { findNumbers } from './find-numbers.ts'

const CAPITALS = countCapitals(['He said that the local bodies and the Fundamental Rights and the Gram Sabha matter.'])
const names = (text: string) => findNames(text, CAPITALS).map(({ kind, text: name }) => `${kind} ${name}`)
const facts = (text: string) =>
  findFacts(text, findNames(text, CAPITALS), findNumbers(text)).map(({ term }) => `${term.kind} ${term.text}`)

describe('findNames', () => {
  it.each([
    [
      'The Drafting Committee met with Dr. B. R. Ambedkar as its chairman.',
      ['institution Drafting Committee', 'person Dr. B. R. Ambedkar'],
    ],
    ['Local bodies are a part of the Constitution of India.', ['law Constitution of India']],
    ['The President of India appoints the Governor of the State.', ['office President', 'office Governor']],
    ['The State of Telangana was formed from Andhra Pradesh.', ['state Telangana', 'state Andhra Pradesh']],
    ['It lies between the Bay of Bengal and the Western Ghats.', ['feature Bay of Bengal', 'feature Western Ghats']],
    ['It needs a special majority of both houses.', ['concept special majority']],
    ['Fundamental Rights are listed in Part III.', ['name Fundamental Rights', 'name Part III']],
  ])('reads “%s”', (text, expected) => {
    expect(names(text)).toEqual(expected)
  })
})

describe('findFacts', () => {
  it.each([
    ['The Constitution was adopted on 26 November 1949.', ['date 26 November 1949']],
    [
      'The Council of Ministers is headed by the Prime Minister.',
      ['institution Council of Ministers', 'office Prime Minister'],
    ],
    ['Members of the Rajya Sabha are elected for a term of six years.', ['count six']],
    ['Jawaharlal Nehru moved the Objectives Resolution in 1946.', ['year 1946', 'person Jawaharlal Nehru']],
    ['A money bill can be introduced only in the Lok Sabha.', ['concept money bill', 'institution Lok Sabha']],
    ['The procedure for amendment came from South Africa.', ['country South Africa']],
  ])('finds what “%s” settles', (text, expected) => {
    expect(facts(text)).toEqual(expected)
  })

  it.each([
    ['a range', 'The plan ran from 1951 to 1956 in all the States of India.', 'year 1956'],
    ['a rough time', 'Many States had other governments after 1967 in India.', 'year 1967'],
    ['a member of a list', 'Gujarat, Maharashtra and Punjab were created by Parliament.', 'state Gujarat'],
    ['a name that others may share', 'The Supreme Court is important for the Governor.', 'office Governor'],
    ['a count told of a past event without its date', 'The party won 352 seats in the elections.', 'count 352'],
    ['a number in a title', '"Seven Years" refers to events in Europe from 1756 to the treaty of 1763.', 'count Seven'],
    ['what two years tell', 'The Emperor ruled China for two years, from 1321 to 1323.', 'count two'],
    ['what stands twice', 'After every ten years Parliament extends the period by ten years.', 'count ten'],
    ['a part of another term', 'It is called the monsoon trough by those who study it.', 'concept monsoon'],
  ])('does not ask for %s', (_, text, fact) => {
    expect(facts(text)).not.toContain(fact)
  })
})

describe('findDefinition', () => {
  it.each([
    [
      'An estuary is a tidal mouth of a river where fresh water meets the sea.',
      'estuary',
      'a tidal mouth of a river where fresh water meets the sea',
    ],
    [
      'Federalism means a division of powers between two levels of government.',
      'Federalism',
      'a division of powers between two levels of government',
    ],
    [
      'The organ of government that makes the laws of a country is called the legislature.',
      'legislature',
      'The organ of government that makes the laws of a country',
    ],
    [
      'A monsoon is a seasonal reversal of winds: in summer they blow from the sea.',
      'monsoon',
      'a seasonal reversal of winds',
    ],
  ])('reads “%s”', (text, term, meaning) => {
    const found = findDefinition(text)
    expect(found).toMatchObject({ term, meaning })
    expect(text.slice(found?.start, found?.end)).toBe(term)
  })

  it.each([
    'The reason is a lack of trust between the two sides.',
    'The Constitution is a very important document for the country.',
    'It is a house of Parliament that is never dissolved.',
    'A money bill is a bill on money that goes to the Lok Sabha.',
  ])('finds none in “%s”', (text) => {
    expect(findDefinition(text)).toBeUndefined()
  })
})
