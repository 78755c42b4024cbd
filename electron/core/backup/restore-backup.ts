import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { copyFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ByteProgress, DatabaseCopier } from '../adapters/database-worker.ts'
import { StudyError } from '../errors.ts'
import type { JobDefinition } from '../jobs/job-definition.ts'
import type { Ids } from '../ports.ts'
import { makeBlobStore, syncFolder } from '../store/blobs.ts'
import { DATABASE_FILE, newestDatabaseVersion } from '../store/open-store.ts'
import { type BackupManifest, readManifest } from './backup-manifest.ts'
import { hashFile, makeFolder, syncFile, writeWhole } from './write-whole.ts'

export const RESTORE_BACKUP = 'restore-backup'
/** Being copied in, and copied in whole: the rename between the two is what makes a restore happen. */
const PART_DIR = 'restore-part'
const READY_DIR = 'restore-ready'
/** Where the library that was replaced is kept. */
const REPLACED_DIR = 'replaced'
const NAME_FILE = 'replaced-name'

export interface RestoreParts {
  profileDir: string
  copier: DatabaseCopier
  ids: Ids
}

/**
 * Copies a backup into the profile and checks every byte of it; the library stays as it is until `finishRestore`.
 * Throws `file-missing` (no backup there), `backup-damaged`, `database-newer`, `disk-full`, the signal's reason.
 */
export async function stageRestore(
  { profileDir, copier, ids }: RestoreParts,
  backupDir: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress: ByteProgress },
): Promise<BackupManifest> {
  const manifest = await readManifest(backupDir)
  const newest = newestDatabaseVersion()
  if (manifest.databaseVersion > newest) {
    throw new StudyError(
      'database-newer',
      `This backup was made by a newer Abhyas (data version ${manifest.databaseVersion}; this app knows ${newest}). ` +
        'Nothing was replaced. Update the app, then restore it.',
    )
  }
  const dir = join(profileDir, PART_DIR)
  await rm(dir, { recursive: true, force: true })
  await makeFolder(dir)
  const database = join(dir, DATABASE_FILE)
  try {
    await copyFile(join(backupDir, DATABASE_FILE), database)
  } catch (error) {
    throw isAbsent(error) ? damaged(`its ${DATABASE_FILE} is missing`, error) : error
  }
  if ((await hashFile(database, signal)) !== manifest.databaseSha256) {
    throw damaged(`its ${DATABASE_FILE} is not what was backed up`)
  }
  await copier.check(database, signal)
  await syncFile(database)
  await copyFiles(manifest, { from: join(backupDir, 'blobs'), to: join(dir, 'blobs'), ids }, { signal, onProgress })
  await writeWhole(join(dir, NAME_FILE), ids.next())
  await syncFolder(dir)
  await rm(join(profileDir, READY_DIR), { recursive: true, force: true })
  await rename(dir, join(profileDir, READY_DIR))
  await syncFolder(profileDir)
  return manifest
}

async function copyFiles(
  { files }: BackupManifest,
  { from, to, ids }: { from: string; to: string; ids: Ids },
  { signal, onProgress }: { signal: AbortSignal; onProgress: ByteProgress },
): Promise<void> {
  const target = makeBlobStore({ dir: to, ids })
  const total = files.reduce((sum, { byteSize }) => sum + byteSize, 0)
  let done = 0
  for (const { sha256, byteSize } of files) {
    signal.throwIfAborted()
    const path = join(from, sha256.slice(0, 2), sha256)
    const copied = await target.put(path, signal).catch((error) => {
      throw isAbsent(error) ? damaged(`the file ${path} is missing`, error) : error
    })
    if (copied.sha256 !== sha256) throw damaged(`the file ${path} is not what was backed up`)
    done += byteSize
    onProgress(done, total)
  }
}

/** True where a checked backup waits to take the library's place. */
export function isRestoreReady(profileDir: string): boolean {
  return existsSync(join(profileDir, READY_DIR))
}

/**
 * Puts a checked backup in the library's place, and the library into `replaced/`: called with the profile locked and
 * nothing open. Every step is one rename, and a run that was ended anywhere is gone on with at the next start.
 * Gives the folder of what was replaced; undefined where nothing waits.
 */
export function finishRestore(profileDir: string, move = renameSync): string | undefined {
  const ready = join(profileDir, READY_DIR)
  if (!existsSync(ready)) return undefined
  const replaced = join(profileDir, REPLACED_DIR, readFileSync(join(ready, NAME_FILE), 'utf8'))
  mkdirSync(replaced, { recursive: true, mode: 0o700 })
  const setAside = (name: string) => {
    if (existsSync(join(profileDir, name))) move(join(profileDir, name), join(replaced, name))
  }
  // The database goes in last: as long as it waits, what stands in the profile is of the old library or put in by this.
  if (existsSync(join(ready, DATABASE_FILE))) {
    for (const name of [DATABASE_FILE, `${DATABASE_FILE}-wal`, `${DATABASE_FILE}-shm`, 'index']) setAside(name)
    if (existsSync(join(ready, 'blobs'))) {
      setAside('blobs')
      move(join(ready, 'blobs'), join(profileDir, 'blobs'))
    }
    move(join(ready, DATABASE_FILE), join(profileDir, DATABASE_FILE))
  }
  rmSync(ready, { recursive: true })
  return replaced
}

const Payload = z.object({ path: z.string() })

/** The job that makes a backup ready to take the library's place at the next start. */
export function makeRestoreJob(parts: RestoreParts): JobDefinition<z.infer<typeof Payload>> {
  return {
    kind: RESTORE_BACKUP,
    payload: Payload,
    cursor: z.unknown(),
    limit: 1,
    priority: 60,
    maxAttempts: 3,
    async run({ path }, { signal, progress }) {
      const onProgress: ByteProgress = (done, total) => progress({ stage: 'copy-files', done, total, unit: 'bytes' })
      await stageRestore(parts, path, { signal, onProgress })
      return { type: 'done' }
    },
  }
}

function isAbsent(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
}

function damaged(what: string, cause?: unknown): StudyError {
  return new StudyError(
    'backup-damaged',
    `The backup can't be used: ${what}. Nothing was replaced. Use another backup.`,
    {
      cause,
    },
  )
}
