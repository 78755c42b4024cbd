import { describe, expect, it } from 'vitest'
import { findToldReason } from './find-explanations.ts'
import type { JudgedSentence } from './rules-material.ts'

const causesOf = (text: string) => {
  const sentence = { language: 'en', text, source: { text }, evidence: [{ text }] } as unknown as JudgedSentence
  const { cause, causes } = findToldReason(sentence, undefined) ?? {}
  return { cause, causes }
}
const CLAIM = 'The Rajya Sabha is called a permanent house'

describe('the two reasons of a sentence', () => {
  it.each([
    [
      'two clauses with verbs of their own',
      `${CLAIM} because the Rajya Sabha is never dissolved by anybody and the States can elect new members.`,
      ['The Rajya Sabha is never dissolved by anybody.', 'The States can elect new members.'],
    ],
    [
      'one subject with two verbs',
      `${CLAIM} because the Rajya Sabha is never dissolved and has members of three elections.`,
      ['The Rajya Sabha is never dissolved.', 'The Rajya Sabha has members of three elections.'],
    ],
    [
      '“because … and because …”',
      `${CLAIM} because the Rajya Sabha is never dissolved, and because the States can elect new members.`,
      ['The Rajya Sabha is never dissolved.', 'The States can elect new members.'],
    ],
  ])('finds them in %s', (_, text, causes) => expect(causesOf(text).causes).toEqual(causes))

  it.each([
    ['things that are joined', 'the Rajya Sabha is never dissolved by the President and the Governors.'],
    ['what stands between two', 'the Rajya Sabha is a link between a Union of strong powers and the States are weak.'],
    ['a choice', 'the Rajya Sabha is never dissolved or closed and the States can elect new members.'],
    [
      'a clause without a subject that is marked as one',
      'the Rajya Sabha is never dissolved by anybody and members can be elected in its place.',
    ],
    [
      'three clauses',
      'the Rajya Sabha is never dissolved by anybody and the States can elect new members and the President can nominate some members.',
    ],
  ])('leaves %s together', (_, cause) => {
    const found = causesOf(`${CLAIM} because ${cause}`)
    expect(found.cause).toBeDefined()
    expect(found.causes).toBeUndefined()
  })
})
