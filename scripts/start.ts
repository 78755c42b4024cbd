// `npm start`: opens Abhyas in Electron where its program is or can be fetched, else
// in a browser window over the web host, else prints the address. One clear line for
// each thing it does or cannot do; never a stack trace.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { APP_VERSION, RENDERER_DIR, RESOURCES_DIR } from '../electron/cli/app-paths.ts'
import { exitCodeOf } from '../electron/cli/exit-codes.ts'
import { StudyError, toFailure } from '../electron/core/errors.ts'
import { systemClock } from '../electron/core/ops/system-clock.ts'
import { lockProfile, type ProfileHolder, readProfileHolder } from '../electron/core/store/lock-profile.ts'
import { openStudyCore } from '../electron/core/study-core.ts'
import { startWebHost, type WebHost } from '../electron/web-host/start-web-host.ts'
import { inRoot } from './app-root.ts'
import type { BuildTarget } from './build.ts'
import { isBuilt } from './build-stamp.ts'
import { findChromium } from './find-browser.ts'
import { fetchElectron, findElectron, runElectron } from './start/electron-program.ts'
import { removeOpeningPages, writeOpeningPage } from './start/opening-page.ts'
import { hasDisplay, needsNoSandbox, openAppWindow, openDefaultBrowser } from './start/show-page.ts'
import { readStartOptions, START_HELP, type StartOptions } from './start/start-options.ts'

const FETCH_ELECTRON_WITHIN_MS = 20_000
/** An Electron that ends in less never showed a window. */
const TOO_SOON_MS = 10_000
const STOP_WITHIN_MS = 5_000
/** Ctrl+C reaches this process from the terminal and once more through npm: one press, not two. */
const SAME_PRESS_MS = 1_000

const say = (line: string) => console.log(line)

async function start(options: StartOptions): Promise<number> {
  if (options.help) {
    process.stdout.write(START_HELP)
    return 0
  }
  const holder = findHolder(options.profileDir)
  if (holder && holder.host !== 'electron') return pointAt(holder, options)
  await buildIfStale('renderer', 'the window')
  if (!options.browser && hasDisplay()) {
    const outcome = await startElectron(options.profileDir)
    if ('exitCode' in outcome) return outcome.exitCode
    say(`Electron is not used: ${outcome.reason}. Abhyas opens in a browser window instead.`)
  }
  return serve(options)
}

/** Who has the profile open now. The lock itself is asked: a note of who had it may outlive them. */
function findHolder(profileDir: string): ProfileHolder | undefined {
  try {
    lockProfile(profileDir, { pid: process.pid, host: 'web', sinceMs: systemClock.nowMs() }).release()
    return undefined
  } catch (error) {
    if (!(error instanceof StudyError && error.code === 'profile-locked')) throw error
    const holder = readProfileHolder(profileDir)
    if (!holder || (holder.host !== 'electron' && !holder.address)) throw error
    return holder
  }
}

async function pointAt({ address = '' }: ProfileHolder, options: StartOptions): Promise<number> {
  say(`Abhyas is running already at ${address}`)
  if (options.open && hasDisplay()) {
    await openDefaultBrowser(writeOpeningPage(openingDir(options.profileDir), address).path)
  }
  return 0
}

