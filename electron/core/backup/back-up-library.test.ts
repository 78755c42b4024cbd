import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { type DatabaseCopier, databaseCopier } from '../adapters/database-worker.ts'
import { makeJobRunner } from '../jobs/job-runner.ts'
import { makeIds } from '../ops/make-ids.ts'
import { systemClock } from '../ops/system-clock.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { contentOf, openImport } from '../testing/open-import.ts'
import { shareReaders } from '../testing/share-readers.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { heldJobs } from '../testing/test-jobs.ts'
import { BACK_UP_LIBRARY, makeBackupJob } from './back-up-library.ts'
import { readManifest } from './backup-manifest.ts'
import { makeLibraryData } from './library-data.ts'
import { finishRestore, stageRestore } from './restore-backup.ts'

const readers = shareReaders()
const ids = makeIds({ clock: systemClock })
const never = { signal: new AbortController().signal, onProgress: () => {} }

/** A library of two texts, and the runner that backs it up. */
async function library(copier: DatabaseCopier = databaseCopier) {
  const { parts, profileDir, keep, run } = openImport(readers)
  const folder = temporaryFolder()
  for (const name of ['Polity', 'Rivers']) {
    const file = join(folder, `${name}.md`)
    writeFileSync(file, `# ${name}\n\nThe ${name} of India are described here at some length.`)
    await run(await keep(file, 'text/markdown'))
  }
  const { store } = parts
  const blobsDir = join(profileDir, 'blobs')
  const held = heldJobs('import')
  const start = () => {
    const backup = makeBackupJob({ store, blobsDir, copier, clock: systemClock, ids, appVersion: '1.2.3' })
    const runner = makeJobRunner({ store, clock: systemClock, ids }, [backup, held])
    onTestFinished(() => runner.stop({ timeoutMs: 100 }))
    runner.start()
    return { runner, data: makeLibraryData({ store, jobs: runner, clock: systemClock, profileDir }) }
  }
  const { runner, data } = start()
  const dir = temporaryFolder()
  const backUp = async () => {
    const job = await runner.finished(data.backUp({ dir }).id)
    return { job, path: job.title }
  }
  return { store, profileDir, blobsDir, runner, data, dir, held, backUp, start, keep, run, folder }
}

/** What a profile holds once a backup was put into it. */
async function restored(path: string, profileDir = temporaryFolder()) {
  await stageRestore({ profileDir, copier: databaseCopier, ids }, path, never)
  finishRestore(profileDir)
  const store = openStore({ profileDir })
  onTestFinished(() => store.close())
  return { store, profileDir, content: contentOf(store) }
}

const filesOf = (dir: string) =>
  readdirSync(join(dir, 'blobs'), { recursive: true }).filter((name) => String(name).length > 60)

