import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SearchScope } from '#contract/search.ts'
import {
  book,
  embedder,
  graphFile,
  graphFolder,
  nearest,
  openIndex,
  openKept,
  readHeader,
  savedProfile,
  seededProfile,
  trueNearest,
} from '../testing/open-index.ts'
import { collectionId, documentId, removeSeededDocument, seedLibrary } from '../testing/seed-library.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { wordVector } from '../testing/word-embedder.ts'
import { openScopePassages } from './scope-passages.ts'

describe('openLibraryIndex', () => {
  it('serves exact search at once and builds the graph in the background', async () => {
    const { dir, store } = await seededProfile()
    const index = await openIndex(store, dir)
    expect(nearest(index, 'river soil', 10)).toEqual(trueNearest(store, 'river soil', 10))
    await index.catchUp()
    expect(index.status()).toEqual({ state: 'ready', vectorCount: 40, pendingCount: 0 })
    expect(nearest(index, 'river soil', 10)).toEqual(trueNearest(store, 'river soil', 10))
    await index.close()
  })

  it('opens what it saved, without building it again', async () => {
    const { dir, store } = await savedProfile()
    const before = readFileSync(graphFile(dir))
    const index = await openIndex(store, dir)
    expect(index.status()).toEqual({ state: 'ready', vectorCount: 40, pendingCount: 0 })
    await index.close()
    expect(readFileSync(graphFile(dir)).equals(before)).toBe(true)
    expect(readdirSync(graphFolder(dir)).sort()).toEqual([readHeader(dir).file, 'vectors.json'].sort())
  })

  it('removes what earlier versions kept beside the folders of the models, and nothing else', async () => {
    const { dir, store } = await savedProfile()
    const at = (name: string) => join(dir, 'index', name)
    const earlier = ['vectors.json', 'vectors.json.part', 'vectors.part', 'vectors-12-00c0ffee.hnsw']
    const others = ['vectors-12-00c0ffee.hnsw.txt', 'vectors-old.hnsw', 'notes.json']
    for (const name of [...earlier, ...others]) writeFileSync(at(name), 'kept')
    mkdirSync(at('vectors-3-0badcafe.hnsw'))
    const index = await openIndex(store, dir)
    await index.catchUp()
    await index.close()
    expect(readdirSync(join(dir, 'index')).sort()).toEqual(
      [...others, 'vectors-3-0badcafe.hnsw', basename(graphFolder(dir))].sort(),
    )
    expect(existsSync(graphFile(dir))).toBe(true)
  })

  it('finds what was added since, before and after it caught up', async () => {
    const { dir, store } = await savedProfile()
    const index = await openIndex(store, dir)
    await index.catchUp()
    const [added] = await seedLibrary(store, embedder, [{ id: 'new', pages: ['glacier moraine'] }])
    expect(index.status()).toEqual({ state: 'catching-up', vectorCount: 40, pendingCount: 1 })
    expect(nearest(index, 'glacier moraine', 5)[0]).toBe(added)
    await index.catchUp()
    expect(index.status()).toEqual({ state: 'ready', vectorCount: 41, pendingCount: 0 })
    expect(nearest(index, 'glacier moraine', 5)[0]).toBe(added)
    await index.close()
    expect(readHeader(dir)).toMatchObject({ count: 41 })
  })

  it('forgets what was removed, before and after it caught up', async () => {
    const { dir, store } = await seededProfile()
    await seedLibrary(store, embedder, [{ id: 'gone', pages: ['glacier moraine'] }])
    const index = await openIndex(store, dir)
    await index.catchUp()
    removeSeededDocument(store, 'gone')
    expect(nearest(index, 'glacier moraine', 60)).toEqual(trueNearest(store, 'glacier moraine', 60))
    await index.catchUp()
    expect(nearest(index, 'glacier moraine', 60)).toHaveLength(40)
    await index.close()
    const again = await openIndex(store, dir)
    expect(again.status().vectorCount).toBe(40)
    expect(nearest(again, 'glacier moraine', 60)).toHaveLength(40)
    await again.close()
  })

  it('builds anew once much was removed, so that the space is free again', async () => {
    const { dir, store } = await seededProfile(40)
    await seedLibrary(store, embedder, [book('large', 1_200)])
    const index = await openIndex(store, dir)
    await index.catchUp()
    removeSeededDocument(store, 'large')
    await index.catchUp()
    await index.catchUp()
    await index.close()
    expect(readHeader(dir)).toMatchObject({ count: 40, removed: [] })
  })

  it('looks in a scope alone and misses nothing there', async () => {
    const dir = temporaryFolder()
    const store = openKept(dir)
    await seedLibrary(store, embedder, [book('polity', 30, 'gs2'), book('rivers', 30, 'gs1'), book('economy', 30)])
    const index = await openIndex(store, dir)
    await index.catchUp()
    const passagesOf = openScopePassages({ db: store.reader })
    const inScope = (scope: SearchScope) => index.search(wordVector('tax law'), 100, passagesOf(scope))
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
    await seedLibrary(store, { ...embedder, identity: other }, [book('second', 3)])
    await index.catchUp()
    expect(index.search(wordVector('river'), 10)).toHaveLength(3)
    await index.close()
  })
})
