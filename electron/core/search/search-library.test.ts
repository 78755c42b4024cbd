import { describe, expect, it, onTestFinished } from 'vitest'
import type { SearchScope } from '#contract/search.ts'
import { StudyError } from '../errors.ts'
import type { Embedder } from '../ports.ts'
import { openStore } from '../store/open-store.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { documentId, type SeedDocument, seedLibrary } from '../testing/seed-library.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { tokenEmbedder, wordEmbedder } from '../testing/word-embedder.ts'
import { fuseResults } from './fuse-results.ts'
import { openLibraryIndex } from './library-index.ts'
import { makeSearcher } from './search-library.ts'

const LIBRARY: SeedDocument[] = [
  {
    id: 'polity',
    title: 'Polity notes',
    pages: [
      'The President appoints the Governor of a State.',
      {
        heading: 'Amendment',
        text: 'Parliament may amend the Constitution by a special majority.\n\nSome parts need the states too.',
      },
    ],
  },
  {
    id: 'geography',
    title: 'Geography',
    pages: ['Black soil holds water well. Cotton grows in it.', 'काली मिट्टी में कपास उगती है।'],
  },
]

async function searcher({ embedder }: { embedder?: Embedder | undefined } = { embedder: wordEmbedder() }) {
  const dir = temporaryFolder()
  const store = openStore({ profileDir: dir })
  await seedLibrary(store, wordEmbedder(), LIBRARY)
  const index = embedder && (await openLibraryIndex({ store, dir, identity: embedder.identity }))
  await index?.catchUp()
  onTestFinished(async () => {
    await index?.close()
    store.close()
  })
  return makeSearcher({ store, embedder: () => embedder, index: () => index, clock: manualClock() })
}

