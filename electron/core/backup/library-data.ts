import { homedir } from 'node:os'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { LastBackup, type LibraryDataInfo } from '#contract/data.ts'
import type { Job } from '#contract/jobs.ts'
import { StudyError } from '../errors.ts'
import type { JobRequest } from '../jobs/job-definition.ts'
import type { JobRunner } from '../jobs/job-runner.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/open-store.ts'
import { readSettingRows } from '../store/settings.rows.ts'
import { BACK_UP_LIBRARY, LAST_BACKUP } from './back-up-library.ts'
import { EXPORT_LIBRARY } from './export-library.ts'
import { isRestoreReady, RESTORE_BACKUP } from './restore-backup.ts'

export interface LibraryDataParts {
  store: Store
  jobs: Pick<JobRunner, 'enqueue' | 'wake' | 'get'>
  clock: Clock
  profileDir: string
}

/** Backup, restore and export: one method a procedure of dataContract. Each names a folder of this computer. */
export type LibraryData = ReturnType<typeof makeLibraryData>

export function makeLibraryData({ store, jobs, clock, profileDir }: LibraryDataParts) {
  function start(request: Omit<JobRequest, 'key'>): Job {
    const { jobId } = store.transaction((db) => jobs.enqueue(db, { ...request, key: 'library' }))
    jobs.wake()
    const job = jobs.get(jobId)
    if (!job) throw new StudyError('internal', 'The job was not kept. Try again.')
    return job
  }

  /** A folder of ours in one of the person's, named by the time; outside the profile, or it would hold itself. */
  function folderIn(dir: string, name: string): string {
    const given = absolute(dir)
    if (!relative(resolve(profileDir), given).startsWith('..')) {
      throw new StudyError('bad-input', `${given} is inside the profile itself. Choose a folder outside ${profileDir}.`)
    }
    return join(given, `abhyas-${name}-${stampOf(clock.nowMs())}`)
  }

  return {
    info(): LibraryDataInfo {
      const last = LastBackup.safeParse(readSettingRows(store.reader)[LAST_BACKUP])
      return {
        suggestedDir: join(homedir(), 'Abhyas backups'),
        restoreReady: isRestoreReady(profileDir),
        ...(last.success ? { lastBackup: last.data } : {}),
      }
    },
    backUp({ dir }: { dir: string }): Job {
      const target = folderIn(dir, 'backup')
      return start({ kind: BACK_UP_LIBRARY, payload: { target }, title: target })
    },
    restore({ path }: { path: string }): Job {
      return start({ kind: RESTORE_BACKUP, payload: { path: absolute(path) }, title: absolute(path) })
    },
    exportAll({ dir }: { dir: string }): Job {
      const target = folderIn(dir, 'export')
      return start({ kind: EXPORT_LIBRARY, payload: { target }, title: target })
    },
  }
}

/** As a person types it: ~ is their home. Throws `bad-input` for a path that depends on where the app was started. */
function absolute(path: string): string {
  const whole = path.trim().replace(/^~(?=$|[\\/])/, homedir())
  if (!isAbsolute(whole)) {
    throw new StudyError(
      'bad-input',
      `“${path}” is not a whole path. Write it from the root, or with ~ for your home folder.`,
    )
  }
  return resolve(whole)
}

/** 2026-11-26-214507, local time. */
function stampOf(nowMs: number): string {
  const date = new Date(nowMs)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`
}
