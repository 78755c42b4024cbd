import { type FSWatcher, watch } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ImportOutcome } from '#contract/documents.ts'
import type { WatchedFolder, WatchMode } from '#contract/folders.ts'
import { WatchedFolderId } from '#contract/ids.ts'
import { StudyError } from '../errors.ts'
import type { Log } from '../ops/open-log.ts'
import type { Clock, Ids } from '../ports.ts'
import type { Store } from '../store/open-store.ts'
import {
  deleteWatchedFiles,
  deleteWatchedFolder,
  insertWatchedFolder,
  isInLibraryAlready,
  readWatchedFiles,
  readWatchedFolders,
  type SeenFile,
  updateWatchedFolder,
  upsertWatchedFiles,
  type WatchedFolderRow,
} from '../store/watched-folders.rows.ts'
import { scanFolder } from './scan-folder.ts'
import { explainFileError } from './sniff-media-type.ts'

export interface WatchParts {
  store: Store
  ids: Ids
  clock: Clock
  importPaths: (input: { paths: string[] }, signal?: AbortSignal) => Promise<ImportOutcome[]>
  log: Pick<Log, 'warn'>
  /** The system's dialog, where the host has one. */
  chooseFolder?: (() => Promise<string | undefined>) | undefined
}

/** What the system's notices miss (a network drive, a folder that came back) is found this late. */
const LOOK_EVERY_MS = 60_000
/** A file of the same size and time for so long is no longer being written. */
const SETTLE_MS = 3000

/** Procedures of foldersContract. They throw StudyError as it says, and not-found. */
export type FolderWatcher = ReturnType<typeof makeFolderWatcher>

/**
 * Looks through the watched folders every minute, and sooner when the system says
 * that something changed in one. A file is new when it was not seen with this size
 * and time before, and told once it has stopped growing. What was seen is kept, so
 * that a restart neither forgets nor repeats.
 */
