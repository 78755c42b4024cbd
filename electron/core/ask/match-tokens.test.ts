import { describe, expect, it } from 'vitest'
import { wordsOf } from '../search/query-words.ts'
import { cutQuestion, cutSentence, matchTokens } from './match-tokens.ts'
import type { WeighedSentence } from './weigh-sentences.ts'

const words = (text: string) =>
  wordsOf(text)
    .filter(({ stop }) => !stop)
    .map((word) => ({ word, share: 0.5, passageCount: 1, isName: false }))

describe('cutting', () => {
  it('marks where each topic word of a question begins and ends', () => {
    const text = 'Who founded Rome?'
    const { cuts } = cutQuestion({ text, words: words(text) })
    expect(cuts).toEqual([4, 11, 12, 16])
  })

  it('puts a sentence under its heading and after what stands before it', () => {
    const sentence = {
      hit: { heading: 'Book › Kings' },
      text: 'He reigned.',
      surroundings: 'Numa was king. He reigned. Then he died.',
    } as WeighedSentence
    const { text, cuts } = cutSentence(sentence)
    expect(text).toBe('Kings. Numa was king.  He reigned.')
    expect(text.slice(cuts[0]).trim()).toBe('He reigned.')
  })
})

describe('matching tokens', () => {
  // Rows of two components: special token, tokens, special token.
  const rows = (...tokens: [number, number][]) => Float32Array.from(tokens.flat())

  it('takes the nearest token of the sentence, and apart from it of what stands before', () => {
    const question = { vectors: rows([1, 1], [2, 0], [0, 3], [1, 1]), cuts: [1, 2, 2, 3] }
    const sentence = { vectors: rows([1, 1], [0, 1], [5, 0], [1, -1], [1, 1]), cuts: [2] }
    const { own, before } = matchTokens(question, sentence, 2)
    expect(own.map(({ plain }) => plain)).toEqual([1, expect.closeTo(0, 5)])
    expect(before.map(({ plain }) => plain)).toEqual([expect.closeTo(0, 5), 1])
  })

  it('averages over the tokens of a word, and finds nothing near where nothing stands before', () => {
    const question = { vectors: rows([1, 1], [1, 0], [0, 1], [1, 1]), cuts: [1, 3] }
    const sentence = { vectors: rows([1, 1], [1, 0], [1, 1]), cuts: [1] }
    const { own, before } = matchTokens(question, sentence, 2)
    expect(own[0]?.plain).toBeCloseTo(0.5)
    expect(before[0]?.plain).toBe(-1)
  })
})
