import { describe, expect, it } from 'vitest'
import type { AnswerSentence } from '#contract/ask.ts'
import { layOutAnswer } from './lay-out-answer.ts'

const sentence = (text: string, citations: number[] = []): AnswerSentence => ({ text, support: 'supported', citations })
const laidOut = (answer: string, sentences: AnswerSentence[]) =>
  layOutAnswer({ answer, sentences }).map(({ kind, sentences: inBlock }) => [kind, ...inBlock.map(({ text }) => text)])

describe('layOutAnswer', () => {
  it('keeps sentences of one line together', () => {
    expect(laidOut('One. [1] Two. [2]', [sentence('One.', [1]), sentence('Two.', [2])])).toEqual([
      ['paragraph', 'One.', 'Two.'],
    ])
  })

  it('begins a paragraph where the answer has a line break', () => {
    expect(laidOut('One. [1]\n\nTwo. [2]', [sentence('One.'), sentence('Two.')])).toEqual([
      ['paragraph', 'One.'],
      ['paragraph', 'Two.'],
    ])
  })

  it('knows list items, whether the bullet belongs to the sentence or not', () => {
    expect(
      laidOut('It has:\n- Justice. [1]\n- Liberty. [2]\n1. Order. [3]', [
        sentence('It has:'),
        sentence('Justice.'),
        sentence('- Liberty.'),
        sentence('1. Order.'),
      ]),
    ).toEqual([
      ['paragraph', 'It has:'],
      ['item', 'Justice.'],
      ['item', 'Liberty.'],
      ['item', 'Order.'],
    ])
  })

  it('takes marks out of the sentence: they follow it as links', () => {
    expect(laidOut('As said [1], it is [2, 3].', [sentence('As said [1], it is [2, 3].', [1, 2, 3])])).toEqual([
      ['paragraph', 'As said, it is.'],
    ])
  })

  it('shows a sentence it cannot place', () => {
    expect(laidOut('Something else', [sentence('One.'), sentence('Two.')])).toEqual([['paragraph', 'One.', 'Two.']])
  })

  it('tells where each sentence stands in the answer', () => {
    const blocks = layOutAnswer({ answer: 'A.\nB.', sentences: [sentence('A.'), sentence('B.')] })
    expect(blocks.flatMap(({ sentences }) => sentences.map(({ index }) => index))).toEqual([0, 1])
  })
})
