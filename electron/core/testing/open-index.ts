import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { searchExactly } from '../search/exact-search.ts'
import { type LibraryIndex, openLibraryIndex } from '../search/library-index.ts'
import { graphDir } from '../search/saved-graph.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { findEmbeddingModelId, iterateVectors } from '../store/vectors.rows.ts'
import { seedLibrary } from './seed-library.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { wordEmbedder, wordVector } from './word-embedder.ts'

export const embedder = wordEmbedder()

const WORDS = ['court', 'right', 'law', 'state', 'union', 'river', 'soil', 'rain', 'tax', 'budget', 'village', 'vote']

/** A document of `count` short chunks, different for each `id`. */
export function book(id: string, count: number, collection?: string) {
  const text = Array.from({ length: count }, (_, i) => {
    const word = (k: number) => WORDS[(i * k + id.length) % WORDS.length]
    return `${id} ${i} ${word(1)} ${word(5)} ${word(7)}`
  }).join('\n\n')
  return { id, pages: [text], ...(collection && { collection }) }
}

/** The store of a profile, which is closed with the test. */
export function openKept(dir: string): Store {
  const store = openStore({ profileDir: dir })
  onTestFinished(() => store.close())
  return store
}

export function openIndex(store: Store, dir: string, identity = embedder.identity): Promise<LibraryIndex> {
  return openLibraryIndex({ store, dir, identity })
}

/** What a look at every vector of the library finds. */
export function trueNearest(store: Store, query: string, limit: number): number[] {
  const modelId = findEmbeddingModelId(store.reader, embedder.identity) ?? 0
  return searchExactly(iterateVectors(store.reader, modelId), wordVector(query), limit).map(({ label }) => label)
}

/** What the index finds. */
export const nearest = (index: LibraryIndex, query: string, limit: number) =>
  index.search(wordVector(query), limit).map(({ chunkId }) => chunkId)

/** A profile of one book, without a graph yet. */
export async function seededProfile(count = 40): Promise<{ dir: string; store: Store }> {
  const dir = temporaryFolder()
  const store = openKept(dir)
  await seedLibrary(store, embedder, [book('book', count)])
  return { dir, store }
}

/** A profile whose graph was saved. */
export async function savedProfile(count = 40) {
  const { dir, store } = await seededProfile(count)
  const index = await openIndex(store, dir)
  await index.catchUp()
  await index.close()
  return { dir, store }
}

/** Where the graph of a profile is kept, its header, and the graph itself. */
export const graphFolder = (dir: string) => graphDir(dir, embedder.identity)

export const headerFile = (dir: string) => join(graphFolder(dir), 'vectors.json')

export const readHeader = (dir: string) => JSON.parse(readFileSync(headerFile(dir), 'utf8'))

export const graphFile = (dir: string) => join(graphFolder(dir), readHeader(dir).file)
