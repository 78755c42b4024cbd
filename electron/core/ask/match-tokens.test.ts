import { describe, expect, it } from 'vitest'
import type { TokenVectors } from '../ports.ts'
import { wordsOf } from '../search/query-words.ts'
import { cutQuestion, cutSentence, matchTokens } from './match-tokens.ts'
import type { WeighedSentence } from './weigh-sentences.ts'

const words = (text: string) =>
  wordsOf(text)
    .filter(({ stop }) => !stop)
    .map((word) => ({ word, share: 0.5, passageCount: 1, isName: false }))

describe('cutting', () => {
  it('marks where each word of a question begins and ends', () => {
    expect(cutQuestion({ text: 'Who founded Rome?' }).cuts).toEqual([0, 3, 4, 11, 12, 16])
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
    expect([text.slice(cuts[1], cuts[2]), text.slice(cuts[3], cuts[4])]).toEqual(['He', 'reigned'])
  })
})

describe('matching tokens', () => {
  // Rows of two components: special token, tokens, special token.
  const rows = (...tokens: [number, number][]) => Float32Array.from(tokens.flat())

  const match = (asked: string, question: TokenVectors, said: string, sentence: TokenVectors) =>
    matchTokens({ text: asked, words: words(asked), tokens: question }, { text: said, tokens: sentence }, 2)

  it('takes the nearest token of the sentence, and apart from it of what stands before', () => {
    const question = { vectors: rows([1, 1], [2, 0], [0, 3], [1, 1]), cuts: [1, 2, 2, 3] }
    const sentence = { vectors: rows([1, 1], [0, 1], [5, 0], [1, -1], [1, 1]), cuts: [2, 2, 3, 3, 4] }
    const { own, before } = match('founded Rome', question, 'Romulus built', sentence)
    expect(own.map(({ plain }) => plain)).toEqual([1, expect.closeTo(0, 5)])
    expect(before.map(({ plain }) => plain)).toEqual([expect.closeTo(0, 5), 1])
  })

  it('averages over the tokens of a word, and finds nothing near where nothing stands before', () => {
    const question = { vectors: rows([1, 1], [1, 0], [0, 1], [1, 1]), cuts: [1, 3] }
    const sentence = { vectors: rows([1, 1], [1, 0], [1, 1]), cuts: [1, 1, 2] }
    const { own, before } = match('Rome', question, 'Romulus', sentence)
    expect(own[0]?.plain).toBeCloseTo(0.5)
    expect(before[0]?.plain).toBe(-1)
  })

  it('holds what asks against what the sentence says beside the question’s words', () => {
    // "Who" lies by "Romulus", "founded" by itself; a sentence that names nobody has only the asked word to offer.
    const question = { vectors: rows([1, 1], [1, 0], [0, 1], [1, 1]), cuts: [1, 2, 2, 3] }
    const naming = { vectors: rows([1, 1], [1, 0], [0, 1], [1, 1]), cuts: [1, 1, 2, 2, 3] }
    const named = match('Who founded', question, 'Romulus founded', naming)
    expect(named).toMatchObject({ askingNew: { plain: 1 }, newWordCount: 1, said: [1, 1] })
    expect(named.focusNew?.plain).toBeCloseTo(0)
    const silent = match('Who founded', question, 'founded founded', naming)
    expect(silent).toMatchObject({ askingNew: { plain: 0 }, newWordCount: 0 })
    expect(match('founded', { ...question, cuts: [2, 3] }, 'Romulus founded', naming)).toMatchObject({
      asking: undefined,
      askingNew: undefined,
      focusNew: undefined,
    })
  })
})
