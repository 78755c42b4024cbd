import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BlobStore, Ids } from '../ports.ts'

/**
 * Blobs in a folder, two levels deep by the address's first byte. A file is there
 * whole or not at all: temporary file, fsync, rename, fsync of the folder.
 */
export function makeBlobStore({ dir, ids }: { dir: string; ids: Ids }): BlobStore {
  const place = (sha256: string) => join(dir, sha256.slice(0, 2), sha256)
  mkdirSync(join(dir, 'incoming'), { recursive: true })
  return {
    async put(sourcePath, signal) {
      const temporary = join(dir, 'incoming', ids.next())
      const hash = createHash('sha256')
      let byteSize = 0
      try {
        const target = await open(temporary, 'wx')
        try {
          for await (const piece of createReadStream(sourcePath, { highWaterMark: 1 << 20, signal })) {
            hash.update(piece)
            byteSize += piece.length
            await target.write(piece)
          }
          await target.sync()
        } finally {
          await target.close()
        }
        const sha256 = hash.digest('hex')
        if (existsSync(place(sha256))) return { sha256, byteSize }
        const folder = join(dir, sha256.slice(0, 2))
        mkdirSync(folder, { recursive: true })
        await rename(temporary, place(sha256))
        await syncFolder(folder)
        return { sha256, byteSize }
      } finally {
        await rm(temporary, { force: true })
      }
    },
    pathOf(sha256) {
      return existsSync(place(sha256)) ? place(sha256) : undefined
    },
    async delete(sha256) {
      await rm(place(sha256), { force: true })
    },
  }
}

export interface BlobFile {
  sha256: string
  byteSize: number
  path: string
}

/** Every file of a blob folder, in the order of their addresses. */
export function listBlobs(dir: string): BlobFile[] {
  const isAddress = (name: string) => /^[0-9a-f]{64}$/.test(name)
  const names = existsSync(dir) ? readdirSync(dir, { recursive: true, withFileTypes: true }) : []
  return names
    .filter((entry) => entry.isFile() && isAddress(entry.name))
    .map(({ name, parentPath }) => ({ sha256: name, path: join(parentPath, name) }))
    .map((file) => ({ ...file, byteSize: statSync(file.path, { throwIfNoEntry: false })?.size ?? 0 }))
    .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
}

/** Makes a rename survive a power cut; Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
