import { accessSync, constants, statSync } from 'node:fs'
import { posix, win32 } from 'node:path'

interface Surroundings {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  /** Whether a file is there and can be run. */
  isProgram(path: string): boolean
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser']
const WINDOWS_PATHS = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
]

/** The path of a Chromium or its kin on this computer: CHROME_PATH if it is one, else the usual places. */
export function findChromium(
  { platform, env, isProgram }: Surroundings = {
    platform: process.platform,
    env: process.env,
    isProgram: isProgramFile,
  },
): string | undefined {
  const given = env.CHROME_PATH
  if (given && isProgram(given)) return given
  return usualPlaces(platform, env).find(isProgram)
}

function usualPlaces(platform: NodeJS.Platform, env: Surroundings['env']): string[] {
  if (platform === 'win32') {
    const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter((root) => root !== undefined)
    return WINDOWS_PATHS.flatMap((parts) => roots.map((root) => win32.join(root, ...parts)))
  }
  const folders = (env.PATH ?? '').split(posix.delimiter).filter((folder) => folder !== '')
  const inPath = NAMES.flatMap((name) => folders.map((folder) => posix.join(folder, name)))
  if (platform !== 'darwin') return inPath
  return [...MAC_APPS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`), ...inPath]
}

export function isProgramFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    // Not there or not ours to run: both mean to look further.
    return false
  }
}