describe('a backup', () => {
  it('is whole, checked, and becomes the same library in another profile', async () => {
    const { store, backUp, data } = await library()
    const { job, path } = await backUp()
    expect(job).toMatchObject({ state: 'done' })
    expect(readdirSync(path).sort()).toEqual(['abhyas.sqlite', 'backup.json', 'blobs'])
    expect(await readManifest(path)).toMatchObject({ appVersion: '1.2.3', documentCount: 2, lostFiles: [] })
    expect(filesOf(path)).toHaveLength(2)
    expect(data.info().lastBackup).toMatchObject({ path })
    const again = await restored(path)
    expect(again.content).toEqual(contentOf(store))
    expect(filesOf(again.profileDir)).toEqual(filesOf(path))
  })

  it('is of one moment, whatever is written meanwhile, and nothing in it runs', async () => {
    let meanwhile = (_: Store) => {}
    const copier: DatabaseCopier = {
      ...databaseCopier,
      copy: (from, to, options) => {
        meanwhile(store)
        return databaseCopier.copy(from, to, options)
      },
    }
    const { store, runner, held, backUp } = await library(copier)
    store.transaction((db) => runner.enqueue(db, { kind: 'import', key: 'a', payload: 'a', title: 'a' }))
    runner.wake()
    while (held.runs.length === 0) await systemClock.sleep(5)
    let writing = true
    meanwhile = () => {
      const write = () => {
        store.transaction((db) => db.$client.exec("UPDATE documents SET title = title || '.'"))
        if (writing) setImmediate(write)
      }
      write()
    }
    const { path } = await backUp()
    writing = false
    const { store: copy } = await restored(path)
    const titles = copy.reader.$client.prepare('SELECT title FROM documents').pluck().all() as string[]
    expect(new Set(titles.map((title) => title.replace(/^\w+/, '').length)).size).toBe(1)
    expect(
      copy.reader.$client.prepare('SELECT kind, state, attempts, crash_count, lease FROM jobs ORDER BY seq').all(),
    ).toEqual([
      { kind: 'import', state: 'queued', attempts: 0, crash_count: 0, lease: null },
      { kind: BACK_UP_LIBRARY, state: 'cancelled', attempts: 1, crash_count: 0, lease: null },
    ])
    expect(copy.reader.$client.prepare('SELECT owner FROM job_runner').pluck().get()).toBeNull()
  })

  it('goes on where it was stopped, and copies the database once', async () => {
    let copies = 0
    let stop = () => {}
    const copier: DatabaseCopier = {
      copy: (...request) => {
        copies += 1
        return databaseCopier.copy(...request)
      },
      check: (file, signal) => {
        stop()
        signal.throwIfAborted()
        return databaseCopier.check(file, signal)
      },
    }
    const { runner, data, dir, start, store } = await library(copier)
    stop = () => {
      stop = () => {}
      void runner.stop()
    }
    const { id, title } = data.backUp({ dir })
    await runner.finished(id).catch(() => undefined)
    await runner.stop()
    expect(existsSync(title)).toBe(false)
    expect(readdirSync(dir)).toEqual([expect.stringMatching(/\.part$/)])
    const next = start()
    expect(await next.runner.finished(id)).toMatchObject({ state: 'done', attempts: 1 })
    expect(copies).toBe(1)
    expect((await restored(title)).content).toEqual(contentOf(store))
    expect(readdirSync(dir)).toHaveLength(1)
  })

  it('leaves nothing behind when it is cancelled', async () => {
    let begun = () => {}
    const beginning = new Promise<void>((resolve) => {
      begun = resolve
    })
    const copier: DatabaseCopier = {
      ...databaseCopier,
      check: (_, signal) => {
        begun()
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      },
    }
    const { runner, data, dir } = await library(copier)
    const { id } = data.backUp({ dir })
    await beginning
    expect(readdirSync(dir)).toHaveLength(1)
    expect(runner.cancel(id).state).toBe('cancelled')
    while (readdirSync(dir).length > 0) await systemClock.sleep(5)
    expect(data.info().lastBackup).toBeUndefined()
  })

  it('takes a document that is deleted meanwhile out again, and says which originals were lost before', async () => {
    let deleteOne = () => {}
    const copier: DatabaseCopier = {
      ...databaseCopier,
      async copy(...request) {
        await databaseCopier.copy(...request)
        deleteOne()
      },
    }
    const { store, blobsDir, backUp } = await library(copier)
    const [first = '', second = ''] = store.reader.$client
      .prepare('SELECT sha256 FROM documents ORDER BY sha256')
      .pluck()
      .all() as string[]
    deleteOne = () => {
      deleteOne = () => {}
      store.transaction((db) => db.$client.prepare('DELETE FROM documents WHERE sha256 = ?').run(first))
      for (const sha256 of [first, second])
        renameSync(join(blobsDir, sha256.slice(0, 2), sha256), join(blobsDir, `away-${sha256}`))
    }
    const { path } = await backUp()
    expect(await readManifest(path)).toMatchObject({ documentCount: 1, lostFiles: [second], files: [] })
  })

  it('says which folder it can’t write to, and takes none inside the profile', async () => {
    const { runner, data, dir, profileDir } = await library()
    const file = join(dir, 'a file')
    writeFileSync(file, '')
    const failed = await runner.finished(data.backUp({ dir: file }).id)
    expect(failed).toMatchObject({ state: 'failed', failure: { code: 'folder-unwritable' } })
    expect(failed.failure?.message).toContain(file)
    if (existsSync('/proc/self')) {
      expect(await runner.finished(data.backUp({ dir: '/proc/nowhere' }).id)).toMatchObject({
        state: 'failed',
        failure: { code: 'folder-unwritable' },
      })
    }
    expect(() => data.backUp({ dir: join(profileDir, 'backups') })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    )
    expect(() => data.backUp({ dir: 'somewhere' })).toThrow(expect.objectContaining({ code: 'bad-input' }))
  })
})