export function makeFolderWatcher({ store, ids, clock, importPaths, log, chooseFolder }: WatchParts) {
  /** Files that were not yet the same twice. */
  const growing = new Map<string, SeenFile>()
  const states = new Map<WatchedFolderId, WatchedFolder['state']>()
  const notices = new Map<string, FSWatcher>()
  let nudge = new AbortController()

  function find(folderId: WatchedFolderId): WatchedFolderRow {
    const row = readWatchedFolders(store.reader).find(({ id }) => id === folderId)
    if (!row) throw new StudyError('not-found', 'This folder is not watched any more.')
    return row
  }

  function show(row: WatchedFolderRow): WatchedFolder {
    const newFiles = readWatchedFiles(store.reader, row.id).flatMap(({ path, state }) =>
      state === 'new' ? [path] : [],
    )
    return { ...row, state: states.get(row.id) ?? 'watching', newFiles }
  }

  /** Marks files as dealt with. Those that changed meanwhile are new again at the next look. */
  function settle(folderId: WatchedFolderId, paths: readonly string[]): void {
    const done = new Set(paths)
    store.transaction((db) => {
      const rows = readWatchedFiles(db, folderId).filter(({ path }) => done.has(path))
      upsertWatchedFiles(
        db,
        folderId,
        rows.map((row) => ({ ...row, state: 'done' })),
      )
    })
  }

  async function takeIn(row: WatchedFolderRow, signal?: AbortSignal): Promise<ImportOutcome[]> {
    const outcomes: ImportOutcome[] = []
    for (const path of show(row).newFiles) {
      const taken = await importPaths({ paths: [path] }, signal)
      outcomes.push(...taken)
      // A full disk is no fault of the file: it waits.
      if (taken.some(({ failure }) => failure?.code === 'disk-full')) break
      settle(row.id, [path])
    }
    return outcomes
  }

  /** Looks through one folder; true where a file is still being written. */
  async function look(row: WatchedFolderRow, signal: AbortSignal): Promise<boolean> {
    const scan = await scanFolder(row.path, signal).catch((error) => {
      signal.throwIfAborted()
      const isGone = ['ENOENT', 'ENOTDIR'].includes(error.code)
      states.set(row.id, isGone ? 'missing' : 'unreadable')
    })
    // What was seen in a folder that is away counts when it is back.
    if (!scan) return false
    states.set(row.id, scan.isCut ? 'partly' : 'watching')
    const known = new Map(readWatchedFiles(store.reader, row.id).map((file) => [file.path, file]))
    const changed = scan.files.filter((file) => !isSame(known.get(file.path), file))
    const settled = changed.filter((file) => isSame(growing.get(file.path), file) || isOld(file))
    for (const file of changed) growing.set(file.path, file)
    for (const { path } of settled) growing.delete(path)
    const there = new Set(scan.files.map(({ path }) => path))
    const gone = scan.isCut ? [] : [...known.keys()].filter((path) => !there.has(path))
    if (settled.length + gone.length > 0) {
      store.transaction((db) => {
        deleteWatchedFiles(db, row.id, gone)
        const rows = settled.map((file) => ({ ...file, state: isInLibraryAlready(db, file) ? 'done' : 'new' }) as const)
        upsertWatchedFiles(db, row.id, rows)
      })
    }
    return settled.length < changed.length
  }

  function isOld({ modifiedMs }: SeenFile): boolean {
    return clock.nowMs() - modifiedMs > SETTLE_MS * 10
  }

  /** The system's own notices of a folder, where it gives any: they only make the next look come sooner. */
  function listen(rows: readonly WatchedFolderRow[]): void {
    const paths = new Set(rows.map(({ path }) => path))
    for (const [path, notice] of notices) {
      if (paths.has(path)) continue
      notice.close()
      notices.delete(path)
    }
    for (const path of paths) {
      if (notices.has(path)) continue
      try {
        const notice = watch(path, { persistent: false }, () => nudge.abort())
        notice.on('error', () => {
          notice.close()
          notices.delete(path)
        })
        notices.set(path, notice)
      } catch {
        // A folder that is away: the look of every minute finds it when it is back.
      }
    }
  }

  /** One look through every folder, and the import of what is to be imported. True where a file is still being written. */
  async function lookThroughAll(signal: AbortSignal): Promise<boolean> {
    let isGrowing = false
    for (const row of readWatchedFolders(store.reader)) {
      if (await look(row, signal)) isGrowing = true
      if (row.mode === 'import') await takeIn(row, signal)
    }
    return isGrowing
  }

  return {
    list: (): WatchedFolder[] => readWatchedFolders(store.reader).map(show),

    async add({ path: given, mode }: { path: string; mode: WatchMode }): Promise<WatchedFolder> {
      const path = resolve(given)
      const found = await stat(path).catch((error) => {
        throw explainFileError(error, path)
      })
      if (!found.isDirectory()) throw new StudyError('bad-input', `${path} is a file. Give the folder that it is in.`)
      if (readWatchedFolders(store.reader).some((row) => row.path === path)) {
        throw new StudyError('bad-input', `${path} is watched already.`)
      }
      const row = { id: WatchedFolderId.parse(ids.next()), path, mode }
      store.transaction((db) => insertWatchedFolder(db, row, clock.nowMs()))
      nudge.abort()
      return show(row)
    },

    setMode({ folderId, mode }: { folderId: WatchedFolderId; mode: WatchMode }): WatchedFolder {
      find(folderId)
      store.transaction((db) => updateWatchedFolder(db, folderId, mode))
      nudge.abort()
      return show(find(folderId))
    },

    remove({ folderId }: { folderId: WatchedFolderId }): void {
      find(folderId)
      store.transaction((db) => deleteWatchedFolder(db, folderId))
      states.delete(folderId)
      nudge.abort()
    },

    importNew: ({ folderId }: { folderId: WatchedFolderId }, signal?: AbortSignal) => takeIn(find(folderId), signal),

    dismissNew({ folderId }: { folderId: WatchedFolderId }): WatchedFolder {
      const row = find(folderId)
      settle(folderId, show(row).newFiles)
      return show(row)
    },

    lookThroughAll,

    /**
     * Looks through a folder, or all, until none of their files is being written any more; imports what is new where the
     * folder says so, or everywhere. Tells what became of the files.
     */
    async scan(
      { folderId, takesAll = false }: { folderId?: WatchedFolderId | undefined; takesAll?: boolean },
      signal: AbortSignal,
    ): Promise<ImportOutcome[]> {
      const rows = folderId ? [find(folderId)] : readWatchedFolders(store.reader)
      const outcomes: ImportOutcome[] = []
      for (const row of rows) {
        while (await look(row, signal)) await clock.sleep(SETTLE_MS, signal)
        if (takesAll || row.mode === 'import') outcomes.push(...(await takeIn(row, signal)))
      }
      return outcomes
    },

    /** Asks for a folder by the system's dialog; no path where the person leaves it. Throws `bad-input` where there is none. */
    async choose(): Promise<{ path?: string | undefined }> {
      if (!chooseFolder)
        throw new StudyError('bad-input', 'There is no dialog for folders here. Type its path instead.')
      return { path: await chooseFolder() }
    },

    /** Watches until the signal aborts. */
    async keepWatching(signal: AbortSignal): Promise<void> {
      try {
        while (!signal.aborted) {
          nudge = new AbortController()
          listen(readWatchedFolders(store.reader))
          const isGrowing = await lookThroughAll(signal).catch((err) => {
            if (!signal.aborted) log.warn({ err }, 'a watched folder could not be looked through')
            return false
          })
          const waitMs = isGrowing ? SETTLE_MS : LOOK_EVERY_MS
          await clock.sleep(waitMs, AbortSignal.any([signal, nudge.signal])).catch(() => {})
          // Notices come many at once.
          if (nudge.signal.aborted) await clock.sleep(SETTLE_MS, signal).catch(() => {})
        }
      } finally {
        for (const notice of notices.values()) notice.close()
      }
    },
  }
}

function isSame(known: SeenFile | undefined, file: SeenFile): boolean {
  return known?.byteSize === file.byteSize && known.modifiedMs === file.modifiedMs
}
