import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StudyError } from '../errors.ts'

/** Writes a file that is there whole or not at all, and survives a power cut. */
export async function writeWhole(path: string, content: string): Promise<void> {
  const temporary = `${path}.part`
  const handle = await open(temporary, 'w', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, path)
}

/** Makes what was written to a file survive a power cut. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** SHA-256 of a file's bytes, hex. `onBytes` hears of each piece. */
export async function hashFile(path: string, signal: AbortSignal, onBytes?: (count: number) => void): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
    hash.update(piece)
    onBytes?.(piece.length)
  }
  return hash.digest('hex')
}

/** Makes a folder of the person's choice. Throws `folder-unwritable`, with the system's reason. */
export async function makeFolder(path: string): Promise<void> {
  // One by one from the first that is missing: Node's own `recursive` never ends where the system says ENOENT to a new folder, as in /proc.
  const missing: string[] = []
  for (let at = path; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at)
  try {
    for (const folder of missing) await mkdir(folder, { mode: 0o700 })
    if (!(await stat(path)).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' })
  } catch (error) {
    throw explainWriteError(error, path)
  }
}

const UNWRITABLE = /^E(ACCES|PERM|ROFS|NOTDIR|EXIST|NOENT|INVAL|NAMETOOLONG)$/

/** What an error of writing into a folder means to the person; others stay as they are. */
export function explainWriteError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (error instanceof StudyError || !code || !UNWRITABLE.test(code)) return error
  return new StudyError(
    'folder-unwritable',
    `The folder ${path} can't be written to (${code}). Nothing was changed. Choose another folder.`,
    { cause: error },
  )
}
