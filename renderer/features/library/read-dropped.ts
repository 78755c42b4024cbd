import { isReadable } from './pick-files.ts'

/** More at once is a whole disk dropped by mistake. */
const MOST_FILES = 5000

/** What was dropped on the window, folders opened. */
export interface Dropped {
  files: File[]
  /** Folders without a file that can be read. */
  emptyFolders: string[]
}

/**
 * The files that were dropped, and of each folder those at any depth whose names can be
 * read, hidden ones left out. To be called in the drop event itself: afterwards the
 * browser tells nothing of it.
 */
export function readDropped(transfer: Pick<DataTransfer, 'items' | 'files'>): Promise<Dropped> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? [])
  const files = [...transfer.files]
  return openAll(entries, files)
}

async function openAll(entries: readonly FileSystemEntry[], files: File[]): Promise<Dropped> {
  const folders = entries.filter((entry): entry is FileSystemDirectoryEntry => entry.isDirectory)
  if (folders.length === 0) return { files, emptyFolders: [] }
  // A folder stands among the dropped files too, as one that can't be read.
  const names = new Set(folders.map(({ name }) => name))
  const found = files.filter((file) => !(names.has(file.name) && file.type === ''))
  const emptyFolders: string[] = []
  for (const folder of folders) {
    const before = found.length
    await openFolder(folder, found)
    if (found.length === before) emptyFolders.push(folder.name)
  }
  return { files: found, emptyFolders }
}

async function openFolder(folder: FileSystemDirectoryEntry, found: File[]): Promise<void> {
  const reader = folder.createReader()
  const entries: FileSystemEntry[] = []
  for (;;) {
    // A folder is told in parts, the last of which is empty.
    const part = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])))
    if (part.length === 0) break
    entries.push(...part)
  }
  entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  for (const entry of entries) {
    if (found.length >= MOST_FILES) return
    if (entry.name.startsWith('.')) continue
    if (entry.isDirectory) await openFolder(entry as FileSystemDirectoryEntry, found)
    else if (isReadable(entry.name)) {
      const file = await new Promise<File | undefined>((resolve) =>
        (entry as FileSystemFileEntry).file(resolve, () => resolve(undefined)),
      )
      if (file) found.push(file)
    }
  }
}
