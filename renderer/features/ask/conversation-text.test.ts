import { describe, expect, it } from 'vitest'
import type { Answer } from '#contract/ask.ts'
import { type AnswerWords, answerAsText, conversationAsMarkdown, fileNameOf } from './conversation-text.ts'

const WORDS: AnswerWords = {
  sources: 'Sources',
  partial: 'Stopped before its end',
  understoodAs: (asked) => `Understood as: ${asked}`,
  place: ({ page }) => `page ${page}`,
  weak: 'weakly carried',
  unsupported: 'not in the sources',
  answeredBy: () => 'By the documents',
}

const ANSWER = {
  question: 'And the *chair*?',
  asked: 'Who chaired the Drafting Committee?',
  answer: 'Ambedkar chaired it. [1] He liked it.',
  sentences: [
    { text: 'Ambedkar chaired it.', support: 'supported', citations: [1] },
    { text: 'He liked it.', support: 'unsupported', citations: [] },
  ],
  citations: [{ number: 1, title: 'Polity', page: 4, quote: 'It was chaired by Ambedkar.' }],
  refused: false,
  partial: true,
} as unknown as Answer

describe('an answer', () => {
  it('is copied with its sources, and with what they do not carry marked', () => {
    expect(answerAsText(ANSWER, WORDS)).toBe(
      'And the *chair*?\n\nAmbedkar chaired it. [1] He liked it. (not in the sources)\n\nSources\n[1] Polity, page 4: “It was chaired by Ambedkar.”',
    )
  })

  it('is exported as Markdown in its conversation', () => {
    expect(conversationAsMarkdown('The framers', [ANSWER], WORDS)).toBe(
      [
        '# The framers',
        '## And the \\*chair\\*?',
        '*Understood as: Who chaired the Drafting Committee?*',
        '**Stopped before its end**',
        'Ambedkar chaired it. [1] He liked it. (not in the sources)',
        '**Sources**',
        '- [1] Polity, page 4: “It was chaired by Ambedkar.”',
        '*By the documents*\n',
      ].join('\n\n'),
    )
  })

  it('gives a file a name that every system takes', () => {
    expect(fileNameOf('Who/what: is "it"?', 'md')).toBe('Who what is it.md')
    expect(fileNameOf('???', 'docx')).toBe('conversation.docx')
  })
})
