import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { kindOfName } from '#contract/readable-files.ts'
import type { SeenFile } from '../store/watched-folders.rows.ts'

export interface FolderScan {
  files: SeenFile[]
  /** There was more than is looked at. */
  isCut: boolean
}

/** A home folder by mistake has hundreds of thousands: looking at these takes well under a second. */
export const MOST_ENTRIES = 20_000
const MOST_DEPTH = 8

/**
 * The files of a folder, at any depth up to eight, whose names Abhyas reads.
 * Hidden ones and links are left out; so is a folder below it that can't be read.
 * Throws what the system says when the folder itself can't be read.
 */
export async function scanFolder(root: string, signal: AbortSignal, mostEntries = MOST_ENTRIES): Promise<FolderScan> {
  const files: SeenFile[] = []
  const waiting = [{ folder: root, depth: 0 }]
  let entriesSeen = 0
  let isCut = false
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    signal.throwIfAborted()
    const { folder, depth } = next
    const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
      if (depth === 0) throw error
      return []
    })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue
      if (++entriesSeen > mostEntries) return { files, isCut: true }
      const path = join(folder, entry.name)
      if (entry.isDirectory()) {
        if (depth < MOST_DEPTH) waiting.push({ folder: path, depth: depth + 1 })
        else isCut = true
      } else if (entry.isFile() && kindOfName(entry.name)) {
        // Gone since the folder was read: nothing is missed.
        const found = await stat(path).catch(() => undefined)
        if (found) files.push({ path, byteSize: found.size, modifiedMs: Math.trunc(found.mtimeMs) })
      }
    }
  }
  return { files, isCut }
}