describe('a restore', () => {
  // Made once, and copied for each test.
  const patterns = mkdtempSync(join(tmpdir(), 'abhyas-test-'))
  afterAll(() => rmSync(patterns, { recursive: true, force: true }))
  let before: ReturnType<typeof contentOf>
  let expected: ReturnType<typeof contentOf>

  async function makePatterns(): Promise<void> {
    const { backUp, store } = await library()
    expected = contentOf(store)
    cpSync((await backUp()).path, join(patterns, 'backup'), { recursive: true })
    const own = openImport(readers)
    const file = join(temporaryFolder(), 'Own.md')
    writeFileSync(file, '# Own\n\nWhat stands here is not in the backup at all.')
    await own.run(await own.keep(file, 'text/markdown'))
    before = contentOf(own.parts.store)
    mkdirSync(join(own.profileDir, 'index'))
    cpSync(own.profileDir, join(patterns, 'profile'), { recursive: true })
  }

  /** A backup, and another profile with a library of its own. */
  async function withOther(): Promise<{ path: string; profileDir: string }> {
    if (!existsSync(join(patterns, 'profile'))) await makePatterns()
    const dir = temporaryFolder()
    cpSync(patterns, dir, { recursive: true })
    return { path: join(dir, 'backup'), profileDir: join(dir, 'profile') }
  }
  const parts = (profileDir: string) => ({ profileDir, copier: databaseCopier, ids })

  it.each([
    ['a byte of the database is another', 'backup-damaged', (path: string) => flip(join(path, 'abhyas.sqlite'))],
    ['a byte of a file is another', 'backup-damaged', (path: string) => flip(aFileOf(path))],
    ['a file is missing', 'backup-damaged', (path: string) => renameSync(aFileOf(path), join(path, 'elsewhere'))],
    [
      'the database is missing',
      'backup-damaged',
      (path: string) => renameSync(join(path, 'abhyas.sqlite'), join(path, 'x')),
    ],
    ['its list can’t be read', 'backup-damaged', (path: string) => writeFileSync(join(path, 'backup.json'), '{')],
    ['it was not finished', 'file-missing', (path: string) => renameSync(join(path, 'backup.json'), join(path, 'x'))],
    [
      'it is of a newer app',
      'database-newer',
      (path: string) => {
        const file = join(path, 'backup.json')
        writeFileSync(file, readFileSync(file, 'utf8').replace(/"databaseVersion": \d+/, '"databaseVersion": 9999'))
      },
    ],
  ])('replaces nothing when %s', async (_, code, spoil) => {
    const { path, profileDir } = await withOther()
    spoil(path)
    await expect(stageRestore(parts(profileDir), path, never)).rejects.toMatchObject({ code })
    expect(finishRestore(profileDir)).toBeUndefined()
    const store = openStore({ profileDir })
    expect(contentOf(store)).toEqual(before)
    store.close()
  })

  it('keeps what it replaces, and no index of it', async () => {
    const { path, profileDir } = await withOther()
    await restored(path, profileDir)
    const [name = ''] = readdirSync(join(profileDir, 'replaced'))
    const old = openStore({ profileDir: join(profileDir, 'replaced', name) })
    expect(contentOf(old)).toEqual(before)
    old.close()
    expect(existsSync(join(profileDir, 'index'))).toBe(false)
    expect(readdirSync(profileDir).filter((entry) => entry.startsWith('restore'))).toEqual([])
  })

  it('that was ended at any step is gone on with, and ends the same', async () => {
    let steps = 1
    for (let endedAt = 1; endedAt <= steps; endedAt += 1) {
      const { path, profileDir } = await withOther()
      await stageRestore(parts(profileDir), path, never)
      let moved = 0
      const dying: typeof renameSync = (from, to) => {
        moved += 1
        if (moved === endedAt) throw new Error('the power is gone')
        renameSync(from, to)
      }
      expect(() => finishRestore(profileDir, dying)).toThrow('the power is gone')
      finishRestore(profileDir, (from, to) => {
        moved += 1
        renameSync(from, to)
      })
      steps = Math.max(steps, moved - 1)
      const store = openStore({ profileDir })
      expect(contentOf(store), `ended at step ${endedAt}`).toEqual(expected)
      store.close()
    }
    expect(steps).toBeGreaterThanOrEqual(5)
  })

  it('puts a library where the database was damaged', async () => {
    const { path, profileDir } = await withOther()
    for (const suffix of ['-wal', '-shm']) rmSync(join(profileDir, `abhyas.sqlite${suffix}`), { force: true })
    writeFileSync(join(profileDir, 'abhyas.sqlite'), 'no database at all, but long enough to be read as one'.repeat(50))
    expect(() => openStore({ profileDir })).toThrow(expect.objectContaining({ code: 'database-damaged' }))
    expect((await restored(path, profileDir)).content.documents).toHaveLength(2)
  })
})

function aFileOf(path: string): string {
  return join(path, 'blobs', String(filesOf(path)[0]))
}

function flip(file: string): void {
  const bytes = readFileSync(file)
  const at = Math.floor(bytes.length / 2)
  bytes[at] = (bytes[at] ?? 0) ^ 0x40
  chmodSync(file, 0o600)
  writeFileSync(file, bytes)
}
