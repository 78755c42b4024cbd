import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../store/open-store.ts'
import { documentId, seedLibrary } from '../testing/seed-library.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { wordEmbedder } from '../testing/word-embedder.ts'
import { keywordSearch } from './keyword-search.ts'
import { openLibraryWords } from './library-words.ts'
import { openScopePassages } from './scope-passages.ts'
import { makeTermLookup } from './term-groups.ts'
import { understandQuery } from './understand-query.ts'

const WORDS = ['court', 'law', 'tax', 'river', 'soil', 'vote']
const DOCUMENTS = ['a', 'b', 'c', 'd', 'e']

describe('keywordSearch', () => {
  it('finds in a scope of any shape the best of the library that are in it', async () => {
    const store = openStore({ profileDir: temporaryFolder() })
    onTestFinished(() => store.close())
    const db = store.reader
    const byDocument = new Map<string, number[]>()
    for (const [n, id] of DOCUMENTS.entries()) {
      const texts = Array.from({ length: 12 }, (_, i) =>
        Array.from({ length: 3 + ((i * 7 + n) % 5) }, (_, k) => WORDS[(i * k + k * k + n) % WORDS.length]).join(' '),
      )
      byDocument.set(id, await seedLibrary(store, wordEmbedder(), [{ id, pages: [texts.join('\n\n')] }]))
    }
    const words = openLibraryWords({ db })
    const passageCount = words.passageCount()
    const understood = await understandQuery(
      'court river vote',
      { words, terms: makeTermLookup([]), passageCount },
      { asYouType: false },
    )
    const passagesOf = openScopePassages({ db })
    const find = (documents: readonly string[], limit: number) => {
      const scope = { documentIds: documents.map(documentId) }
      return keywordSearch(db, { understood, limit, scope, inScope: passagesOf(scope), passageCount })
    }
    const everything = find([], 1_000)
    expect(everything.length).toBeGreaterThan(40)
    for (const documents of [['a'], ['b', 'c'], ['a', 'e'], ['a', 'c', 'e'], DOCUMENTS]) {
      const inScope = everything.filter(({ chunkId }) => documents.some((id) => byDocument.get(id)?.includes(chunkId)))
      for (const limit of [1, 5, 100]) expect(find(documents, limit)).toEqual(inScope.slice(0, limit))
    }
  })
})

describe('openScopePassages', () => {
  it('tells the passages of documents, those that were added since too', async () => {
    const store = openStore({ profileDir: temporaryFolder() })
    onTestFinished(() => store.close())
    const passagesOf = openScopePassages({ db: store.reader })
    const [first] = await seedLibrary(store, wordEmbedder(), [{ id: 'a', pages: ['court'] }])
    const scope = { documentIds: [documentId('a'), documentId('b')] }
    expect(passagesOf({})).toBeUndefined()
    expect(passagesOf(scope)).toMatchObject({ count: 1, first, last: first, isWhole: true })
    await seedLibrary(store, wordEmbedder(), [{ id: 'c', pages: ['tax'] }])
    const [last = 0] = await seedLibrary(store, wordEmbedder(), [{ id: 'b', pages: ['law'] }])
    const both = passagesOf(scope)
    expect(both).toMatchObject({ count: 2, first, last, isWhole: false })
    expect([first, last - 1, last, last + 1, 0].map((id) => both?.has(id ?? 0))).toEqual([
      true,
      false,
      true,
      false,
      false,
    ])
    expect(passagesOf({ documentIds: [documentId('nowhere')] })).toMatchObject({ count: 0, first: 1, last: 0 })
  })
})
