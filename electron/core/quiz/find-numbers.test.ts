import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findNumbers } from './find-numbers.ts'
import {
  cardinalWord,
  ordinalDigits,
  ordinalWord,
  parseCardinal,
  parseOrdinal,
  parseRoman,
  romanNumeral,
} from './number-words.ts'

const found = (text: string) => findNumbers(text).map(({ kind, text: term }) => [kind, term])

describe('findNumbers', () => {
  it.each([
    ['It came into force on 26 January 1950.', [['date', '26 January 1950']]],
    ['It met on December 9, 1946 in Delhi.', [['date', 'December 9, 1946']]],
    ['The monsoon sets in on 1 June over Kerala.', [['day', '1 June']]],
    ['The Congress was founded in December 1885.', [['month', 'December 1885']]],
    ['In 1973 the Court gave its ruling.', [['year', '1973']]],
    ['It began in the nineteenth century.', [['century', 'nineteenth century']]],
    [
      'It stands in Article 368 and in Art. 371A.',
      [
        ['article', 'Article 368'],
        ['article', 'Art. 371A'],
      ],
    ],
    [
      'The 42nd Amendment and the Forty-fourth Amendment differ.',
      [
        ['amendment', '42nd'],
        ['amendment', 'Forty-fourth'],
      ],
    ],
    ['They are in the Eleventh Schedule.', [['schedule', 'Eleventh Schedule']]],
    ['Part IX deals with Panchayats.', [['part', 'Part IX']]],
    [
      'It gets 75 per cent of its rain, not 7.4%.',
      [
        ['percent', '75 per cent'],
        ['percent', '7.4%'],
      ],
    ],
    ['It needs two-thirds of the members.', [['fraction', 'two-thirds']]],
    [
      'The Assembly had 389 members in eleven sessions.',
      [
        ['count', '389'],
        ['count', 'eleven'],
      ],
    ],
    ['It has a length of 1,465 kilometres.', [['count', '1,465']]],
    [
      'महिलाओं के लिए एक-तिहाई स्थान पाँच वर्ष के लिए हैं।',
      [
        ['fraction', 'एक-तिहाई'],
        ['count', 'पाँच'],
      ],
    ],
    ['यह 24 अप्रैल 1993 से लागू हुआ।', [['date', '24 अप्रैल 1993']]],
  ])('reads “%s”', (text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  it.each([
    'The period 1950-51 was the first year of the plan.',
    'In the 1960s the States asked for more.',
    'It is a two-party system.',
    'One of the members resigned.',
    'Look at (2) and at Class 11.',
    'It happened two or three times.',
  ])('finds nothing to ask in “%s”', (text) => {
    expect(found(text).filter(([kind]) => kind !== 'year' || /\d{4}s|-/.test(text))).toEqual([])
  })

  it('writes other values as the first is written, and never the same', () => {
    const texts = [
      'on 26th January 1950.',
      'on December 9, 1946.',
      'in the Forty-second Amendment of 1976.',
      'for a term of six years.',
      'with 1,465 kilometres.',
      'by 15 per cent of seats.',
      'by two-thirds of them.',
      'in the Eleventh Schedule.',
      'under Article 371A today.',
      'in Part IX of it.',
    ]
    for (const text of texts) {
      for (const term of findNumbers(text)) {
        const written = term.nearby.flatMap((value) => term.write(value) ?? [])
        expect(written.length, text).toBeGreaterThanOrEqual(3)
        expect(written).not.toContain(term.text)
        expect(term.write(term.value)).toBe(term.text)
        const shape = (form: string) => form.replace(/\d+/g, '0').replace(/\p{L}+/gu, 'a')
        if (/\d/.test(term.text)) expect(written.map(shape), text).toContain(shape(term.text))
      }
    }
  })
})

describe('number words', () => {
  it('read back what they write', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), (value) => {
        expect(parseCardinal(cardinalWord(value))).toBe(value)
        expect(parseOrdinal(ordinalWord(value))).toBe(value)
        expect(Number.parseInt(ordinalDigits(value), 10)).toBe(value)
        if (value < 40) expect(parseRoman(romanNumeral(value))).toBe(value)
      }),
    )
    expect([1, 2, 3, 4, 11, 12, 13, 21, 42, 73, 111].map(ordinalDigits)).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '11th',
      '12th',
      '13th',
      '21st',
      '42nd',
      '73rd',
      '111th',
    ])
  })
})
