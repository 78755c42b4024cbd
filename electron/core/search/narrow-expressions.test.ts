import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../store/open-store.ts'
import { seedLibrary } from '../testing/seed-library.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { wordEmbedder } from '../testing/word-embedder.ts'
import { keywordSearch } from './keyword-search.ts'
import { openLibraryWords } from './library-words.ts'
import { narrowExpressions } from './narrow-expressions.ts'
import { makeTermLookup } from './term-groups.ts'
import { understandQuery } from './understand-query.ts'

const PASSAGES = 200_000

/** A query in a small library whose words are said to be as common as they would be in one of 200,000 passages. */
async function openLibrary(texts: readonly string[]) {
  const store = openStore({ profileDir: temporaryFolder() })
  onTestFinished(() => store.close())
  await seedLibrary(store, wordEmbedder(), [{ id: 'book', pages: [texts.join('\n\n')] }])
  const words = openLibraryWords({ db: store.reader })
  return {
    db: store.reader,
    async understand(query: string, counts: Record<string, number>) {
      const terms = makeTermLookup([])
      const counted = { ...words, count: (term: string) => counts[term] ?? words.count(term) }
      return understandQuery(query, { words: counted, terms, passageCount: PASSAGES }, { asYouType: false })
    },
  }
}

const COMMON = { court: 40_000, law: 50_000, tax: 45_000, moraine: 12 }

describe('narrowExpressions', () => {
  it('leaves a query alone whose words are few enough to be ranked', async () => {
    const { understand } = await openLibrary(['court law'])
    expect(narrowExpressions(await understand('court law', {}), PASSAGES)).toEqual([])
    expect(narrowExpressions(await understand('court', COMMON), PASSAGES)).toEqual([])
  })

  it('asks for all words first, then for a rare one or the rarest of the common ones beside another', async () => {
    const { db, understand } = await openLibrary([
      'court law tax moraine',
      'court law',
      'law tax',
      'moraine alone',
      'court alone',
      'nothing of it',
    ])
    const understood = await understand('court law tax moraine', COMMON)
    const [together, some] = narrowExpressions(understood, PASSAGES)
    const find = (expression = '') =>
      db.$client
        .prepare('SELECT rowid FROM chunk_words WHERE chunk_words MATCH ? ORDER BY rowid')
        .pluck()
        .all(expression)
    expect(find(together)).toEqual([1])
    expect(find(some)).toEqual([1, 2, 4])
    const ranked = (limit: number) =>
      keywordSearch(db, { understood, limit, scope: {}, inScope: undefined, passageCount: PASSAGES }).map(
        ({ chunkId }) => chunkId,
      )
    expect(ranked(1)).toEqual([1])
    // More are wanted than the narrow ones find: everything is looked at.
    expect(ranked(100).toSorted()).toEqual([1, 2, 3, 4, 5])
  })
})
