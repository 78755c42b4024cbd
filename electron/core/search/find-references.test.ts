import { describe, expect, it } from 'vitest'
import { findReferences } from './find-references.ts'
import { wordsOf } from './query-words.ts'

const names = (query: string) => findReferences(wordsOf(query)).map(({ name }) => name)

describe('findReferences', () => {
  it.each([
    ['Art. 356', 'Article 356'],
    ['art 356', 'Article 356'],
    ['What does Article 356 say?', 'Article 356'],
    ['अनुच्छेद 356', 'Article 356'],
    ['अनुच्छेद ३५६', 'Article 356'],
    ['anuchchhed 356 kya hai', 'Article 356'],
    ['Article no. 280', 'Article 280'],
    ['Article 21A', 'Article 21A'],
    ['Article 21-A', 'Article 21A'],
    ['Art. 300 A', 'Article 300A'],
    ['Article 19(1)(a)', 'Article 19'],
    ['Article 14 and equality', 'Article 14'],
    ['42nd Amendment', '42nd Amendment'],
    ['forty-second amendment', '42nd Amendment'],
    ['42nd constitutional amendment', '42nd Amendment'],
    ['42वां संशोधन', '42nd Amendment'],
    ['amendment 73', '73rd Amendment'],
    ['Schedule 7', '7th Schedule'],
    ['Seventh Schedule', '7th Schedule'],
    ['VII Schedule', '7th Schedule'],
    ['सातवीं अनुसूची', '7th Schedule'],
    ['saatvin anusuchi', '7th Schedule'],
    ['Part III of the Constitution', 'Part III'],
    ['part 3', 'Part III'],
    ['Section 377', 'Section 377'],
    ['धारा 144', 'Section 144'],
  ])('reads %s as %s', (query, name) => {
    expect(names(query)).toEqual([name])
  })

  it('takes no other number for one', () => {
    for (const query of [
      'the 1950s',
      '26 January 1950',
      'an article about rivers',
      'part of a state',
      '3 questions',
      'art and culture',
    ])
      expect(names(query), query).toEqual([])
  })
})
