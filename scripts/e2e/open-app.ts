import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { APP_VERSION, RENDERER_DIR, RESOURCES_DIR } from '../../electron/cli/app-paths.ts'
import { openStudyCore, type StudyCore } from '../../electron/core/study-core.ts'
import { temporaryFolder } from '../../electron/core/testing/temporary-folder.ts'
import { startWebHost, type WebHost } from '../../electron/web-host/start-web-host.ts'
import { buildTarget } from '../build.ts'
import { isBuilt } from '../build-stamp.ts'
import { findChromium } from '../ensure-chromium.ts'
import { needsNoSandbox } from '../start/show-page.ts'

export interface OpenedApp {
  core: StudyCore
  host: WebHost
  /** One browser profile: its pages share storage, as a person's tabs do. */
  context: BrowserContext
  page: Page
  /** What the page's Content-Security-Policy or Trusted Types stopped, and what the page threw: empty in a sound app. */
  complaints: string[]
  /** Another browser profile, which has no session. */
  newContext(): Promise<BrowserContext>
}

interface OpenAppOptions {
  profileDir?: string
  language?: 'en' | 'hi'
  whenOver?: (close: () => Promise<void>) => void
}

/**
 * The whole app as a person has it: the core on a fresh profile, the web host, the
 * built renderer, and Chromium at the address, the window open. All is closed when the test is over;
 * `whenOver` takes the closers instead, last first, where several tests look at one app.
 */
export async function openApp(options: OpenAppOptions = {}): Promise<OpenedApp> {
  const { whenOver = onTestFinished } = options
  if (!isBuilt('renderer')) await buildTarget('renderer', 'error')
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chromium: run "node scripts/ensure-chromium.ts"')
  const profileDir = options.profileDir ?? join(temporaryFolder(), 'profile')
  const core = await openStudyCore({ profileDir, host: 'web', appVersion: APP_VERSION, resourcesDir: RESOURCES_DIR })
  whenOver(() => core.close())
  if (options.language) core.settings.update({ language: options.language })
  const host = await startWebHost({ core, distDir: RENDERER_DIR })
  whenOver(() => host.close())
  const browser = await chromium.launch({ executablePath, args: needsNoSandbox() ? ['--no-sandbox'] : [] })
  whenOver(() => browser.close())

  const complaints: string[] = []
  const newContext = async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 840 } })
    await context.exposeBinding('__complain', (_source, complaint: string) => void complaints.push(complaint))
    await context.addInitScript(() => {
      const { __complain } = globalThis as unknown as { __complain(complaint: string): void }
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
        __complain(`${violatedDirective}: ${blockedURI} ${sample}`),
      )
    })
    context.on('weberror', (error) => complaints.push(error.error().message))
    return context
  }
  const context = await newContext()
  const page = await context.newPage()
  await page.goto(host.address)
  await page.locator('nav').first().waitFor()
  return { core, host, context, page, complaints, newContext }
}
