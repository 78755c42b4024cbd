import { copyFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore, type Store } from '../store/open-store.ts'
import { findEmbeddingModelId, iterateVectors } from '../store/vectors.rows.ts'
import { collectionId, documentId, removeSeededDocument, seedLibrary } from '../testing/seed-library.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { wordEmbedder, wordVector } from '../testing/word-embedder.ts'
import { searchExactly } from './exact-search.ts'
import { type LibraryIndex, openLibraryIndex } from './library-index.ts'
import { graphDir } from './saved-graph.ts'

const embedder = wordEmbedder()
const WORDS = ['court', 'right', 'law', 'state', 'union', 'river', 'soil', 'rain', 'tax', 'budget', 'village', 'vote']

/** A document of `count` short chunks, different for each `id`. */
function document(id: string, count: number, collection?: string) {
  const text = Array.from({ length: count }, (_, i) => {
    const word = (k: number) => WORDS[(i * k + id.length) % WORDS.length]
    return `${id} ${i} ${word(1)} ${word(5)} ${word(7)}`
  }).join('\n\n')
  return { id, pages: [text], ...(collection && { collection }) }
}

function open(dir: string): Store {
  const store = openStore({ profileDir: dir })
  onTestFinished(() => store.close())
  return store
}

function openIndex(store: Store, dir: string, identity = embedder.identity): Promise<LibraryIndex> {
  return openLibraryIndex({ store, dir, identity })
}

/** What a look at every vector of the library finds. */
function truth(store: Store, query: string, limit: number): number[] {
  const modelId = findEmbeddingModelId(store.reader, embedder.identity) ?? 0
  return searchExactly(iterateVectors(store.reader, modelId, {}), wordVector(query), limit).map(({ label }) => label)
}

const ids = (index: LibraryIndex, query: string, limit: number) =>
  index.search(wordVector(query), limit).map(({ chunkId }) => chunkId)

async function profile(count = 40): Promise<{ dir: string; store: Store }> {
  const dir = temporaryFolder()
  const store = open(dir)
  await seedLibrary(store, embedder, [document('book', count)])
  return { dir, store }
}

/** A profile whose graph was saved. */
async function savedProfile(count = 40) {
  const { dir, store } = await profile(count)
  const index = await openIndex(store, dir)
  await index.catchUp()
  await index.close()
  return { dir, store }
}

const folder = (dir: string) => graphDir(dir, embedder.identity)
const headerFile = (dir: string) => join(folder(dir), 'vectors.json')
const header = (dir: string) => JSON.parse(readFileSync(headerFile(dir), 'utf8'))
const graphFile = (dir: string) => join(folder(dir), header(dir).file)

