// Brings the browser that the end-to-end tests drive: one that is there, else Debian's.
import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { findChromium, isProgramFile } from './find-browser.ts'

export { findChromium }

const HOW_TO = 'Install Chromium or Chrome, or set CHROME_PATH to one, then run the tests again.'

function ensureChromium(): string {
  const found = findChromium()
  if (found) return `Chromium for the tests: ${found}`
  const prefix = administratorPrefix()
  if (!isProgramFile('/usr/bin/apt-get') || !prefix)
    throw new Error(`No Chromium here, and none can be installed. ${HOW_TO}`)
  console.log('No Chromium here: installing the one of this system (apt) …')
  apt(prefix, ['update'])
  apt(prefix, ['install', '-y', '--no-install-recommends', 'chromium'])
  const installed = findChromium()
  if (!installed) throw new Error(`apt installed chromium, but there is no program of that name. ${HOW_TO}`)
  return `Chromium for the tests: ${installed} (just installed)`
}

/** What to put before a command that changes the system; undefined when this person may not, or only with a password. */
function administratorPrefix(): string[] | undefined {
  if (process.getuid?.() === 0) return []
  const sudo = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' })
  return sudo.status === 0 ? ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'] : undefined
}

function apt(prefix: readonly string[], parameters: readonly string[]): void {
  const [command = '', ...rest] = [...prefix, 'apt-get', '-q', ...parameters]
  const { status, stdout, stderr, error } = spawnSync(command, rest, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status === 0) return
  const reason = error?.message ?? (stderr || stdout).trim().split('\n').at(-1)
  throw new Error(`"apt-get ${parameters.join(' ')}" failed: ${reason}. ${HOW_TO}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(ensureChromium())
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
