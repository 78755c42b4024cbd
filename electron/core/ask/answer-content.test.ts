import { expect, it } from 'vitest'
import { openAsker } from '../testing/open-asker.ts'
import { quotedContent } from './answer-content.ts'
import { gatherSentences } from './gather-sentences.ts'

it('reads a list’s point after what leads it in, and quotes the point alone', async () => {
  const page = `of each House, which he may do at any time before the session begins anew.

A person shall not be qualified to be chosen to fill a seat in Parliament unless he —

(a) is a citizen of India;

(b) is, in the case of a seat in the Council of States, not less than thirty years of age.`
  const { store, searcher } = await openAsker([{ id: 'law', title: 'Law', pages: [page] }])
  const found = await searcher.search(
    { query: 'seat in the Council of States', limit: 4, scope: {}, asYouType: false },
    new AbortController().signal,
  )
  const gathered = gatherSentences(found.hits, () => page)
  const byText = (part: string) => {
    const sentence = gathered.find(({ text }) => text.includes(part))
    if (!sentence) throw new Error(`${part} is gathered`)
    return sentence
  }
  const content = quotedContent(store.reader, 'How old?', [byText('thirty years'), byText('before the session')])
  expect(content.sentences.map(({ text }) => text)).toEqual([
    'A person shall not be qualified to be chosen to fill a seat in Parliament unless he — is, in the case of a seat in the Council of States, not less than thirty years of age.',
    '… of each House, which he may do at any time before the session begins anew.',
  ])
  expect(content.citations.map(({ quote }) => quote)).toEqual([
    'is, in the case of a seat in the Council of States, not less than thirty years of age.',
    'of each House, which he may do at any time before the session begins anew.',
  ])
})
