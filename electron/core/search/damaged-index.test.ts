import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStore } from '../store/open-store.ts'
import {
  book,
  embedder,
  graphFile,
  graphFolder,
  headerFile,
  nearest,
  openIndex,
  openKept,
  readHeader,
  savedProfile,
  seededProfile,
  trueNearest,
} from '../testing/open-index.ts'
import { removeSeededDocument, seedLibrary } from '../testing/seed-library.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { openLibraryIndex } from './library-index.ts'

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
  writeFileSync(headerFile(dir), JSON.stringify({ ...readHeader(dir), ...change }))
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
    'one bit of the header was flipped': (dir) => flipBit(headerFile(dir), readHeader(dir).token.length + 150),
    'a folder stands in the place of the header': (dir) => {
      rmSync(headerFile(dir))
      mkdirSync(headerFile(dir))
    },
    'a file stands in the place of its folder': (dir) => {
      rmSync(graphFolder(dir), { recursive: true })
      writeFileSync(graphFolder(dir), 'not a folder')
    },
    'the header is of another format': (dir) => changeHeader(dir, { format: 1 }),
    'the header is of another model': (dir) =>
      changeHeader(dir, { identity: { ...embedder.identity, weightsHash: 'other' } }),
    'the header tells another change number': (dir) => changeHeader(dir, { lastSeq: 39 }),
    'it is newer than the library': (dir) => changeHeader(dir, { lastSeq: 10_000 }),
    'it is of another profile': async (dir) => {
      const other = temporaryFolder()
      const store = openKept(other)
      await seedLibrary(store, embedder, [book('atlas', 40)])
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
    expect(nearest(index, 'village vote', 10)).toEqual(trueNearest(store, 'village vote', 10))
    await index.catchUp()
    expect(index.status()).toEqual({ state: 'ready', vectorCount: 40, pendingCount: 0 })
    expect(nearest(index, 'village vote', 10)).toEqual(trueNearest(store, 'village vote', 10))
    expect(reasons).toHaveLength(2)
    await index.close()
    const again = await openIndex(store, dir)
    expect(again.status().state).toBe('ready')
    await again.close()
  })

  it('is older than the library: it catches up, and is not made anew', async () => {
    const { dir, store } = await savedProfile()
    const before = keepCopy(dir)
    await seedLibrary(store, embedder, [book('later', 20)])
    removeSeededDocument(store, 'book')
    const later = await openIndex(store, dir)
    await later.catchUp()
    await later.close()
    before.putBack('index')
    const reasons: unknown[] = []
    const log = { info: (detail: unknown) => reasons.push(detail), warn: (detail: unknown) => reasons.push(detail) }
    const index = await openLibraryIndex({ store, dir, identity: embedder.identity, log: log as never })
    expect(nearest(index, 'village vote', 10)).toEqual(trueNearest(store, 'village vote', 10))
    await index.catchUp()
    expect(index.status()).toEqual({ state: 'ready', vectorCount: 20, pendingCount: 0 })
    expect(reasons).toEqual([])
    await index.close()
  })

  it('the library was set back and went on by itself, past the number that the index holds', async () => {
    const dir = temporaryFolder()
    const first = openStore({ profileDir: dir })
    await seedLibrary(first, embedder, [book('book', 40)])
    first.close()
    const before = keepCopy(dir)
    const second = openStore({ profileDir: dir })
    await seedLibrary(second, embedder, [book('lost', 20)])
    const ahead = await openIndex(second, dir)
    await ahead.catchUp()
    await ahead.close()
    second.close()
    for (const name of readdirSync(dir)) if (name.startsWith('abhyas.sqlite')) rmSync(join(dir, name))
    before.putBack('abhyas.sqlite')
    const store = openKept(dir)
    // As many, with the same numbers and the same ids: only the history tells.
    await seedLibrary(store, embedder, [book('instead', 20)])
    const index = await openIndex(store, dir)
    expect(nearest(index, 'instead 3', 8)).toEqual(trueNearest(store, 'instead 3', 8))
    await index.catchUp()
    expect(nearest(index, 'instead 3', 8)).toEqual(trueNearest(store, 'instead 3', 8))
    expect(index.status()).toEqual({ state: 'ready', vectorCount: 60, pendingCount: 0 })
    await index.close()
  })

  it('it lacks vectors that no change speaks of', async () => {
    const { dir, store } = await savedProfile()
    await seedLibrary(store, embedder, [book('unspoken', 5)])
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
    const { dir, store } = await seededProfile(3_000)
    const index = await openIndex(store, dir)
    await index.close()
    const again = await openIndex(store, dir)
    await again.catchUp()
    expect(again.status()).toEqual({ state: 'ready', vectorCount: 3_000, pendingCount: 0 })
    await again.close()
  })
})
