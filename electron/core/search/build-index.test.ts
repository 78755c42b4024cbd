import { readdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../ops/system-clock.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { findEmbeddingModelId, iterateVectors, newestVectorChange } from '../store/vectors.rows.ts'
import { driveJob } from '../testing/drive-job.ts'
import { seedLibrary } from '../testing/seed-library.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { wordEmbedder, wordVector } from '../testing/word-embedder.ts'
import { makeBuildIndexJob } from './build-index.ts'
import { searchExactly } from './exact-search.ts'
import { type LibraryIndex, openLibraryIndex } from './library-index.ts'
import { graphDir } from './saved-graph.ts'

const { identity } = wordEmbedder()
/** More than is built at once when a profile is opened. */
const COUNT = 1_200
const QUERY = wordVector('river soil')

function truth(store: Store): number[] {
  const modelId = findEmbeddingModelId(store.reader, identity) ?? 0
  return searchExactly(iterateVectors(store.reader, modelId), QUERY, 5).map(({ label }) => label)
}

const found = (index: LibraryIndex) => index.search(QUERY, 5).map(({ chunkId }) => chunkId)

/** A large library whose graph was saved. */
async function savedLibrary() {
  const dir = temporaryFolder()
  const store = openStore({ profileDir: dir })
  onTestFinished(() => store.close())
  const words = ['court', 'river', 'soil', 'tax', 'vote', 'village', 'union']
  const text = Array.from({ length: COUNT }, (_, n) => `${n} ${words[n % 7]} ${words[(n * 3) % 5]} part${n}`).join(
    '\n\n',
  )
  await seedLibrary(store, wordEmbedder(), [{ id: 'book', pages: [text] }])
  const whole = await openLibraryIndex({ store, dir, identity })
  await whole.catchUp()
  await whole.close()
  const reopen = async () => {
    const index = await openLibraryIndex({ store, dir, identity, buildLater: true })
    onTestFinished(() => index.close())
    return { store, index, job: makeBuildIndexJob({ index: () => index, clock: systemClock }) }
  }
  return { dir, store, reopen }
}

/** One whose saved graph was cut. */
async function damagedLibrary() {
  const { dir, reopen } = await savedLibrary()
  const graph = readdirSync(graphDir(dir, identity)).find((name) => !name.endsWith('.json')) ?? ''
  truncateSync(join(graphDir(dir, identity), graph), 500)
  return reopen()
}

describe('the job that builds a large index', () => {
  it('builds what opening left to it, while search misses nothing', async () => {
    const { store, index, job } = await damagedLibrary()
    expect(index.buildWanted()).toBe(true)
    expect(index.status().state).toBe('absent')
    expect(found(index)).toEqual(truth(store))
    expect((await driveJob(store, job, {})).result).toEqual({ type: 'done' })
    expect(index.status()).toEqual({ state: 'ready', vectorCount: COUNT, pendingCount: 0 })
    expect(index.buildWanted()).toBe(false)
    expect(found(index)).toEqual(truth(store))
  })

  it('changes nothing when it is stopped, and can begin again', async () => {
    const { store, index, job } = await damagedLibrary()
    const stopped = await driveJob(store, job, {}, { signal: AbortSignal.abort() })
    expect(stopped.error).toBeDefined()
    expect(index.buildWanted()).toBe(true)
    expect(found(index)).toEqual(truth(store))
    expect((await driveJob(store, job, {})).result).toEqual({ type: 'done' })
    expect(index.status().state).toBe('ready')
  })

  it('builds one that lacks vectors which no change speaks of, once that was looked at', async () => {
    const { store, reopen } = await savedLibrary()
    const seq = newestVectorChange(store.reader)
    await seedLibrary(store, wordEmbedder(), [{ id: 'unspoken', pages: ['river soil'] }])
    store.transaction((db) =>
      db.$client.exec(
        `DELETE FROM vector_changes WHERE seq > ${seq}; UPDATE sqlite_sequence SET seq = ${seq} WHERE name = 'vector_changes'`,
      ),
    )
    const { index, job } = await reopen()
    await index.catchUp()
    expect(index.buildWanted()).toBe(false)
    await index.check()
    expect(index.buildWanted()).toBe(true)
    expect((await driveJob(store, job, {})).result).toEqual({ type: 'done' })
    expect(index.buildWanted()).toBe(false)
    expect(index.status()).toEqual({ state: 'ready', vectorCount: COUNT + 1, pendingCount: 0 })
    expect(found(index)).toEqual(truth(store))
    await index.check()
    expect(index.buildWanted()).toBe(false)
  })
})