describe('makeSearcher', () => {
  it('gives the passage with its place, its heading and the words it matched', async () => {
    const { hits, mode } = await (await searcher()).search({ query: 'amending the constitution' })
    expect(mode).toBe('hybrid')
    const [best] = hits
    expect(best).toMatchObject({
      documentId: 'polity',
      title: 'Polity notes',
      path: '/books/polity.txt',
      page: 2,
      heading: 'Amendment',
      startOffset: 0,
      endOffset: 60,
    })
    expect(best?.matches.map(({ start, end }) => best.text.slice(start, end))).toEqual(['amend', 'Constitution'])
    expect(best?.keyword).toBe(1)
    expect(best?.cosine).toBeGreaterThan(0.3)
    expect(best?.score).toBeGreaterThan(hits[1]?.score ?? 1)
  })

  it('searches by words alone or meaning alone when told to', async () => {
    const search = await searcher()
    const words = await search.search({ query: 'cotton soil', mode: 'keyword' })
    expect(words.mode).toBe('keyword')
    expect(words.hits).toHaveLength(1)
    expect(words.hits[0]).not.toHaveProperty('cosine')
    const meaning = await search.search({ query: 'cotton soil', mode: 'vector' })
    expect(meaning.mode).toBe('vector')
    expect(meaning.hits).toHaveLength(5)
    expect(meaning.hits[0]).not.toHaveProperty('keyword')
  })

  it('finds Hindi text by Hindi words', async () => {
    const { hits } = await (await searcher()).search({ query: 'काली मिट्टी' })
    expect(hits[0]).toMatchObject({ documentId: 'geography', page: 2 })
    expect(hits[0]?.matches).toHaveLength(2)
  })

  it('leaves Hindi to its words, in either script, where the model does not read it', async () => {
    const search = await searcher()
    for (const query of ['काली मिट्टी में क्या उगता है', 'kali mitti me kya ugta hai']) {
      const words = await search.search({ query, mode: 'keyword', asYouType: false })
      const both = await search.search({ query, asYouType: false })
      expect(both.mode).toBe('hybrid')
      expect(both.hits).toEqual(words.hits)
      expect(both.hits[0]).toMatchObject({ documentId: 'geography', page: 2 })
    }
  })

  it('finds what is like a Hindi passage by its words, where the model does not read it', async () => {
    const { hits, mode } = await (await searcher()).similar({ to: { text: 'कपास काली मिट्टी में अच्छी होती है' } })
    expect(mode).toBe('hybrid')
    expect(hits.map(({ documentId, page }) => ({ documentId, page }))).toEqual([{ documentId: 'geography', page: 2 }])
  })

  it('asks a model that reads Hindi', async () => {
    const words = wordEmbedder()
    const bilingual: Embedder = {
      ...words,
      // Sentence and translation, in turn, as the model is tried; a query comes alone.
      embed: (texts, options) =>
        words.embed(texts.length === 1 ? texts : texts.map((_, i) => `pair${Math.floor(i / 2)}`), options),
    }
    const { hits, mode } = await (await searcher({ embedder: bilingual })).search({ query: 'काली मिट्टी' })
    expect(mode).toBe('hybrid')
    expect(hits[0]?.cosine).toBeGreaterThan(0.3)
  })

  it('stays within its scope', async () => {
    const { hits } = await (await searcher()).search({ query: 'soil', scope: { documentIds: [documentId('polity')] } })
    expect(new Set(hits.map((hit) => hit.documentId))).toEqual(new Set(['polity']))
  })

  it('keeps to phrases and leaves out what is excluded, whatever found it', async () => {
    const search = await searcher()
    const phrase = await search.search({ query: '"special majority" soil' })
    expect(phrase.hits.map(({ documentId }) => documentId)).toEqual(['polity'])
    const apart = await search.search({ query: '"majority special"' })
    expect(apart.hits).toEqual([])
    const without = await search.search({ query: 'soil cotton -water' })
    expect(without.hits.length).toBeGreaterThan(0)
    expect(without.hits.filter(({ text }) => text.includes('water'))).toEqual([])
  })

  it('narrows by kind, language and date', async () => {
    const search = await searcher()
    const find = async (scope: SearchScope) => {
      const { hits } = await search.search({ query: 'soil Governor', mode: 'vector', limit: 50, scope })
      return new Set(hits.map(({ documentId }) => documentId))
    }
    expect(await find({ mediaTypes: ['text/plain'] })).toEqual(new Set(['polity', 'geography']))
    expect(await find({ mediaTypes: ['application/pdf'] })).toEqual(new Set())
    expect(await find({ languages: ['hi'] })).toEqual(new Set(['geography']))
    expect(await find({ languages: ['en'], documentIds: [documentId('polity')] })).toEqual(new Set(['polity']))
    expect(await find({ addedAfterMs: 1 })).toEqual(new Set())
    expect(await find({ addedAfterMs: 0 })).toEqual(new Set(['polity', 'geography']))
  })

  it('finds passages like one, itself left out', async () => {
    const search = await searcher()
    const [soil] = (await search.search({ query: 'black soil' })).hits
    const { hits, mode } = await search.similar({ to: { chunkId: soil?.chunkId ?? 0 } })
    expect(mode).toBe('vector')
    expect(hits).toHaveLength(4)
    expect(hits.map(({ chunkId }) => chunkId)).not.toContain(soil?.chunkId)
    const like = await search.similar({ to: { text: 'President Governor State' }, limit: 1 })
    expect(like.hits[0]?.text).toContain('appoints the Governor')
    await expect(search.similar({ to: { chunkId: 999 } })).rejects.toMatchObject({ code: 'not-found' })
    const words = await (await searcher({ embedder: undefined })).similar({ to: { text: 'a Governor of some State' } })
    expect(words).toMatchObject({ mode: 'keyword', hits: [{ documentId: 'polity' }] })
  })

  it('tells which word it took for another, as the library writes it', async () => {
    const { hits, corrections } = await (await searcher()).search({
      query: 'amending the Constitusion',
      asYouType: false,
    })
    expect(corrections).toEqual([{ typed: 'Constitusion', corrected: 'constitution' }])
    expect(hits[0]?.documentId).toBe('polity')
  })

  it('ranks by what single tokens are near to, where all the first hits can be compared so', async () => {
    const long =
      'The deep black regur soil of the western plateau holds much water and so grows cotton without rain for many weeks.'
    const dir = temporaryFolder()
    const store = openStore({ profileDir: dir })
    const embedder = tokenEmbedder()
    await seedLibrary(store, embedder, [{ id: 'soils', pages: [long, 'Cotton.'] }])
    const index = await openLibraryIndex({ store, dir, identity: embedder.identity })
    await index.catchUp()
    onTestFinished(async () => {
      await index.close()
      store.close()
    })
    const own = makeSearcher({ store, embedder: () => embedder, index: () => index, clock: manualClock() })
    const best = async () => (await own.search({ query: 'water cotton' })).hits[0]?.text
    expect(await best()).toBe(long)
    store.transaction((db) => db.$client.prepare('DELETE FROM token_vectors WHERE rowid = 1').run())
    expect(await best()).toBe('Cotton.')
  })

  it('finds nothing for what is no word to library or model, unless meaning alone is asked for', async () => {
    /** As a model reads what it has no words for: a token a letter. */
    const spelling = (tokensPerLetter: number): Embedder => ({
      ...tokenEmbedder(),
      async embedQuestion(text) {
        const question = await tokenEmbedder().embedQuestion?.(text)
        const textTokenCount = Math.round(text.replaceAll(' ', '').length * tokensPerLetter)
        return {
          vector: question?.vector ?? new Float32Array(),
          tokens: question?.tokens && { ...question.tokens, textTokenCount },
        }
      },
    })
    const asked = async (query: string, tokensPerLetter: number, mode?: 'vector') =>
      (await (await searcher({ embedder: spelling(tokensPerLetter) })).search({ query, ...(mode && { mode }) })).hits
        .length
    expect(await asked('zxqv blorp', 1)).toBe(0)
    expect(await asked('zxqv blorp', 1, 'vector')).toBe(5)
    // Words that the model has, and the library has not.
    expect(await asked('zoology blossoms', 1 / 8)).toBe(5)
    // One that the library has.
    expect(await asked('zxqv cotton', 1)).toBe(5)
  })

  it('says that it searched by words where no model is there', async () => {
    const { hits, mode } = await (await searcher({ embedder: undefined })).search({ query: 'Governor' })
    expect(mode).toBe('keyword')
    expect(hits).toHaveLength(1)
    const broken: Embedder = {
      ...wordEmbedder(),
      embed: () => Promise.reject(new StudyError('embedding-model-missing', 'The model is missing.')),
    }
    expect((await (await searcher({ embedder: broken })).search({ query: 'Governor' })).mode).toBe('keyword')
  })

  it('gives nothing for a query without words, and as many as asked otherwise', async () => {
    const search = await searcher()
    expect((await search.search({ query: '  ' })).hits).toEqual([])
    expect((await search.search({ query: 'soil', limit: 2 })).hits).toHaveLength(2)
  })

  it('stops when told to', async () => {
    const search = await searcher()
    await expect(search.search({ query: 'soil' }, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('fuseResults', () => {
  it('weighs how much of the query is named against the cosine', () => {
    const fused = fuseResults(
      [
        { chunkId: 1, coverage: 1, bm25: 0.5, cosine: 0.2 },
        { chunkId: 2, coverage: 0.5, bm25: 1, cosine: 0.9 },
        { chunkId: 3, coverage: 0, bm25: 0, cosine: 0.5 },
      ],
      { keyword: 0.4, bm25: 0 },
    )
    expect(fused.map(({ chunkId }) => chunkId)).toEqual([2, 1, 3])
    expect(fused[0]?.score).toBeCloseTo(0.4 * 0.5 + 0.6 * 0.9)
    expect(fused[2]).toEqual({ chunkId: 3, cosine: 0.5, words: 0, score: 0.3 })
  })
})
