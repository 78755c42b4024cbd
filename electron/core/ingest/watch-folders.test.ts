import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { WatchMode } from '#contract/folders.ts'
import { StudyError, toFailure } from '../errors.ts'
import { makeIds } from '../ops/make-ids.ts'
import { systemClock } from '../ops/system-clock.ts'
import { openStore } from '../store/open-store.ts'
import { openBeforeMigration } from '../testing/open-before-migration.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { scanFolder } from './scan-folder.ts'
import { makeFolderWatcher } from './watch-folders.ts'

const NEVER = new AbortController().signal

function openWatcher(profileDir = temporaryFolder(), failing?: StudyError) {
  const store = openStore({ profileDir })
  onTestFinished(() => store.close())
  const imported: string[] = []
  const watcher = makeFolderWatcher({
    store,
    ids: makeIds({ clock: systemClock }),
    clock: systemClock,
    log: { warn() {} },
    importPaths: async ({ paths }) => {
      if (failing) return paths.map((path) => ({ path, duplicate: false, failure: toFailure(failing) }))
      imported.push(...paths)
      return paths.map((path) => ({ path, duplicate: false }))
    },
  })
  return { watcher, store, imported, look: () => watcher.lookThroughAll(NEVER) }
}

/** A file whose time is long past, as of one that was there before. */
function oldFile(dir: string, name: string, text = 'Equality comes first.'): string {
  const path = join(dir, name)
  writeFileSync(path, text)
  utimesSync(path, new Date(2020, 1, 1), new Date(2020, 1, text.length))
  return path
}

async function withFolder(mode: WatchMode = 'offer', failing?: StudyError) {
  const dir = temporaryFolder()
  const opened = openWatcher(temporaryFolder(), failing)
  const { id: folderId } = await opened.watcher.add({ path: dir, mode })
  return { ...opened, dir, folderId, newFiles: () => opened.watcher.list()[0]?.newFiles }
}

