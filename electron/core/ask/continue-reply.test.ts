import { expect, it } from 'vitest'
import type { AnswerSentence } from '#contract/ask.ts'
import { wholeSentences, withoutRepeats } from './continue-reply.ts'

const part = (...texts: string[]) => ({
  sentences: texts.map((text): AnswerSentence => ({ text, support: 'supported', citations: [] })),
})

it('a model goes on after the last sentence that is whole', () => {
  expect(wholeSentences(part('It is six years.', 'The Lok'))).toBe('It is six years.')
  expect(wholeSentences(part('It is six years.', 'He said “no.”'))).toBe('It is six years. He said “no.”')
  expect(wholeSentences(part('यह छह वर्ष है।', 'लोक सभा'))).toBe('यह छह वर्ष है।')
  expect(wholeSentences(part('The Lok'))).toBe('')
  expect(wholeSentences(part())).toBe('')
})

it('what it repeats at its beginning is left out, and nothing else', () => {
  const known = 'It is six years. One third retire. '
  expect(withoutRepeats(known, 'It is six years [1]. It is never dissolved.')).toBe('It is never dissolved.')
  expect(withoutRepeats(known, 'It is never dissolved. It is six years.')).toBe(
    'It is never dissolved. It is six years.',
  )
  expect(withoutRepeats(known, 'One third retire.')).toBe('')
  expect(withoutRepeats('यह छह वर्ष है। ', 'यह छह वर्ष है। वह भंग नहीं होती।')).toBe('वह भंग नहीं होती।')
})
