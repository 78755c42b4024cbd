import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, cpSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openStore } from '../store/open-store.ts'
import { findEmbeddingModelId, iterateVectors } from '../store/vectors.rows.ts'
import { book, embedder, nearest, openIndex, trueNearest } from '../testing/open-index.ts'
import { removeSeededDocument, seedLibrary } from '../testing/seed-library.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { wordVector } from '../testing/word-embedder.ts'
import { searchExactly } from './exact-search.ts'

const INDEX_PROCESS = fileURLToPath(new URL('../testing/index-process.ts', import.meta.url))

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
          await seedLibrary(store, embedder, [book(id, count)])
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
            expect(nearest(index, query, 8)).toEqual(trueNearest(store, query, 8))
          }
        }
        await index.catchUp()
        expect(nearest(index, 'tax budget', 80)).toEqual(trueNearest(store, 'tax budget', 80))
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
      expect(nearest(index, 'tax budget', 8)).toEqual(trueNearest(store, 'tax budget', 8))
      await index.catchUp()
      const found = index.search(wordVector('tax budget'), 8)
      const best = searchExactly(
        iterateVectors(store.reader, findEmbeddingModelId(store.reader, embedder.identity) ?? 0),
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
