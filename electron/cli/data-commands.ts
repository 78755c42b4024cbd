import { resolve } from 'node:path'
import type { Job } from '#contract/jobs.ts'
import { databaseCopier } from '../core/adapters/database-worker.ts'
import { finishRestore, stageRestore } from '../core/backup/restore-backup.ts'
import { fromFailure, StudyError } from '../core/errors.ts'
import { makeIds } from '../core/ops/make-ids.ts'
import { defaultProfileDir } from '../core/ops/profile-dir.ts'
import { systemClock } from '../core/ops/system-clock.ts'
import { lockProfile } from '../core/store/lock-profile.ts'
import type { StudyCore } from '../core/study-core.ts'
import { EXIT_OK } from './exit-codes.ts'
import { type CommandContext, withCore } from './with-core.ts'

/** `abhyas backup DIR`: a checked copy of the whole library in a folder of its own. */
export function backupCommand(context: CommandContext, [dir = '']: string[]): Promise<number> {
  return runDataJob(context, (core) => core.data.backUp({ dir: resolve(dir) }), 'Backed up to')
}

/** `abhyas export DIR`: originals, answers and quizzes as files. */
export function exportCommand(context: CommandContext, [dir = '']: string[]): Promise<number> {
  return runDataJob(context, (core) => core.data.exportAll({ dir: resolve(dir) }), 'Exported to')
}

function runDataJob(context: CommandContext, start: (core: StudyCore) => Job, said: string): Promise<number> {
  const { terminal, signal } = context
  return withCore(context, { work: true }, async (core) => {
    if (core.jobs.paused())
      throw new StudyError('not-ready', 'All work is paused. Run "abhyas jobs resume", then try again.')
    const job = start(core)
    const followed = new AbortController()
    const following = follow(core, job, context, AbortSignal.any([signal, followed.signal]))
    let ended: Job
    try {
      ended = await core.jobs.finished(job.id, signal)
    } catch (error) {
      // Interrupted: half a backup is of no use to anybody, and would be gone on with at the next start.
      if (signal.aborted) core.jobs.cancel(job.id)
      throw error
    } finally {
      followed.abort()
      await following
    }
    if (ended.failure && ended.state !== 'done') {
      core.jobs.cancel(job.id)
      throw fromFailure(ended.failure)
    }
    terminal.result({ path: job.title, jobId: job.id }, () => [`${said} ${job.title}`])
    return EXIT_OK
  })
}

async function follow(core: StudyCore, { id }: Job, { terminal }: CommandContext, signal: AbortSignal): Promise<void> {
  for await (const { id: changed, progress } of core.jobs.changes(signal)) {
    if (changed !== id || !progress) continue
    terminal.progress(
      { type: 'progress', ...progress },
      () => `${progress.stage} ${progress.done} of ${progress.total}`,
    )
  }
}

/**
 * `abhyas restore BACKUP`: works on a profile whose database is damaged too, so it opens no library. Everything is
 * checked first; what was there before is kept in the profile's folder `replaced`.
 */
export async function restoreCommand(context: CommandContext, [backup = '']: string[]): Promise<number> {
  const { terminal, signal } = context
  const profileDir = context.profileDir ?? defaultProfileDir()
  const lock = lockProfile(profileDir, { pid: process.pid, host: 'cli', sinceMs: systemClock.nowMs() })
  try {
    const parts = { profileDir, copier: databaseCopier, ids: makeIds({ clock: systemClock }) }
    const onProgress = (done: number, total: number) =>
      terminal.progress(
        { type: 'progress', stage: 'copy-files', done, total, unit: 'bytes' },
        () => `${done} of ${total} bytes`,
      )
    const { documentCount, madeAtMs, lostFiles } = await stageRestore(parts, resolve(backup), { signal, onProgress })
    const replaced = finishRestore(profileDir)
    const result = { documentCount, madeAtMs, lostFileCount: lostFiles.length, replaced }
    terminal.result(result, () => [
      `Restored ${documentCount} documents from the backup of ${new Date(madeAtMs).toLocaleString()}.`,
      ...(lostFiles.length > 0
        ? [`${lostFiles.length} original files had been lost before that backup was made.`]
        : []),
      `The library that was here before is kept in ${replaced}`,
    ])
    return EXIT_OK
  } finally {
    lock.release()
  }
}
