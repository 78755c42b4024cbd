import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

/** A window needs a screen: on Linux a display server must be named. */
export function hasDisplay(
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/** Chromium's sandbox refuses to run as root, and without this nothing would open. */
export function needsNoSandbox(platform: NodeJS.Platform = process.platform, uid = process.getuid?.()): boolean {
  return platform === 'linux' && uid === 0
}

/**
 * Opens a page in a window of its own: no tabs, no address bar, a browser profile
 * apart from the person's, and none of Chromium's own traffic.
 */
export function openAppWindow(program: string, pageUrl: string, profileDir: string): ChildProcess {
  return spawn(
    program,
    [
      `--app=${pageUrl}`,
      `--user-data-dir=${join(profileDir, 'browser')}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-extensions',
      '--password-store=basic',
      ...(needsNoSandbox() ? ['--no-sandbox'] : []),
    ],
    { stdio: 'ignore' },
  )
}

/** Hands a page to the person's own browser. Resolves false when there is none to hand it to. */
export function openDefaultBrowser(pagePath: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const [command, ...parameters] = openCommand(pagePath, platform)
  const child = spawn(command, parameters, { stdio: 'ignore', windowsHide: true })
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
}

export function openCommand(pagePath: string, platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === 'darwin') return ['open', pagePath]
  // The empty string is the window's title, which `start` takes first when its argument is quoted.
  if (platform === 'win32') return ['cmd', '/c', 'start', '""', pagePath]
  return ['xdg-open', pagePath]
}
