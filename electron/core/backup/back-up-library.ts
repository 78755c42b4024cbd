import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { ByteProgress, DatabaseCopier } from '../adapters/database-worker.ts'
import { StudyError } from '../errors.ts'
import type { JobContext, JobDefinition } from '../jobs/job-definition.ts'
import type { Clock, Ids } from '../ports.ts'
import { type BlobFile, listBlobs, makeBlobStore, syncFolder } from '../store/blobs.ts'
import { openReadConnection } from '../store/connection.ts'
import { findRowBySha256 } from '../store/documents.rows.ts'
import { readJob } from '../store/jobs.rows.ts'
import { DATABASE_FILE, type Store } from '../store/open-store.ts'
import { writeSettingRow } from '../store/settings.rows.ts'
import { readManifest, writeManifest } from './backup-manifest.ts'
import { explainWriteError, hashFile, makeFolder, syncFile } from './write-whole.ts'

export const BACK_UP_LIBRARY = 'back-up-library'

/** The folder to be made: it is there when the backup is whole, and not before. */
export const BackupPayload = z.object({ target: z.string() })
export type BackupPayload = z.infer<typeof BackupPayload>

/** What is to be copied next. */
export const BackupCursor = z.object({ stage: z.enum(['database', 'files']) })
type BackupCursor = z.infer<typeof BackupCursor>

export interface BackupParts {
  store: Store
  /** The profile's folder of original files. */
  blobsDir: string
  copier: DatabaseCopier
  clock: Clock
  ids: Ids
  appVersion: string
}

/** Where the last backup is noted: a row of settings, for the page that says how old it is. */
export const LAST_BACKUP = 'lastBackup'

/**
 * The job that makes a backup: the database as it is at one moment, then every original file, then a look at all that was
 * written, byte by byte. Work in the library goes on meanwhile. A run that was ended goes on with the files that are missing.
 */
export function makeBackupJob(parts: BackupParts): JobDefinition<BackupPayload, BackupCursor> {
  return {
    kind: BACK_UP_LIBRARY,
    payload: BackupPayload,
    cursor: BackupCursor,
    limit: 1,
    priority: 60,
    maxAttempts: 3,
    async run({ target }, context) {
      try {
        // Renamed just before a crash: all that is left is to say so.
        if (!existsSync(target)) await writeBackup(parts, `${target}.part`, context)
        const { madeAtMs } = await readManifest(existsSync(target) ? target : `${target}.part`)
        if (!existsSync(target)) {
          await rename(`${target}.part`, target)
          await syncFolder(dirname(target))
        }
        return { type: 'done', effects: (db) => writeSettingRow(db, LAST_BACKUP, { path: target, madeAtMs }) }
      } catch (error) {
        // Half a backup that nobody will go on with.
        const cancelled = context.signal.aborted && readJob(parts.store.reader, context.jobId)?.state === 'cancelled'
        if (cancelled) await rm(`${target}.part`, { recursive: true, force: true })
        throw explainWriteError(error, target)
      }
    },
  }
}

async function writeBackup(parts: BackupParts, dir: string, context: JobContext<BackupCursor>): Promise<void> {
  const { store, copier, clock, appVersion } = parts
  const { signal } = context
  const database = join(dir, DATABASE_FILE)
  await makeFolder(dir)
  let stage = existsSync(database) ? (context.cursor?.stage ?? 'database') : 'database'
  let lostFiles: string[]
  do {
    if (stage === 'database') {
      await rm(database, { force: true })
      await copier.copy(store.file, database, { signal, onProgress: tell(context, 'copy-database') })
      await syncFile(database)
      stage = 'files'
      context.commit(() => undefined, { stage })
    }
    lostFiles = await copyFiles(parts, dir, context)
    // A document that was deleted since the database was copied took its file with it: then that copy is out of date.
    if (lostFiles.some((sha256) => !findRowBySha256(store.reader, sha256))) stage = 'database'
  } while (stage === 'database')
  const { databaseVersion, databaseSha256, files } = await verify(parts, dir, context)
  const documentCount = readFileHashes(database).documentCount
  await writeManifest(dir, {
    format: 1,
    appVersion,
    databaseVersion,
    databaseSha256,
    madeAtMs: clock.nowMs(),
    documentCount,
    files: files.map(({ sha256, byteSize }) => ({ sha256, byteSize })),
    lostFiles,
  })
  await syncFolder(dir)
}

/** Copies what is not there yet. Gives the files that the copied database names and that are not to be had. */
async function copyFiles(
  { blobsDir, ids }: BackupParts,
  dir: string,
  { signal, ...context }: JobContext<BackupCursor>,
): Promise<string[]> {
  const targetDir = join(dir, 'blobs')
  const target = makeBlobStore({ dir: targetDir, ids })
  const files = listBlobs(blobsDir)
  const onProgress = tell(context, 'copy-files')
  const total = sumOf(files)
  let done = 0
  for (const { sha256, byteSize, path } of files) {
    signal.throwIfAborted()
    if (!target.pathOf(sha256)) {
      await target.put(path, signal).catch((error) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || existsSync(path)) throw error // else: deleted meanwhile
      })
    }
    done += byteSize
    onProgress(done, total)
  }
  await rm(join(targetDir, 'incoming'), { recursive: true, force: true })
  return readFileHashes(join(dir, DATABASE_FILE)).sha256s.filter((sha256) => !target.pathOf(sha256))
}

/** Reads all that was written and holds it against what it should be. */
async function verify({ copier }: BackupParts, dir: string, context: JobContext<BackupCursor>) {
  const { signal } = context
  const database = join(dir, DATABASE_FILE)
  const databaseVersion = await copier.check(database, signal)
  const files = listBlobs(join(dir, 'blobs'))
  const onProgress = tell(context, 'verify')
  const total = sumOf(files)
  let done = 0
  for (const { sha256, path } of files) {
    const found = await hashFile(path, signal, (count) => {
      done += count
      onProgress(done, total)
    })
    if (found !== sha256) {
      throw new StudyError('backup-damaged', `What was written to ${path} can't be read back. Choose another disk.`)
    }
  }
  return { databaseVersion, databaseSha256: await hashFile(database, signal), files }
}

function readFileHashes(database: string): { sha256s: string[]; documentCount: number } {
  const db = openReadConnection(database)
  try {
    const sha256s = db.$client.prepare('SELECT sha256 FROM documents').pluck().all() as string[]
    return { sha256s: [...new Set(sha256s)], documentCount: sha256s.length }
  } finally {
    db.$client.close()
  }
}

function tell({ progress }: Pick<JobContext<BackupCursor>, 'progress'>, stage: string): ByteProgress {
  return (done, total) => progress({ stage, done, total, unit: 'bytes' })
}

function sumOf(files: readonly BlobFile[]): number {
  return files.reduce((sum, { byteSize }) => sum + byteSize, 0)
}
