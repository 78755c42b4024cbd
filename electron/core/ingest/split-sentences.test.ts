import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitSentences } from './split-sentences.ts'

const sentences = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end))

describe('splitSentences', () => {
  it('ends a sentence at its mark, with the quotes that close it', () => {
    expect(sentences('It works. Does it? Yes! He said “so.” Then he left.')).toEqual([
      'It works.',
      'Does it?',
      'Yes!',
      'He said “so.”',
      'Then he left.',
    ])
  })

  it.each([
    'Dr. Ambedkar chaired the Drafting Committee.',
    'Under Art. 21 every person is free.',
    'Some rights, e.g. Freedom of speech, are limited.',
    'B. R. Ambedkar and H. V. Kamath spoke.',
    'See Fig. 2 and No. 5 of Vol. II in the annex.',
    'Union of India v. Shri Harbhajan Singh was decided.',
    'The rate is 3.5 per cent of G.D.P. growth.',
    'It was passed on 26 Nov. 1949 by the Assembly.',
    'Rs. 500 were paid.',
  ])('keeps whole: %s', (text) => {
    expect(sentences(text)).toEqual([text])
  })

  it('ends after an acronym or etc. when a sentence starts behind it', () => {
    expect(sentences('It was made in the U.S. The court agreed.')).toHaveLength(2)
    expect(sentences('Trade, business etc. In practice they are limited.')).toHaveLength(2)
  })

  it('takes "no" for a word unless a number follows', () => {
    expect(sentences('He said no. They agreed.')).toHaveLength(2)
    expect(sentences('Resolution No. 7 was moved.')).toHaveLength(1)
  })

  it('keeps the number of a list item with its text and items apart', () => {
    expect(sentences('1. The President is elected.\n2. The Vice-President presides.')).toEqual([
      '1. The President is elected.',
      '2. The Vice-President presides.',
    ])
    expect(sentences('It assigns:\n• rights\n• duties')).toEqual(['It assigns:', '• rights', '• duties'])
  })

  it('goes on over line breaks and stops at blank lines', () => {
    expect(sentences('The people\nget to decide.\n\nActivity\n\nEnact it')).toEqual([
      'The people\nget to decide.',
      'Activity',
      'Enact it',
    ])
  })

  it('knows the danda', () => {
    expect(sentences('भारत एक गणराज्य है। संविधान सर्वोच्च है॥ क्या यह सही है? हाँ।')).toEqual([
      'भारत एक गणराज्य है।',
      'संविधान सर्वोच्च है॥',
      'क्या यह सही है?',
      'हाँ।',
    ])
  })

  it('loses no visible character and never overlaps, whatever the text', () => {
    const word = fc.constantFrom(
      'The',
      'Dr.',
      'a',
      '1.',
      'हाँ।',
      '\n\n',
      '\n',
      '• b',
      'U.S.',
      '"No."',
      'end.',
      '?!',
      '(i)',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const text = words.join(' ')
        let seen = ''
        let last = 0
        for (const { start, end } of splitSentences(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          seen += text.slice(start, end)
          last = end
        }
        expect(seen.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      }),
    )
  })

  it('takes each row of a table and each item, set in or not, for one', () => {
    const text =
      'Lists are three:\nList\tSubjects\nUnion\tDefence. Rail\nAfter them\ncomes prose.\n• one\n  a. inner\n  • two'
    expect(splitSentences(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'Lists are three:',
      'List\tSubjects',
      'Union\tDefence.',
      'Rail',
      'After them\ncomes prose.',
      '• one',
      'a. inner',
      '• two',
    ])
  })
})
