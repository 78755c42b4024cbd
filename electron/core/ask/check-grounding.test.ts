import { describe, expect, it } from 'vitest'
import type { SearchHit } from '#contract/search.ts'
import { documentId } from '../testing/seed-library.ts'
import { wordEmbedder } from '../testing/word-embedder.ts'
import { checkGrounding, splitReply } from './check-grounding.ts'

const TEXT =
  'Rajya Sabha members serve for six years. The House is never dissolved. Money bills begin in the Lok Sabha.\n' +
  'Parliament may not amend the basic structure of the Constitution.'
const SOURCE: SearchHit = {
  chunkId: 1,
  documentId: documentId('polity'),
  title: 'Polity',
  path: '/polity.pdf',
  page: 3,
  text: TEXT,
  startOffset: 100,
  endOffset: 100 + TEXT.length,
  matches: [],
  score: 1,
}

const check = (reply: string, sources = [SOURCE]) =>
  checkGrounding(wordEmbedder(128), reply, sources, new AbortController().signal)

describe('checkGrounding', () => {
  it('finds the sentence that carries what was written, and its place on the page', async () => {
    const [checked] = await check('Money bills begin in the Lok Sabha [4].')
    expect(checked).toMatchObject({ support: 'supported', text: 'Money bills begin in the Lok Sabha.' })
    const { startOffset = 0, endOffset = 0 } = checked?.source ?? {}
    expect(TEXT.slice(startOffset - 100, endOffset - 100)).toBe('Money bills begin in the Lok Sabha.')
  })

  it.each([
    ['another number', 'Rajya Sabha members serve for nine years.'],
    ['another name', 'In Nepal Rajya Sabha members serve for six years.'],
    ['the contrary', 'Parliament may amend the basic structure of the Constitution.'],
  ])('does not take %s for support', async (_, reply) => {
    expect((await check(reply))[0]?.support).toBe('weak')
  })

  it('takes six for 6', async () => {
    expect((await check('Rajya Sabha members serve for 6 years.'))[0]?.support).toBe('supported')
  })

  it('finds nothing for what no source says', async () => {
    const [checked] = await check('Sourdough needs flour and patience.')
    expect(checked).toEqual({ text: 'Sourdough needs flour and patience.', support: 'unsupported' })
    expect((await check('Anything.', []))[0]?.support).toBe('unsupported')
  })
})

describe('splitReply', () => {
  it('leaves out the numbers of sources, wherever a model puts them, and marks of lists', () => {
    expect(splitReply('Answer: It is so [1]. It stays so.[2][3] [4]\n- And so on [1, 2].')).toEqual([
      'It is so.',
      'It stays so.',
      'And so on.',
    ])
  })
})
