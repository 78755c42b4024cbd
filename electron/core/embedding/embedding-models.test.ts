import { existsSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { EmbeddingChoice } from '#contract/embedding.ts'
import { StudyError } from '../errors.ts'
import { makeEmbedLibraryJob } from '../ingest/embed-library.ts'
import { type JobRunner, makeJobRunner } from '../jobs/job-runner.ts'
import { makeIds } from '../ops/make-ids.ts'
import { systemClock } from '../ops/system-clock.ts'
import type { Clock, Embedder } from '../ports.ts'
import { makeBuildIndexJob } from '../search/build-index.ts'
import { graphDir } from '../search/saved-graph.ts'
import { deleteUnusedEmbeddings, markUnusedTexts } from '../store/embeddings.rows.ts'
import { openStore } from '../store/open-store.ts'
import { newestVectorChange } from '../store/vectors.rows.ts'
import { removeSeededDocument, seedLibrary } from '../testing/seed-library.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { tokenEmbedder, wordEmbedder, wordVector } from '../testing/word-embedder.ts'
import { openEmbeddingModels } from './embedding-models.ts'
import { makeForgetVectorsJob } from './forget-vectors.ts'

const BUILT_IN: EmbeddingChoice = { kind: 'built-in' }
const OTHER: EmbeddingChoice = { kind: 'folder', path: '/models/other' }

/** Two models of different size that count what they embed; the other one waits at its gate. */
function twoModels() {
  const texts = { builtIn: [] as string[], other: [] as string[] }
  let gate: Promise<void> = Promise.resolve()
  let open = () => {}
  const counting = (inner: Embedder, seen: string[], before: () => Promise<void>): Embedder => ({
    ...inner,
    async embed(given, options) {
      await before()
      options?.signal?.throwIfAborted()
      seen.push(...given)
      return inner.embed(given, options)
    },
  })
  const other = { ...wordEmbedder(32), identity: { ...wordEmbedder(32).identity, name: 'other', weightsHash: 'b' } }
  const untilOpen = () => gate
  return {
    texts,
    builtIn: counting(wordEmbedder(), texts.builtIn, () => Promise.resolve()),
    other: counting(other, texts.other, untilOpen),
    shut() {
      gate = new Promise((resolve) => {
        open = resolve
      })
    },
    open: () => open(),
  }
}

const TEXTS = Array.from({ length: 40 }, (_, i) => `river ${i} soil ${i % 7} law ${i % 3}`)

async function profile(models = twoModels()) {
  const dir = temporaryFolder()
  const seeding = openStore({ profileDir: dir })
  await seedLibrary(seeding, wordEmbedder(), [{ id: 'book', pages: [TEXTS.join('\n\n')] }])
  seeding.close()
  return { dir, models, ...(await openProfile(dir, models)) }
}

async function openProfile(
  dir: string,
  models: ReturnType<typeof twoModels>,
  { warm = false, clock = systemClock }: { warm?: boolean; clock?: Clock } = {},
) {
  const store = openStore({ profileDir: dir })
  const ids = makeIds({ clock: systemClock })
  const embedding = await openEmbeddingModels({
    store,
    profileDir: dir,
    clock,
    jobs: () => jobs,
    warm,
    async openEmbedder(choice) {
      if (choice.kind === 'built-in') return models.builtIn
      if (choice.kind === 'folder' && choice.path === '/models/other') return models.other
      throw new StudyError('embedding-model-missing', 'There is no such folder.')
    },
    listOllama: () => Promise.reject(new StudyError('model-unreachable', 'Ollama does not answer.')),
  })
  const jobs: JobRunner = makeJobRunner({ store, clock: systemClock, ids }, [
    makeEmbedLibraryJob({ store, models: embedding, clock: systemClock }),
    makeForgetVectorsJob({ store, profileDir: dir, models: embedding }),
    makeBuildIndexJob({ index: () => embedding.serving()?.index, clock: systemClock }),
  ])
  jobs.start()
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= (async () => {
      await jobs.stop()
      await embedding.close()
      store.close()
    })()
    return closing
  }
  onTestFinished(close)
  return { store, embedding, jobs, close }
}

const nameOf = (embedding: { serving(): { embedder: Embedder } | undefined }) =>
  embedding.serving()?.embedder.identity.name

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(2)
}

