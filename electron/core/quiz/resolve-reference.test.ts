import { describe, expect, it } from 'vitest'
import type { DocumentId } from '#contract/ids.ts'
import { countCapitals, findNames } from './find-names.ts'
import { findForeignScope } from './find-scope.ts'
import type { SourceSentence } from './read-material.ts'
import { resolveReference } from './resolve-reference.ts'

const CAPITALS = countCapitals([])
const page = (texts: readonly string[], headings: readonly string[] = []): SourceSentence[] =>
  texts.map((text, order) => ({
    documentId: 'd' as DocumentId,
    pageNumber: 1,
    startOffset: order * 100,
    endOffset: order * 100 + text.length,
    quote: text,
    text,
    heading: headings[order] ?? '',
    order,
  }))
const resolveLast = (...texts: string[]) => {
  const sentences = page(texts)
  const read = sentences.map((source) => ({ source, names: findNames(source.text, CAPITALS) }))
  return resolveReference(sentences.at(-1) as SourceSentence, read.slice(0, -1))
}

describe('resolveReference', () => {
  it('puts the subject of the sentence before for “It”, and tells where it stands', () => {
    const resolved = resolveLast(
      'The Constituent Assembly was elected in July 1946.',
      'It met for the first time on 9 December 1946.',
    )
    expect(resolved?.text).toBe('The Constituent Assembly met for the first time on 9 December 1946.')
    expect(resolved?.antecedent.text).toBe('The Constituent Assembly was elected in July 1946.')
  })

  it('gives “the Assembly” the one full name it can have', () => {
    const resolved = resolveLast(
      'The Constituent Assembly was elected in July 1946.',
      'Many members were new.',
      'After Partition the strength of the Assembly fell to 299.',
    )
    expect(resolved?.text).toBe('After Partition the strength of the Constituent Assembly fell to 299.')
  })

  it.each([
    ['the subject is a person', ['Jawaharlal Nehru moved the Objectives Resolution.', 'It declared India a republic.']],
    ['the subject has no name', ['The heating of the land is strong in May.', 'It warms the air over the plains.']],
    [
      'a sentence lies between',
      ['The Lok Sabha is elected by the people.', 'Elections are held often.', 'It sits in New Delhi.'],
    ],
    [
      '“it” says nothing of a thing',
      ['The Lok Sabha is elected by the people.', 'It is clear that members serve for long.'],
    ],
    [
      'two names end so',
      ['The Drafting Committee met first.', 'The Advisory Committee met later.', 'The Committee met in Delhi.'],
    ],
    [
      'the bare name was there before the full one',
      [
        'The Commission has rights of its own.',
        'The Santer Commission resigned in 1999.',
        'The Commission must follow.',
      ],
    ],
    ['nothing came before', ['The Commission met in Delhi.']],
  ])('leaves it where %s', (_, texts) => {
    expect(resolveLast(...texts)).toBeUndefined()
  })
})

describe('findForeignScope', () => {
  it('marks what is said of another country’s offices, until India is named or the heading changes', () => {
    const sentences = page(
      [
        'The President of India is elected for five years.',
        'In 1978 the constitution of Sri Lanka was amended.',
        'The President is elected directly for six years.',
        'The rains are heavy in the hills.',
        'India chose another way for its President.',
        'The President acts on the advice of the ministers.',
        'In France the President is powerful.',
        'The Parliament has two houses.',
      ],
      ['a', 'a', 'a', 'a', 'a', 'a', 'a', 'b'],
    )
    expect([...findForeignScope(sentences)].map(({ order }) => order)).toEqual([2])
  })
})
