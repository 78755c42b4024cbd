import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'

interface Surroundings {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  homeDir: string
}

/**
 * The folder of this person's data when none was named: ABHYAS_PROFILE, else the
 * place the platform keeps application data (XDG base directories, AppData, Library).
 */
export function defaultProfileDir(
  { platform, env, homeDir }: Surroundings = { platform: process.platform, env: process.env, homeDir: homedir() },
): string {
  if (env.ABHYAS_PROFILE) return env.ABHYAS_PROFILE
  if (platform === 'win32') {
    return win32.join(env.APPDATA || win32.join(homeDir, 'AppData', 'Roaming'), 'Abhyas')
  }
  if (platform === 'darwin') return posix.join(homeDir, 'Library', 'Application Support', 'Abhyas')
  // The specification: a relative XDG_DATA_HOME is invalid and must be ignored.
  const dataHome = env.XDG_DATA_HOME?.startsWith('/') ? env.XDG_DATA_HOME : posix.join(homeDir, '.local', 'share')
  return posix.join(dataHome, 'abhyas')
}
