import { defaultProfileDir } from '../core/ops/profile-dir.ts'
import { openStudyCore, type StudyCore } from '../core/study-core.ts'
import { APP_VERSION, RESOURCES_DIR } from './app-paths.ts'
import type { Terminal } from './terminal.ts'

export interface CommandContext {
  terminal: Terminal
  /** As given by --profile. */
  profileDir: string | undefined
  /** Aborted by Ctrl+C. */
  signal: AbortSignal
}

/**
 * Opens the profile, runs, and closes it whatever happens. `work: true` also runs
 * jobs; a command that only looks leaves queued work alone.
 */
export async function withCore<T>(
  context: CommandContext,
  options: { work: boolean; host?: 'cli' | 'web' },
  run: (core: StudyCore) => Promise<T>,
): Promise<T> {
  const core = await openStudyCore({
    profileDir: context.profileDir ?? defaultProfileDir(),
    host: options.host ?? 'cli',
    appVersion: APP_VERSION,
    resourcesDir: RESOURCES_DIR,
    runJobs: options.work,
  })
  try {
    return await run(core)
  } finally {
    await core.close()
  }
}
