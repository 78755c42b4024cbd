import { describe, expect, it } from 'vitest'
import { answerAsText } from './copy-answer.ts'

const words = { sources: 'Sources', page: (page: number) => `page ${page}` }

describe('answerAsText', () => {
  it('puts question, answer and numbered sources together', () => {
    const citation = { number: 1, title: 'Polity', page: 6, quote: 'It sets limits.' }
    expect(
      answerAsText({ question: 'Why?', answer: 'It sets limits. [1]', citations: [citation as never] }, words),
    ).toBe('Why?\n\nIt sets limits. [1]\n\nSources\n[1] Polity, page 6: “It sets limits.”')
  })

  it('leaves the heading out where there are no sources', () => {
    expect(answerAsText({ question: 'Why?', answer: 'Not here.', citations: [] }, words)).toBe('Why?\n\nNot here.')
  })
})
