import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { systemClock } from '../ops/system-clock.ts'
import { DATABASE_FILE, openStore } from '../store/open-store.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { workerUrl } from '../workers/worker-url.ts'
import { makeCheckpointer } from './checkpoint-worker.ts'

/** A thread starts within it on a busy machine too. */
const SOON = { timeout: 30_000 }

/** A store whose log is brought in every four commits, and every thread that was started for it. */
function openCheckpointed({ startWorker }: { startWorker?: (databaseFile: string) => Worker } = {}) {
  const profileDir = temporaryFolder()
  const databaseFile = join(profileDir, DATABASE_FILE)
  const started: Worker[] = []
  const log = { warn: vi.fn() }
  const start = startWorker ?? (() => new Worker(workerUrl('checkpoint'), { workerData: { databaseFile } }))
  const checkpointer = makeCheckpointer({
    clock: systemClock,
    databaseFile,
    log,
    everyCommits: 4,
    startWorker() {
      const worker = start(databaseFile)
      started.push(worker)
      return worker
    },
  })
  const store = openStore({ profileDir, committed: checkpointer.committed })
  onTestFinished(async () => {
    await checkpointer.close()
    store.close()
  })
  const commit = (...values: number[]) => {
    for (const value of values) {
      store.transaction((db) => db.$client.prepare('INSERT INTO settings VALUES (?, ?)').run(`test-${value}`, '1'))
    }
  }
  return { checkpointer, store, log, started, commit, broughtIn: () => countIn(databaseFile) }
}

/** What the database holds without its log. */
function countIn(databaseFile: string): number {
  const copy = join(temporaryFolder(), 'copy.sqlite')
  copyFileSync(databaseFile, copy)
  const database = new Database(copy)
  try {
    return database.prepare("SELECT count(*) FROM settings WHERE key LIKE 'test-%'").pluck().get() as number
  } finally {
    database.close()
  }
}

describe('makeCheckpointer', () => {
  it('brings the log into the database after some commits, on one thread', async () => {
    const { commit, broughtIn, started } = openCheckpointed()
    commit(1, 2, 3)
    expect(started).toHaveLength(0)
    commit(4)
    await expect.poll(broughtIn, SOON).toBe(4)
    commit(5, 6, 7, 8)
    await expect.poll(broughtIn, SOON).toBe(8)
    expect(started).toHaveLength(1)
  })

  it('goes on with another thread where one dies, and says so', async () => {
    const { commit, broughtIn, started, log } = openCheckpointed({
      startWorker: (databaseFile) =>
        started.length === 0
          ? new Worker('process.exit(1)', { eval: true })
          : new Worker(workerUrl('checkpoint'), { workerData: { databaseFile } }),
    })
    commit(1, 2, 3, 4)
    await expect.poll(() => log.warn.mock.calls.length, SOON).toBe(1)
    commit(5, 6, 7, 8)
    await expect.poll(broughtIn, SOON).toBe(8)
  })

  it('starts nothing once it is closed', async () => {
    const { checkpointer, commit, started } = openCheckpointed()
    await checkpointer.close()
    commit(1, 2, 3, 4, 5)
    expect(started).toHaveLength(0)
  })
})
