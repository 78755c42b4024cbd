import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Job } from './jobs.ts'

export const LastBackup = z.object({ path: z.string(), madeAtMs: z.number() })
export type LastBackup = z.infer<typeof LastBackup>

export const LibraryDataInfo = z.object({
  /** Where a backup might go. */
  suggestedDir: z.string(),
  lastBackup: LastBackup.optional(),
  /** A checked backup takes the library's place at the next start. */
  restoreReady: z.boolean(),
})
export type LibraryDataInfo = z.infer<typeof LibraryDataInfo>

const Folder = z.string().trim().min(1).max(4096)

/** The library as a whole. Folders are of the computer that Abhyas runs on; each answer is the job that does it. */
export const dataContract = {
  info: oc.output(LibraryDataInfo),
  /** Makes a folder abhyas-backup-… in `dir`. */
  backUp: oc.input(z.object({ dir: Folder })).output(Job),
  /** Checks the backup in `path` and makes it ready to take the library's place at the next start. */
  restore: oc.input(z.object({ path: Folder })).output(Job),
  /** Makes a folder abhyas-export-… in `dir`: originals, answers and quizzes as files. */
  exportAll: oc.input(z.object({ dir: Folder })).output(Job),
}
