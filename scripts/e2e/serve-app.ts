import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { text } from 'node:stream/consumers'
import { type Browser, chromium, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { buildTarget } from '../build.ts'
import { isBuilt } from '../build-stamp.ts'
import { findChromium } from '../find-browser.ts'
import { startAbhyas } from './run-abhyas.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface ServedApp {
  page: Page
  /** What the browser complained of: script errors and refusals of the page's policy. */
  complaints: string[]
  /** Kills the server outright and starts it again on the same profile. */
  killAndReopen(): Promise<void>
}

/** Serves a profile by the app's own command and opens it in a real Chromium, at the main window's size. */
export async function serveApp(profileDir: string): Promise<ServedApp> {
  if (!isBuilt('renderer')) await buildTarget('renderer', 'error')
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chromium: run "npm test", which installs one, or set CHROME_PATH.')
  const browser: Browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
  })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  let server = await serve(profileDir, page)
  onTestFinished(async ({ task }) => {
    // What the window showed when it failed, for whoever mends it.
    const name = task.name.replaceAll(/\W+/g, '-').slice(0, 60)
    if (task.result?.state === 'fail') await page.screenshot({ path: `test-results/${name}.png` })
    await browser.close()
    server.kill('SIGTERM')
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
  })
  return {
    page,
    complaints,
    async killAndReopen() {
      server.kill('SIGKILL')
      await once(server, 'exit')
      await page.goto('about:blank')
      server = await serve(profileDir, page)
    },
  }
}

async function serve(profileDir: string, page: Page): Promise<ChildProcess> {
  const server = startAbhyas('serve', '--profile', profileDir)
  const said = text(server.stderr)
  const [first] = await Promise.race([
    once(server.stdout, 'data'),
    once(server, 'exit').then(async () => {
      throw new Error(`abhyas serve ended: ${await said}`)
    }),
  ])
  const { address } = JSON.parse(String(first)) as { address: string }
  await page.goto(address)
  await page.getByRole('navigation').first().waitFor()
  return server
}

/** What axe finds serious or critical on the page once it has come to rest, one line each: what fades has no colour yet. */
export async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(`${AXE}; undefined`)
  await page.locator('[data-stale]').first().waitFor({ state: 'detached' })
  const found = await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map(({ finished }) => finished))
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
    return (await axe.run()).violations
  })
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

interface Violation {
  id: string
  impact: string
  nodes: { target: string[] }[]
}
