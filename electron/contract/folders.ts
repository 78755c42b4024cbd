import { oc } from '@orpc/contract'
import { z } from 'zod'
import { ImportOutcome } from './documents.ts'
import { WatchedFolderId } from './ids.ts'

/** offer: new files are told and wait for the person · import: they are taken in by themselves */
export const WatchMode = z.enum(['offer', 'import'])
export type WatchMode = z.infer<typeof WatchMode>

export const WatchedFolder = z.object({
  id: WatchedFolderId,
  path: z.string(),
  mode: WatchMode,
  /** missing: not there now (moved, or on a drive that is away) · partly: too many files, only the first are watched */
  state: z.enum(['watching', 'partly', 'missing', 'unreadable']),
  /** Files that could be imported and were not yet, by path. */
  newFiles: z.array(z.string()),
})
export type WatchedFolder = z.infer<typeof WatchedFolder>

const OfFolder = z.object({ folderId: WatchedFolderId })

export const foldersContract = {
  /** In order of path. */
  list: oc.output(z.array(WatchedFolder)),
  /** Watches a folder and all below it. Fails with `file-missing`, `file-unreadable`, `bad-input` (no folder, or watched already). */
  add: oc.input(z.object({ path: z.string().trim().min(1), mode: WatchMode })).output(WatchedFolder),
  /** Opens the system's folder dialog; no path where the person leaves it. The desktop app alone has one: else `bad-input`. */
  choose: oc.output(z.object({ path: z.string().optional() })),
  setMode: oc.input(OfFolder.extend({ mode: WatchMode })).output(WatchedFolder),
  /** Stops watching; what was imported stays. */
  remove: oc.input(OfFolder),
  importNew: oc.input(OfFolder).output(z.array(ImportOutcome)),
  /** Leaves the new files out, until they change. */
  dismissNew: oc.input(OfFolder).output(WatchedFolder),
}
