import { describe, expect, it } from 'vitest'
import { QuestionId } from '#contract/ids.ts'
import { countResponses, firstBlank, paletteOf, responsesOf } from './attempt-state.ts'

const ids = ['a', 'b', 'c', 'd'].map((id) => QuestionId.parse(id))
const [a, b, c] = ids as [QuestionId, QuestionId, QuestionId, QuestionId]
const responses = responsesOf(
  {
    responses: [
      { questionId: b, chosenIndex: 2, marked: true },
      { questionId: a, chosenIndex: 0, marked: false },
      { questionId: c, chosenIndex: null, marked: true },
    ],
  },
  ids.map((id) => ({ id })),
)

describe('responsesOf', () => {
  it('has one for each question, in the order of the test', () => {
    expect([...responses.values()].map(({ chosenIndex }) => chosenIndex)).toEqual([0, 2, null, null])
  })

  it('knows nothing of questions that are not in the test', () => {
    const stray = { responses: [{ questionId: QuestionId.parse('x'), chosenIndex: 1, marked: false }] }
    expect(responsesOf(stray, [{ id: a }]).size).toBe(1)
  })
})

describe('paletteOf', () => {
  it('tells answered, skipped and unseen apart, and marked beside each', () => {
    expect(paletteOf(responses, new Set([a, b, c])).map(({ standing, marked }) => [standing, marked])).toEqual([
      ['answered', false],
      ['answered', true],
      ['skipped', true],
      ['unseen', false],
    ])
  })
})

describe('countResponses', () => {
  it('counts what the submit dialog tells', () => {
    expect(countResponses(responses)).toEqual({ answered: 2, blank: 2, marked: 2, markedAnswered: 1 })
  })
})

describe('firstBlank', () => {
  it('is where a returning person goes on', () => {
    expect(firstBlank(responses)).toBe(2)
  })

  it('is the first question when all are answered', () => {
    const all = new Map([[a, { questionId: a, chosenIndex: 1, marked: false }]])
    expect(firstBlank(all)).toBe(0)
  })
})