describe('openLibraryIndex', () => {
  it('serves exact search at once and builds the graph in the background', async () => {
    const { dir, store } = await profile()
    const index = await openIndex(store, dir)
    expect(ids(index, 'river soil', 10)).toEqual(truth(store, 'river soil', 10))
    await index.catchUp()
    expect(index.status()).toEqual({ state: 'ready', vectorCount: 40, pendingCount: 0 })
    expect(ids(index, 'river soil', 10)).toEqual(truth(store, 'river soil', 10))
    await index.close()
  })

  it('opens what it saved, without building it again', async () => {
    const { dir, store } = await savedProfile()
    const before = readFileSync(graphFile(dir))
    const index = await openIndex(store, dir)
    expect(index.status()).toEqual({ state: 'ready', vectorCount: 40, pendingCount: 0 })
    await index.close()
    expect(readFileSync(graphFile(dir)).equals(before)).toBe(true)
    expect(readdirSync(folder(dir)).sort()).toEqual([header(dir).file, 'vectors.json'].sort())
  })

  it('finds what was added since, before and after it caught up', async () => {
    const { dir, store } = await savedProfile()
    const index = await openIndex(store, dir)
    await index.catchUp()
    const [added] = await seedLibrary(store, embedder, [{ id: 'new', pages: ['glacier moraine'] }])
    expect(index.status()).toEqual({ state: 'catching-up', vectorCount: 40, pendingCount: 1 })
    expect(ids(index, 'glacier moraine', 5)[0]).toBe(added)
    await index.catchUp()
    expect(index.status()).toEqual({ state: 'ready', vectorCount: 41, pendingCount: 0 })
    expect(ids(index, 'glacier moraine', 5)[0]).toBe(added)
    await index.close()
    expect(header(dir)).toMatchObject({ count: 41 })
  })

  it('forgets what was removed, before and after it caught up', async () => {
    const { dir, store } = await profile()
    await seedLibrary(store, embedder, [{ id: 'gone', pages: ['glacier moraine'] }])
    const index = await openIndex(store, dir)
    await index.catchUp()
    removeSeededDocument(store, 'gone')
    expect(ids(index, 'glacier moraine', 60)).toEqual(truth(store, 'glacier moraine', 60))
    await index.catchUp()
    expect(ids(index, 'glacier moraine', 60)).toHaveLength(40)
    await index.close()
    const again = await openIndex(store, dir)
    expect(again.status().vectorCount).toBe(40)
    expect(ids(again, 'glacier moraine', 60)).toHaveLength(40)
    await again.close()
  })

  it('builds anew once much was removed, so that the space is free again', async () => {
    const { dir, store } = await profile(40)
    await seedLibrary(store, embedder, [document('large', 1_200)])
    const index = await openIndex(store, dir)
    await index.catchUp()
    removeSeededDocument(store, 'large')
    await index.catchUp()
    await index.catchUp()
    await index.close()
    expect(header(dir)).toMatchObject({ count: 40, removed: [] })
  })

  it('looks in a scope alone and misses nothing there', async () => {
    const dir = temporaryFolder()
    const store = open(dir)
    await seedLibrary(store, embedder, [
      document('polity', 30, 'gs2'),
      document('rivers', 30, 'gs1'),
      document('economy', 30),
    ])
    const index = await openIndex(store, dir)
    await index.catchUp()
    const inScope = (scope: Parameters<LibraryIndex['search']>[2]) => index.search(wordVector('tax law'), 100, scope)
    expect(inScope({ documentIds: [documentId('rivers')] })).toHaveLength(30)
    expect(inScope({ collectionIds: [collectionId('gs2')] })).toHaveLength(30)
    expect(inScope({ documentIds: [documentId('rivers')], collectionIds: [collectionId('gs2')] })).toHaveLength(60)
    expect(inScope({ documentIds: [], collectionIds: [] })).toHaveLength(90)
    expect(inScope({ documentIds: [documentId('nowhere')] })).toEqual([])
    await index.close()
  })

  it('never mixes the vectors of two models', async () => {
    const { dir, store } = await savedProfile()
    const other = { ...embedder.identity, weightsHash: 'another' }
    const index = await openIndex(store, dir, other)
    await index.catchUp()
    expect(index.search(wordVector('river'), 10)).toEqual([])
    expect(index.status()).toMatchObject({ vectorCount: 0 })
    await seedLibrary(store, { ...embedder, identity: other }, [document('second', 3)])
    await index.catchUp()
    expect(index.search(wordVector('river'), 10)).toHaveLength(3)
    await index.close()
  })
})