describe('a watched folder', () => {
  it('offers the readable files in it, at any depth, and no hidden ones or links', async () => {
    const { dir, look, imported, newFiles } = await withFolder()
    mkdirSync(join(dir, 'deeper'))
    const files = [oldFile(dir, 'a.pdf'), oldFile(join(dir, 'deeper'), 'b.md')]
    oldFile(dir, '.hidden.pdf')
    oldFile(dir, 'picture.psd')
    symlinkSync(dir, join(dir, 'round'))
    expect(await look()).toBe(false)
    expect(newFiles()).toEqual(files)
    expect(imported).toEqual([])
  })

  it('waits for a file that is still being written', async () => {
    const { dir, look, newFiles } = await withFolder()
    const path = join(dir, 'coming.pdf')
    writeFileSync(path, 'half')
    expect(await look()).toBe(true)
    writeFileSync(path, 'half and more')
    expect(await look()).toBe(true)
    expect(newFiles()).toEqual([])
    expect(await look()).toBe(false)
    expect(newFiles()).toEqual([path])
  })

  it('imports by itself where that is set, each file once, and a changed one again', async () => {
    const { dir, look, imported, newFiles } = await withFolder('import')
    const path = oldFile(dir, 'a.md')
    await look()
    await look()
    expect([imported, newFiles()]).toEqual([[path], []])
    oldFile(dir, 'a.md', 'Equality comes first, then liberty.')
    await look()
    expect(imported).toEqual([path, path])
  })

  it('imports what was offered when asked, or leaves it out for good', async () => {
    const { watcher, dir, folderId, look, imported, newFiles } = await withFolder()
    oldFile(dir, 'a.md')
    await look()
    expect(watcher.dismissNew({ folderId }).newFiles).toEqual([])
    const second = oldFile(dir, 'b.md')
    await look()
    expect(await watcher.importNew({ folderId })).toMatchObject([{ path: second }])
    await look()
    expect([imported, newFiles()]).toEqual([[second], []])
  })

  it('keeps what waits on a full disk', async () => {
    const { dir, look, newFiles } = await withFolder('import', new StudyError('disk-full', 'Full.'))
    const path = oldFile(dir, 'a.md')
    await look()
    expect(newFiles()).toEqual([path])
  })

  it('remembers over restarts, while the folder is away too', async () => {
    const profileDir = temporaryFolder()
    const dir = join(temporaryFolder(), 'usb')
    mkdirSync(dir)
    const first = openWatcher(profileDir)
    const { id: folderId } = await first.watcher.add({ path: dir, mode: 'offer' })
    oldFile(dir, 'left-out.md')
    await first.look()
    first.watcher.dismissNew({ folderId })
    const offered = oldFile(dir, 'offered.md')
    await first.look()
    renameSync(dir, `${dir}-away`)
    const second = openWatcher(profileDir)
    await second.look()
    expect(second.watcher.list()).toMatchObject([{ state: 'missing', newFiles: [offered] }])
    renameSync(`${dir}-away`, dir)
    rmSync(offered)
    await second.look()
    expect(second.watcher.list()).toMatchObject([{ state: 'watching', newFiles: [] }])
  })

  it('does not offer what was imported by hand', async () => {
    const { dir, store, look, newFiles } = await withFolder()
    const path = oldFile(dir, 'a.md', 'Equality')
    store.transaction((db) =>
      db.$client
        .prepare(
          `INSERT INTO documents (id, title, path, sha256, media_type, byte_size, status, created_at_ms, updated_at_ms)
           VALUES ('d', 'A', ?, 's', 'text/markdown', 8, 'ready', 1, 1)`,
        )
        .run(path),
    )
    await look()
    expect(newFiles()).toEqual([])
  })

  it('says what can’t be watched, and forgets a folder that is taken off', async () => {
    const { watcher, dir, folderId, store } = await withFolder()
    const file = oldFile(dir, 'a.md')
    await expect(watcher.add({ path: join(dir, 'gone'), mode: 'offer' })).rejects.toMatchObject({
      code: 'file-missing',
    })
    await expect(watcher.add({ path: file, mode: 'offer' })).rejects.toMatchObject({ code: 'bad-input' })
    await expect(watcher.add({ path: dir, mode: 'offer' })).rejects.toMatchObject({ code: 'bad-input' })
    watcher.remove({ folderId })
    expect(watcher.list()).toEqual([])
    expect(store.reader.$client.prepare('SELECT count(*) FROM watched_files').pluck().get()).toBe(0)
    expect(() => watcher.remove({ folderId })).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  it('looks at no more than it can, and says so', async () => {
    const dir = temporaryFolder()
    for (let n = 0; n < 30; n++) oldFile(dir, `${n}.md`)
    expect(await scanFolder(dir, NEVER, 20)).toMatchObject({ isCut: true, files: { length: 20 } })
    expect(await scanFolder(dir, NEVER, 30)).toMatchObject({ isCut: false, files: { length: 30 } })
  })

  it('is watched until the app closes', async () => {
    const { watcher, dir, imported } = await withFolder('import')
    const closing = new AbortController()
    const watching = watcher.keepWatching(closing.signal)
    const path = oldFile(dir, 'a.md')
    await expect.poll(() => imported, { timeout: 20_000 }).toEqual([path])
    closing.abort()
    await watching
  })
})

describe('the tables of watched folders', () => {
  it('come to a library, which stays as it is', () => {
    const { client, apply } = openBeforeMigration('watched_folders')
    client.exec("INSERT INTO settings VALUES ('theme', '\"dark\"')")
    apply()
    expect(client.prepare('SELECT key FROM settings').pluck().all()).toEqual(['theme'])
    expect(() => client.exec("INSERT INTO watched_folders VALUES ('f', '/x', 'always', 1)")).toThrow(/CHECK/)
  })
})