/** In a process of its own, so that the bundler's memory is not the app's for as long as it runs. */
async function buildIfStale(target: BuildTarget, what: string): Promise<void> {
  if (isBuilt(target)) return
  const begunMs = performance.now()
  process.stdout.write(`Building ${what} (once for each version) …`)
  const child = spawn(process.execPath, [inRoot('scripts/build.ts'), target], { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (piece) => {
    complaint += piece
  })
  const [code] = await once(child, 'close')
  const seconds = ((performance.now() - begunMs) / 1000).toFixed(1)
  process.stdout.write(code === 0 ? ` done in ${seconds} s\n` : ' failed\n')
  if (code === 0) return
  process.stderr.write(complaint)
  throw new StudyError('internal', `Building ${what} failed; the lines above say why. Your library was not touched.`)
}

async function startElectron(profileDir: string): Promise<{ exitCode: number } | { reason: string }> {
  let program = findElectron()
  if (!program) {
    say("Fetching Electron's program (once, about 110 MB) …")
    const fetched = await fetchElectron(FETCH_ELECTRON_WITHIN_MS)
    if ('reason' in fetched) return fetched
    program = fetched.program
  }
  await buildIfStale('electron', 'the desktop app')
  const asRoot = needsNoSandbox()
  if (asRoot) say('Started as root: the window runs without its sandbox, which Chromium refuses to root.')
  return runElectron(program, [...(asRoot ? ['--no-sandbox'] : []), inRoot('.'), '--profile', profileDir], {
    tooSoonMs: TOO_SOON_MS,
    monotonicMs: () => performance.now(),
  })
}

async function serve({ profileDir, port, open }: StartOptions): Promise<number> {
  const core = await openStudyCore({ profileDir, host: 'web', appVersion: APP_VERSION, resourcesDir: RESOURCES_DIR })
  let host: WebHost | undefined
  let closeWindow: () => void = () => {}
  try {
    removeOpeningPages(openingDir(profileDir))
    host = await startWebHost({
      core,
      port,
      distDir: RENDERER_DIR,
      onAddressUsed: () => removeOpeningPages(openingDir(profileDir)),
    })
    const { freshAddress } = host
    const stopped = waitForStop(freshAddress)
    say(`Abhyas is running at ${host.address}`)
    say(`The address opens once; ${process.stdin.isTTY ? 'press Enter for another. ' : ''}Ctrl+C stops Abhyas.`)
    if (open && hasDisplay()) closeWindow = await show(host.address, profileDir, freshAddress)
    else if (open) say('There is no display here: open the address in a browser on this computer.')
    await stopped
    say('Stopping …')
  } finally {
    const timer = setTimeout(() => {
      say('Some work did not come to rest in time. It goes on at the next start.')
      process.exit(0)
    }, STOP_WITHIN_MS)
    closeWindow()
    await host?.close()
    await core.close()
    removeOpeningPages(openingDir(profileDir))
    clearTimeout(timer)
  }
  say('Abhyas has stopped. Everything is saved.')
  return 0
}

/** Opens the page in the best window there is; the result closes it, where it is ours to close. */
async function show(address: string, profileDir: string, freshAddress: () => string): Promise<() => void> {
  const page = writeOpeningPage(openingDir(profileDir), address)
  const chromium = findChromium()
  if (!chromium) {
    if (await openDefaultBrowser(page.path)) say('It was opened in your browser.')
    else say('No browser could be opened: open the address yourself.')
    return () => {}
  }
  if (needsNoSandbox()) say('Started as root: the window runs without its sandbox, which Chromium refuses to root.')
  const window = openAppWindow(chromium, page.url, profileDir)
  let closing = false
  window.once('error', () => say(`${chromium} could not be started: open the address yourself.`))
  window.once('exit', () => {
    if (!closing) say(`The window was closed; Abhyas still runs at ${freshAddress()}`)
  })
  say('It was opened in a window of its own.')
  return () => {
    closing = true
    window.kill()
  }
}

/** Resolves at Ctrl+C or a polite end; a second, later Ctrl+C ends at once. Enter prints an unused address. */
function waitForStop(freshAddress: () => string): Promise<void> {
  if (process.stdin.isTTY) {
    const lines = createInterface({ input: process.stdin })
    lines.on('line', () => say(freshAddress()))
    process.stdin.unref()
  }
  return new Promise((resolve) => {
    let firstMs: number | undefined
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        const nowMs = performance.now()
        if (firstMs !== undefined && nowMs - firstMs > SAME_PRESS_MS) process.exit(130)
        firstMs ??= nowMs
        resolve()
      })
    }
  })
}

function openingDir(profileDir: string): string {
  return join(profileDir, 'opening')
}

try {
  process.exitCode = await start(readStartOptions(process.argv.slice(2)))
} catch (error) {
  const { code, message } = toFailure(error)
  console.error(`abhyas: ${message}`)
  process.exitCode = exitCodeOf(code)
}
