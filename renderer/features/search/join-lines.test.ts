import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinLines } from './join-lines.ts'

describe('joinLines', () => {
  it('joins the lines of a paragraph and keeps paragraphs apart', () => {
    expect(joinLines('One may say that\nthe group can live\ntogether.\n\nThe first')).toBe(
      'One may say that the group can live together.\n\nThe first',
    )
  })

  it('keeps the items of a list on lines of their own', () => {
    const list = 'Choose one:\n(a) Parliament\n(b) the\nPresident\n1. first\n• point'
    expect(joinLines(list)).toBe('Choose one:\n(a) Parliament\n(b) the President\n1. first\n• point')
  })

  it('moves nothing: every offset stays true', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '\n', ' ', '•', '😀', 'क')).map((parts) => parts.join('')),
        (text) => {
          const joined = joinLines(text)
          expect(joined).toHaveLength(text.length)
          for (let at = 0; at < text.length; at++) {
            if (text[at] !== '\n') expect(joined[at]).toBe(text[at])
          }
        },
      ),
    )
  })
})