describe('choosing another embedding model', () => {
  it('lets the old one serve until the library is embedded with the new one', async () => {
    const { embedding, models, jobs, store } = await profile()
    models.shut()
    const begun = await embedding.use({ choice: OTHER })
    expect(begun.next).toMatchObject({ choice: OTHER, name: 'other', dimension: 32 })
    expect(nameOf(embedding)).toBe('words')
    expect(embedding.serving()?.index.search(wordVector('river 3'), 5)).toHaveLength(5)
    // Imported while the change is under way, with the model in use.
    await seedLibrary(store, wordEmbedder(), [{ id: 'late', pages: ['glacier moraine'] }])
    models.open()
    await jobs.whenIdle()
    expect(nameOf(embedding)).toBe('other')
    const { next, serving, kept } = embedding.status()
    expect(next).toBeUndefined()
    expect(serving).toMatchObject({ choice: OTHER, state: 'ready', dimension: 32 })
    expect(kept.map(({ name, vectorCount, inUse }) => [name, vectorCount, inUse])).toEqual([
      ['words', 41, false],
      ['other', 41, true],
    ])
    expect(embedding.serving()?.index.search(wordVector('glacier moraine', 32), 1)).toMatchObject([
      { cosine: expect.closeTo(1, 5) },
    ])
  })

  it('embeds nothing and waits for nothing on the way back', async () => {
    const { embedding, models, jobs } = await profile()
    await embedding.use({ choice: OTHER })
    await jobs.whenIdle()
    expect(models.texts.other).toHaveLength(40)
    jobs.pauseAll()
    const { next } = await embedding.use({ choice: BUILT_IN })
    expect(next).toBeUndefined()
    expect(nameOf(embedding)).toBe('words')
    await embedding.use({ choice: OTHER })
    expect(nameOf(embedding)).toBe('other')
    expect(models.texts).toMatchObject({ builtIn: [], other: { length: 40 } })
  })

  it('goes on after a restart, and embeds no text twice', async () => {
    const { dir, embedding, models, close } = await profile()
    models.shut()
    await embedding.use({ choice: OTHER })
    models.open()
    await until(() => models.texts.other.length >= 16)
    models.shut()
    const closed = close()
    models.open()
    await closed
    const again = await openProfile(dir, models)
    await again.jobs.whenIdle()
    expect(nameOf(again.embedding)).toBe('other')
    expect(again.embedding.status().kept.map(({ vectorCount }) => vectorCount)).toEqual([40, 40])
  })

  it.each(['cancel', 'jobs'] as const)('stays with the model in use when it is stopped (%s)', async (how) => {
    const { embedding, models, jobs } = await profile()
    models.shut()
    const { next } = await embedding.use({ choice: OTHER })
    if (how === 'cancel') embedding.cancel()
    else if (next?.job) jobs.cancel(next.job.id)
    models.open()
    await jobs.whenIdle()
    expect(embedding.status()).toMatchObject({ serving: { choice: BUILT_IN, state: 'ready' } })
    expect(embedding.status().next).toBeUndefined()
    expect(nameOf(embedding)).toBe('words')
  })

  it('changes nothing for a model that can not be opened', async () => {
    const { embedding } = await profile()
    const missing = { kind: 'folder', path: '/nowhere' } as const
    await expect(embedding.use({ choice: missing })).rejects.toMatchObject({ code: 'embedding-model-missing' })
    expect(embedding.status()).toMatchObject({ serving: { choice: BUILT_IN } })
  })

  it('gives what a model is missing to it alone, and tells no other index', async () => {
    const { embedding, jobs, store } = await profile()
    await embedding.use({ choice: OTHER })
    await jobs.whenIdle()
    await embedding.use({ choice: BUILT_IN })
    await seedLibrary(store, wordEmbedder(), [{ id: 'new', pages: ['glacier moraine'] }])
    await embedding.serving()?.index.catchUp()
    const { next } = await embedding.use({ choice: OTHER })
    expect(next).toBeDefined()
    await jobs.whenIdle()
    await embedding.use({ choice: BUILT_IN })
    // Nothing waits for it: the other model's vectors are no changes of this one's.
    expect(embedding.serving()?.index.status()).toEqual({ state: 'ready', vectorCount: 41, pendingCount: 0 })
  })

  it('makes up for the token vectors of a library that was embedded without, and its index is told nothing', async () => {
    const models = { ...twoModels(), builtIn: tokenEmbedder() }
    const { embedding, jobs, store } = await profile(models)
    const count = (what: string) => store.reader.$client.prepare(`SELECT count(*) FROM ${what}`).pluck().get()
    const changes = count('vector_changes')
    expect(count('token_vectors')).toBe(0)
    const { byteSize } = embedding.status().kept[0] ?? { byteSize: 0 }
    embedding.embedMissing()
    await until(() => count('token_vectors') !== 0)
    await jobs.whenIdle()
    expect(count('token_vectors')).toBe(TEXTS.length)
    expect(count('embeddings')).toBe(TEXTS.length)
    expect(count('vector_changes')).toBe(changes)
    expect(embedding.status().kept[0]?.byteSize).toBeGreaterThan(byteSize)
  })

  it('lists what can be chosen, and says why there is nothing of Ollama', async () => {
    const { embedding } = await profile()
    expect(await embedding.choices()).toEqual({
      models: [{ choice: BUILT_IN, name: 'all-MiniLM-L6-v2', local: true }],
      ollamaMessage: 'Ollama does not answer.',
    })
  })
})

