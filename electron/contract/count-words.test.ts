import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countWords } from './count-words.ts'

describe('countWords', () => {
  it.each([
    ['', 0],
    ['   \n\n ', 0],
    ['One two, three.', 3],
    ['a well-known fact — and/or two', 5],
    ['1. First point\n2) Second point\n(c) Third\n• Fourth', 6],
    ['In 1950 the 44th Amendment (Article 21A)', 7],
    ['भारत का संविधान 26 जनवरी 1950 को लागू हुआ।', 9],
    ['केंद्र–राज्य संबंध\u200d', 2],
    ['– – * …', 0],
  ])('counts %j as %i', (text, count) => {
    expect(countWords(text)).toBe(count)
  })

  const word = fc.oneof(
    fc.stringMatching(/^[a-zA-Z]{3,9}$/),
    fc.constantFrom('भारत', 'क़ानून', 'स्वतंत्रता', 'हिन्दी', '1950', 'Article', 'don’t', 'नीति-निदेशक'),
  )

  it('counts words of either script, whatever stands between them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.constantFrom(' ', '\n', '  ', '\t', ', ', '। ', ' — '))), (parts) => {
        const text = parts.map(([each, gap]) => each + gap).join('')
        expect(countWords(text)).toBe(parts.length)
      }),
    )
  })

  it('is the sum of its paragraphs', () => {
    fc.assert(
      fc.property(fc.array(fc.array(word, { minLength: 1 })), (paragraphs) => {
        const texts = paragraphs.map((words) => words.join(' '))
        expect(countWords(texts.join('\n\n'))).toBe(texts.reduce((sum, text) => sum + countWords(text), 0))
      }),
    )
  })
})