describe('a damaged index is found and made anew', () => {
  const damages: Record<string, (dir: string) => void | Promise<void>> = {
    'the graph file is missing': (dir) => rmSync(graphFile(dir)),
    'the graph file was cut': (dir) => truncateSync(graphFile(dir), 1_000),
    'one bit was flipped': (dir) => {
      const bytes = readFileSync(graphFile(dir))
      bytes[5_000] = (bytes[5_000] ?? 0) ^ 4
      writeFileSync(graphFile(dir), bytes)
    },
    'the header is missing': (dir) => rmSync(headerFile(dir)),
    'the header is no JSON': (dir) => writeFileSync(headerFile(dir), '{"format":'),
    'the header is of another format': (dir) =>
      writeFileSync(headerFile(dir), JSON.stringify({ ...header(dir), format: 0 })),
    'it is newer than the library': (dir) =>
      writeFileSync(headerFile(dir), JSON.stringify({ ...header(dir), lastSeq: 10_000 })),
    'it is of another profile': async (dir) => {
      const other = temporaryFolder()
      const store = open(other)
      await seedLibrary(store, embedder, [document('atlas', 40)])
      const index = await openIndex(store, other)
      await index.catchUp()
      await index.close()
      rmSync(graphFile(dir))
      copyFileSync(headerFile(other), headerFile(dir))
      copyFileSync(graphFile(other), graphFile(dir))
    },
  }
  it.each(Object.keys(damages))('%s', async (name) => {
    const { dir, store } = await savedProfile()
    await damages[name]?.(dir)
    const reasons: unknown[] = []
    const log = { info: (detail: unknown) => reasons.push(detail), warn: (detail: unknown) => reasons.push(detail) }
    const index = await openLibraryIndex({ store, dir, identity: embedder.identity, log: log as never })
    expect(ids(index, 'village vote', 10)).toEqual(truth(store, 'village vote', 10))
    await index.catchUp()
    expect(index.status()).toEqual({ state: 'ready', vectorCount: 40, pendingCount: 0 })
    expect(ids(index, 'village vote', 10)).toEqual(truth(store, 'village vote', 10))
    expect(reasons).toHaveLength(2)
    await index.close()
    const again = await openIndex(store, dir)
    expect(again.status().state).toBe('ready')
    await again.close()
  })

  it('it lacks vectors that no change speaks of', async () => {
    const { dir, store } = await savedProfile()
    await seedLibrary(store, embedder, [document('unspoken', 5)])
    store.transaction((db) =>
      db.$client.exec(
        "DELETE FROM vector_changes WHERE seq > 40; UPDATE sqlite_sequence SET seq = 40 WHERE name = 'vector_changes'",
      ),
    )
    const index = await openIndex(store, dir)
    await index.catchUp()
    expect(index.status()).toEqual({ state: 'ready', vectorCount: 45, pendingCount: 0 })
    await index.close()
  })

  it('is closed while it is being built, and the next start builds it', async () => {
    const { dir, store } = await profile(3_000)
    const index = await openIndex(store, dir)
    await index.close()
    const again = await openIndex(store, dir)
    await again.catchUp()
    expect(again.status()).toEqual({ state: 'ready', vectorCount: 3_000, pendingCount: 0 })
    await again.close()
  })
})

describe('the index and SQLite', () => {
  it('agree after any sequence of adding, removing, catching up, losing power and opening', {
    timeout: 120_000,
  }, async () => {
    const step = fc.oneof(
      fc.record({ type: fc.constant('add' as const), count: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ type: fc.constant('remove' as const), which: fc.nat() }),
      fc.constantFrom({ type: 'catchUp' as const }, { type: 'reopen' as const }, { type: 'powerCut' as const }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const dir = temporaryFolder()
        const store = openStore({ profileDir: dir })
        let index = await openIndex(store, dir)
        const present: string[] = []
        for (const [n, action] of steps.entries()) {
          if (action.type === 'add') {
            present.push(`d${n}`)
            await seedLibrary(store, embedder, [document(`d${n}`, action.count)])
          } else if (action.type === 'remove' && present.length > 0) {
            const [gone = ''] = present.splice(action.which % present.length, 1)
            removeSeededDocument(store, gone)
          } else if (action.type === 'catchUp') await index.catchUp()
          else if (action.type === 'reopen') {
            await index.close()
            index = await openIndex(store, dir)
          } else if (action.type === 'powerCut') {
            // The old one saves nothing: its folder is left as the last save left it.
            const abandoned = index
            index = await openIndex(store, dir)
            void abandoned
          }
          for (const query of ['river law', `d${n} 1`]) {
            expect(ids(index, query, 8)).toEqual(truth(store, query, 8))
          }
        }
        await index.catchUp()
        expect(ids(index, 'tax budget', 50)).toEqual(truth(store, 'tax budget', 50))
        await index.close()
        store.close()
      }),
      { numRuns: 15 },
    )
  })
})
