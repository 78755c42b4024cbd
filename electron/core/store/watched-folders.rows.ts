import type { WatchMode } from '#contract/folders.ts'
import type { WatchedFolderId } from '#contract/ids.ts'
import type { ReadDb, WriteDb } from './connection.ts'

export interface WatchedFolderRow {
  id: WatchedFolderId
  path: string
  mode: WatchMode
}

/** A file as a look at its folder finds it. */
export interface SeenFile {
  path: string
  byteSize: number
  /** Wall clock, whole ms. */
  modifiedMs: number
}

export interface WatchedFileRow extends SeenFile {
  state: 'new' | 'done'
}

/** In order of path. */
export function readWatchedFolders(db: ReadDb): WatchedFolderRow[] {
  return db.$client.prepare('SELECT id, path, mode FROM watched_folders ORDER BY path').all() as WatchedFolderRow[]
}

export function insertWatchedFolder(db: WriteDb, row: WatchedFolderRow, createdAtMs: number): void {
  db.$client
    .prepare('INSERT INTO watched_folders (id, path, mode, created_at_ms) VALUES (?, ?, ?, ?)')
    .run(row.id, row.path, row.mode, createdAtMs)
}

export function updateWatchedFolder(db: WriteDb, id: WatchedFolderId, mode: WatchMode): void {
  db.$client.prepare('UPDATE watched_folders SET mode = ? WHERE id = ?').run(mode, id)
}

/** With what was seen in it. */
export function deleteWatchedFolder(db: WriteDb, id: WatchedFolderId): void {
  db.$client.prepare('DELETE FROM watched_folders WHERE id = ?').run(id)
}

/** What was seen in a folder, in order of path. */
export function readWatchedFiles(db: ReadDb, folderId: WatchedFolderId): WatchedFileRow[] {
  return db.$client
    .prepare(
      'SELECT path, byte_size AS byteSize, modified_ms AS modifiedMs, state FROM watched_files WHERE folder_id = ? ORDER BY path',
    )
    .all(folderId) as WatchedFileRow[]
}

export function upsertWatchedFiles(db: WriteDb, folderId: WatchedFolderId, rows: readonly WatchedFileRow[]): void {
  const upsert = db.$client.prepare(
    'INSERT OR REPLACE INTO watched_files (folder_id, path, byte_size, modified_ms, state) VALUES (?, ?, ?, ?, ?)',
  )
  for (const { path, byteSize, modifiedMs, state } of rows) upsert.run(folderId, path, byteSize, modifiedMs, state)
}

export function deleteWatchedFiles(db: WriteDb, folderId: WatchedFolderId, paths: readonly string[]): void {
  const remove = db.$client.prepare('DELETE FROM watched_files WHERE folder_id = ? AND path = ?')
  for (const path of paths) remove.run(folderId, path)
}

/** Whether the library has a document of this path and size: it was imported by hand. */
export function isInLibraryAlready(db: ReadDb, { path, byteSize }: SeenFile): boolean {
  const found = db.$client
    .prepare('SELECT 1 FROM documents WHERE path = ? AND byte_size = ? AND deleted_at_ms IS NULL')
    .get(path, byteSize)
  return found !== undefined
}
