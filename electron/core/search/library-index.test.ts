import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
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
const INDEX_PROCESS = fileURLToPath(new URL('../testing/index-process.ts', import.meta.url))
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
      [...others, 'vectors-3-0badcafe.hnsw', basename(folder(dir))].sort(),
    )
    expect(existsSync(graphFile(dir))).toBe(true)
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

/** A saved profile's folder as it was, to be put back over what came after. */
function keepCopy(dir: string) {
  const copy = temporaryFolder()
  cpSync(dir, copy, { recursive: true })
  return {
    putBack: (what: string) => {
      rmSync(join(dir, what), { recursive: true, force: true })
      cpSync(join(copy, what), join(dir, what), { recursive: true })
    },
  }
}

function flipBit(file: string, at: number): void {
  const bytes = readFileSync(file)
  const place = at < 0 ? bytes.length + at : at
  bytes[place] = (bytes[place] ?? 0) ^ 4
  writeFileSync(file, bytes)
}

function changeHeader(dir: string, change: object): void {
  writeFileSync(headerFile(dir), JSON.stringify({ ...header(dir), ...change }))
}

describe('a damaged index is found and made anew', () => {
  const damages: Record<string, (dir: string) => void | Promise<void>> = {
    'the graph file is missing': (dir) => rmSync(graphFile(dir)),
    'the graph file was cut': (dir) => truncateSync(graphFile(dir), 1_000),
    'the graph file is empty': (dir) => truncateSync(graphFile(dir), 0),
    'a folder stands in the place of the graph file': (dir) => {
      const file = graphFile(dir)
      rmSync(file)
      mkdirSync(file)
    },
    'one bit of the head of the graph file was flipped': (dir) => flipBit(graphFile(dir), 17),
    'one bit of a vector was flipped': (dir) => flipBit(graphFile(dir), 5_000),
    'one bit of its last links was flipped': (dir) => flipBit(graphFile(dir), -1),
    'bytes were added to it': (dir) => writeFileSync(graphFile(dir), Buffer.alloc(64), { flag: 'a' }),
    'the header is missing': (dir) => rmSync(headerFile(dir)),
    'the header is empty': (dir) => truncateSync(headerFile(dir), 0),
    'the header is no JSON': (dir) => writeFileSync(headerFile(dir), '{"format":'),
    'one bit of the header was flipped': (dir) => flipBit(headerFile(dir), header(dir).token.length + 150),
    'a folder stands in the place of the header': (dir) => {
      rmSync(headerFile(dir))
      mkdirSync(headerFile(dir))
    },
    'a file stands in the place of its folder': (dir) => {
      rmSync(folder(dir), { recursive: true })
      writeFileSync(folder(dir), 'not a folder')
    },
    'the header is of another format': (dir) => changeHeader(dir, { format: 1 }),
    'the header is of another model': (dir) =>
      changeHeader(dir, { identity: { ...embedder.identity, weightsHash: 'other' } }),
    'the header tells another change number': (dir) => changeHeader(dir, { lastSeq: 39 }),
    'it is newer than the library': (dir) => changeHeader(dir, { lastSeq: 10_000 }),
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

  it('is older than the library: it catches up, and is not made anew', async () => {
    const { dir, store } = await savedProfile()
    const before = keepCopy(dir)
    await seedLibrary(store, embedder, [document('later', 20)])
    removeSeededDocument(store, 'book')
    const later = await openIndex(store, dir)
    await later.catchUp()
    await later.close()
    before.putBack('index')
    const reasons: unknown[] = []
    const log = { info: (detail: unknown) => reasons.push(detail), warn: (detail: unknown) => reasons.push(detail) }
    const index = await openLibraryIndex({ store, dir, identity: embedder.identity, log: log as never })
    expect(ids(index, 'village vote', 10)).toEqual(truth(store, 'village vote', 10))
    await index.catchUp()
    expect(index.status()).toEqual({ state: 'ready', vectorCount: 20, pendingCount: 0 })
    expect(reasons).toEqual([])
    await index.close()
  })

  it('the library was set back and went on by itself, past the number that the index holds', async () => {
    const dir = temporaryFolder()
    const first = openStore({ profileDir: dir })
    await seedLibrary(first, embedder, [document('book', 40)])
    first.close()
    const before = keepCopy(dir)
    const second = openStore({ profileDir: dir })
    await seedLibrary(second, embedder, [document('lost', 20)])
    const ahead = await openIndex(second, dir)
    await ahead.catchUp()
    await ahead.close()
    second.close()
    for (const name of readdirSync(dir)) if (name.startsWith('abhyas.sqlite')) rmSync(join(dir, name))
    before.putBack('abhyas.sqlite')
    const store = open(dir)
    // As many, with the same numbers and the same ids: only the history tells.
    await seedLibrary(store, embedder, [document('instead', 20)])
    const index = await openIndex(store, dir)
    expect(ids(index, 'instead 3', 8)).toEqual(truth(store, 'instead 3', 8))
    await index.catchUp()
    expect(ids(index, 'instead 3', 8)).toEqual(truth(store, 'instead 3', 8))
    expect(index.status()).toEqual({ state: 'ready', vectorCount: 60, pendingCount: 0 })
    await index.close()
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
  const step = fc.oneof(
    fc.record({ type: fc.constant('import' as const), count: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ type: fc.constant('delete' as const), which: fc.nat() }),
    fc.record({ type: fc.constant('reimport' as const), which: fc.nat() }),
    fc.constantFrom(
      { type: 'catchUp' as const },
      { type: 'reopen' as const },
      { type: 'crash' as const },
      { type: 'backUp' as const },
      { type: 'restore' as const },
    ),
  )

  it('agree after any sequence of import, delete, re-import, catching up, crash, restart and restore of an older library', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
        let dir = temporaryFolder()
        let store = openStore({ profileDir: dir })
        let index = await openIndex(store, dir)
        let backup: string | undefined
        const sizes = new Map<string, number>()
        const present = () => store.reader.$client.prepare('SELECT id FROM documents').pluck().all() as string[]
        const take = (which: number, from: readonly string[]) => from[which % Math.max(1, from.length)]
        const bring = async (id: string, count: number) => {
          sizes.set(id, count)
          await seedLibrary(store, embedder, [document(id, count)])
        }
        for (const [n, action] of steps.entries()) {
          if (action.type === 'import') await bring(`d${n}`, action.count)
          else if (action.type === 'delete') {
            const gone = take(action.which, present())
            if (gone) removeSeededDocument(store, gone)
          } else if (action.type === 'reimport') {
            const id = take(action.which, [...sizes.keys()])
            if (id && present().includes(id)) removeSeededDocument(store, id)
            if (id) await bring(id, sizes.get(id) ?? 1)
          } else if (action.type === 'catchUp') await index.catchUp()
          else if (action.type === 'reopen') {
            await index.close()
            index = await openIndex(store, dir)
          } else if (action.type === 'crash') {
            // The folder as a process leaves it that ends here: what was only in memory is gone.
            const left = temporaryFolder()
            cpSync(dir, left, { recursive: true })
            await index.close()
            store.close()
            dir = left
            store = openStore({ profileDir: dir })
            index = await openIndex(store, dir)
          } else if (action.type === 'backUp') {
            backup = join(temporaryFolder(), 'copy.sqlite')
            await store.reader.$client.backup(backup)
          } else if (action.type === 'restore' && backup) {
            await index.close()
            store.close()
            for (const name of readdirSync(dir)) if (name.startsWith('abhyas.sqlite')) rmSync(join(dir, name))
            copyFileSync(backup, join(dir, 'abhyas.sqlite'))
            store = openStore({ profileDir: dir })
            index = await openIndex(store, dir)
          }
          for (const query of ['river law', `d${n} 1`]) {
            expect(ids(index, query, 8)).toEqual(truth(store, query, 8))
          }
        }
        await index.catchUp()
        expect(ids(index, 'tax budget', 80)).toEqual(truth(store, 'tax budget', 80))
        expect(index.status()).toMatchObject({ state: 'ready', pendingCount: 0 })
        await index.close()
        store.close()
      }),
      { numRuns: 20 },
    )
  })

  it('agree when the process was killed, whatever it was at', { timeout: 60_000 }, async () => {
    const dir = temporaryFolder()
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, [INDEX_PROCESS, dir, String(round)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ended = once(child, 'exit')
      let lineCount = 0
      for await (const line of createInterface({ input: child.stdout })) {
        // Each time a little further into what it does over and over: add, catch up, save.
        if (line === 'saving' && ++lineCount > round) break
      }
      await new Promise((resolve) => setTimeout(resolve, round * 3))
      child.kill('SIGKILL')
      await ended
      const store = openStore({ profileDir: dir })
      const index = await openIndex(store, dir)
      expect(ids(index, 'tax budget', 8)).toEqual(truth(store, 'tax budget', 8))
      await index.catchUp()
      const found = index.search(wordVector('tax budget'), 8)
      const best = searchExactly(
        iterateVectors(store.reader, findEmbeddingModelId(store.reader, embedder.identity) ?? 0, {}),
        wordVector('tax budget'),
        8,
      )
      expect(found.map(({ cosine }) => cosine)).toEqual(best.map(({ score }) => expect.closeTo(score, 4)))
      expect(index.status()).toMatchObject({ state: 'ready', pendingCount: 0 })
      await index.close()
      store.close()
    }
  })
})
