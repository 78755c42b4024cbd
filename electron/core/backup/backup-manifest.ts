import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StudyError } from '../errors.ts'
import { writeWhole } from './write-whole.ts'

const MANIFEST_FILE = 'backup.json'

/** What a backup says of itself; written last, so that a folder with one is whole. */
export const BackupManifest = z.object({
  format: z.literal(1),
  appVersion: z.string(),
  databaseVersion: z.number().int(),
  databaseSha256: z.string(),
  madeAtMs: z.number(),
  documentCount: z.number().int(),
  /** Original files, by SHA-256. */
  files: z.array(z.object({ sha256: z.string(), byteSize: z.number() })),
  /** Of documents whose original had been lost or damaged before: their text is in the database all the same. */
  lostFiles: z.array(z.string()),
})
export type BackupManifest = z.infer<typeof BackupManifest>

export function writeManifest(dir: string, manifest: BackupManifest): Promise<void> {
  return writeWhole(join(dir, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** Throws `file-missing` for a folder that is no backup, `backup-damaged` for one whose manifest can't be read. */
export async function readManifest(dir: string): Promise<BackupManifest> {
  let text: string
  try {
    text = await readFile(join(dir, MANIFEST_FILE), 'utf8')
  } catch (cause) {
    throw new StudyError(
      'file-missing',
      `There is no finished backup in ${dir}. Choose a folder named abhyas-backup-… that holds a file ${MANIFEST_FILE}.`,
      { cause },
    )
  }
  try {
    return BackupManifest.parse(JSON.parse(text))
  } catch (cause) {
    throw new StudyError('backup-damaged', `The backup in ${dir} can't be read. Nothing was replaced.`, { cause })
  }
}