describe('opening a library', () => {
  /** The model that ships, and how often it was told that a question is to be expected. */
  function warmed() {
    const models = twoModels()
    let count = 0
    const warm = () => void count++
    return { models: { ...models, builtIn: { ...models.builtIn, warm } }, count: () => count }
  }

  it('loads the model in use before a question comes, where there is something to be found', async () => {
    const { models, count } = warmed()
    const { dir, close } = await profile()
    await close()
    await (await openProfile(dir, models)).close()
    expect(count()).toBe(0)
    await openProfile(dir, models, { warm: true })
    expect(count()).toBe(1)
  })

  it('looks whether a large index is whole only after a while, and then has it built', async () => {
    const { dir, models, store, embedding, close } = await profile()
    const many = Array.from({ length: 1_100 }, (_, i) => `river ${i} law ${i % 3}`)
    await seedLibrary(store, wordEmbedder(), [{ id: 'large', pages: [many.join('\n\n')] }])
    await embedding.serving()?.index.catchUp()
    const seq = newestVectorChange(store.reader)
    await seedLibrary(store, wordEmbedder(), [{ id: 'unspoken', pages: ['glacier moraine'] }])
    store.transaction((db) =>
      db.$client.exec(
        `DELETE FROM vector_changes WHERE seq > ${seq}; UPDATE sqlite_sequence SET seq = ${seq} WHERE name = 'vector_changes'`,
      ),
    )
    await close()
    let settle = () => {}
    const settled = new Promise<void>((resolve) => {
      settle = resolve
    })
    const again = await openProfile(dir, models, { clock: { ...systemClock, sleep: () => settled } })
    const index = again.embedding.serving()?.index
    again.embedding.tidy()
    await index?.catchUp()
    await again.jobs.whenIdle()
    expect(index?.status()).toMatchObject({ state: 'ready', vectorCount: 1_140 })
    settle()
    await until(() => index?.status().vectorCount === 1_141)
    await again.jobs.whenIdle()
  })

  it('loads nothing for an empty one', async () => {
    const { models, count } = warmed()
    await openProfile(temporaryFolder(), models, { warm: true })
    expect(count()).toBe(0)
  })
})

describe('vectors that are kept', () => {
  it('are removed when the person says so, but not those in use', async () => {
    const { dir, embedding, models, jobs, store } = await profile()
    await embedding.use({ choice: OTHER })
    await jobs.whenIdle()
    const [words, other] = embedding.status().kept
    expect(() => embedding.forget({ modelId: other?.modelId ?? 0 })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    )
    expect(() => embedding.forget({ modelId: 99 })).toThrow(expect.objectContaining({ code: 'not-found' }))
    embedding.forget({ modelId: words?.modelId ?? 0 })
    await jobs.whenIdle()
    expect(embedding.status().kept.map(({ name }) => name)).toEqual(['other'])
    expect(store.reader.$client.prepare('SELECT count(*) FROM embeddings').pluck().get()).toBe(40)
    expect(existsSync(graphDir(dir, models.builtIn.identity))).toBe(false)
  })

  it('outlive their text for a while, and not if it is there again', async () => {
    const { store } = await profile()
    const hashes = store.reader.$client.prepare('SELECT text_hash FROM chunks').pluck().all() as string[]
    removeSeededDocument(store, 'book')
    store.transaction((db) => markUnusedTexts(db, hashes, 1_000))
    await seedLibrary(store, wordEmbedder(), [{ id: 'again', pages: [TEXTS.slice(0, 10).join('\n\n')] }])
    const count = store.reader.$client.prepare('SELECT count(*) FROM embeddings').pluck()
    expect(store.transaction((db) => deleteUnusedEmbeddings(db, 1_000, 100))).toBe(0)
    expect(count.get()).toBe(40)
    expect(store.transaction((db) => deleteUnusedEmbeddings(db, 1_001, 100))).toBe(40)
    expect(count.get()).toBe(10)
  })
})
