import { expect, it, onTestFinished } from 'vitest'
import type { Embedder } from '../ports.ts'
import { deleteEmbeddings, readEmbeddedUpTo } from '../store/embeddings.rows.ts'
import { openStore } from '../store/open-store.ts'
import { removeSeededDocument, seedLibrary } from '../testing/seed-library.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { tokenEmbedder, wordEmbedder } from '../testing/word-embedder.ts'
import { lacksVectors } from './lacks-vectors.ts'

const book = (id: string, count: number) => ({
  id,
  pages: [Array.from({ length: count }, (_, i) => `${id} ${i} river`).join('\n\n')],
})

/** More than one look's worth of passages, all with their vectors. */
async function embeddedLibrary() {
  const store = openStore({ profileDir: temporaryFolder() })
  onTestFinished(() => store.close())
  const ids = await seedLibrary(store, wordEmbedder(), [book('first', 700)])
  const { signal } = new AbortController()
  return {
    store,
    last: ids.at(-1) ?? 0,
    run: (sql: string, ...values: unknown[]) => store.transaction((db) => db.$client.prepare(sql).run(...values)),
    upTo: (withTokens = false) => readEmbeddedUpTo(store.reader, { modelId: 1, withTokens }),
    lacks: (embedder: Embedder = wordEmbedder(), inUse = true) =>
      lacksVectors({ store, embedder, inUse: () => inUse, signal }),
  }
}

it('looks at no passage a second time', async () => {
  const { lacks, run, upTo, last } = await embeddedLibrary()
  expect(await lacks()).toBe(false)
  expect(upTo()).toBe(last)
  // Nothing of the app does this: it shows what is not looked at.
  run('DELETE FROM embeddings WHERE rowid = 1')
  expect(await lacks()).toBe(false)
})

it('finds what came after the last look', async () => {
  const { lacks, run, store, upTo, last } = await embeddedLibrary()
  await lacks()
  const added = await seedLibrary(store, wordEmbedder(), [book('second', 600)])
  run('DELETE FROM embeddings WHERE text_hash = (SELECT text_hash FROM chunks WHERE id = ?)', added[550])
  expect(await lacks()).toBe(true)
  expect(upTo()).toBe(last + 550)
  removeSeededDocument(store, 'second')
  expect(await lacks()).toBe(false)
})

it('stops its note, and not its look, at a document that is being imported', async () => {
  const { lacks, run, store, upTo, last } = await embeddedLibrary()
  await seedLibrary(store, wordEmbedder(), [book('coming', 3), book('third', 600)])
  run("UPDATE documents SET status = 'importing' WHERE id = 'coming'")
  run("DELETE FROM embeddings WHERE text_hash IN (SELECT text_hash FROM chunks WHERE document_id = 'coming')")
  expect(await lacks()).toBe(false)
  expect(upTo()).toBe(last)
  run("UPDATE documents SET status = 'ready' WHERE id = 'coming'")
  expect(await lacks()).toBe(true)
})

it('asks for token vectors too where the model gives them', async () => {
  const { lacks, upTo, last } = await embeddedLibrary()
  await lacks()
  expect(await lacks(tokenEmbedder())).toBe(true)
  expect([upTo(), upTo(true)]).toEqual([last, 0])
})

it('notes nothing of a model that is not in use, and forgets the note with the vectors', async () => {
  const { lacks, store, upTo, last } = await embeddedLibrary()
  expect(await lacks(wordEmbedder(), false)).toBe(false)
  expect(upTo()).toBe(0)
  await lacks()
  expect(upTo()).toBe(last)
  store.transaction((db) => deleteEmbeddings(db, 1, 10))
  expect(await lacks()).toBe(true)
})

it('finds all passages lacking for a model that nothing was embedded with', async () => {
  const { lacks } = await embeddedLibrary()
  expect(await lacks(wordEmbedder(32))).toBe(true)
})
