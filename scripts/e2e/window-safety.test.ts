import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { type OpenedApp, openApp } from './open-app.ts'

const rail = 'nav'

describe('the window in a browser', () => {
  it('takes the token out of the address, and opens again by reload, by the same address and by the bare one', async () => {
    const { page, context, host, complaints } = await openApp()
    expect(page.url()).toBe(`http://127.0.0.1:${host.port}/#/`)
    expect(host.freshAddress()).not.toBe(host.address)
    await page.reload()
    await page.locator(rail).first().waitFor()
    for (const address of [host.address, `http://127.0.0.1:${host.port}/`]) {
      const again = await context.newPage()
      await again.goto(address)
      await again.locator(rail).first().waitFor()
      await again.close()
    }
    expect(complaints).toEqual([])
  })

  it('comes back by itself when the line breaks', async () => {
    const { page, core, context, host, complaints } = await openApp()
    await page.close()
    const again = await context.newPage()
    const lines: { close(): Promise<void> }[] = []
    await again.routeWebSocket(/\/socket$/, (line) => {
      line.connectToServer()
      lines.push(line)
    })
    await again.goto(`http://127.0.0.1:${host.port}/#/library`)
    await again.locator(rail).first().waitFor()
    await lines[0]?.close()
    await vi.waitUntil(() => lines.length === 2, { timeout: 10_000 })
    // Only a line that works can bring this to the screen.
    await core.documents.importSample()
    await again
      .locator('main')
      .getByText(/constitution/i)
      .first()
      .waitFor()
    expect(complaints).toEqual([])
  })
})

describe('a window that is left open', () => {
  let app: OpenedApp
  beforeAll(async () => {
    const closers: (() => Promise<void>)[] = []
    const dir = mkdtempSync(join(tmpdir(), 'abhyas-test-'))
    app = await openApp({ profileDir: join(dir, 'profile'), whenOver: (close) => closers.unshift(close) })
    return async () => {
      for (const close of closers) await close()
      rmSync(dir, { recursive: true, force: true })
    }
  })

  it('keeps the route of the address it was opened with', async () => {
    const { newContext, host } = app
    const page = await (await newContext()).newPage()
    await page.goto(host.freshAddress().replace('#/?', '#/settings?'))
    await page.locator(rail).first().waitFor()
    expect(new URL(page.url()).hash).toBe('#/settings')
  })

  it('stays shut in another browser for a used address, and says how to open it', async () => {
    const { newContext, host } = app
    const stranger = await (await newContext()).newPage()
    for (const address of [host.address, `http://127.0.0.1:${host.port}/`]) {
      await stranger.goto(address)
      await stranger.getByText('Abhyas is not open here').waitFor()
      await stranger.getByText('अभ्यास यहाँ खुला नहीं है').waitFor()
    }
    await stranger.goto(host.freshAddress())
    await stranger.locator(rail).first().waitFor()
  })

  it('runs nothing that is not its own: no inline script, no markup from text, no foreign address', async () => {
    const { page, complaints } = app
    const outcomes = await page.evaluate(async () => {
      const attempt = async (act: () => unknown) => {
        try {
          await act()
          return 'allowed'
        } catch (error) {
          return (error as Error).name
        }
      }
      // Later, because the debugger's own evaluation, in which this runs, may do what the page may not.
      const later = (act: () => unknown) => new Promise<string>((resolve) => setTimeout(() => resolve(attempt(act))))
      const probe = document.createElement('div')
      return {
        markup: await attempt(() => {
          probe.innerHTML = '<img src=x onerror="window.ran = true">'
        }),
        evaluated: await later(() => Reflect.construct(Function, ['window.ran = true'])()),
        worker: await attempt(() => new Worker('data:text/javascript,1')),
        fetched: await attempt(() => fetch('https://example.com/')),
        policy: await attempt(() =>
          (
            globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }
          ).trustedTypes.createPolicy('another', {}),
        ),
        ran: 'ran' in window,
      }
    })
    expect(outcomes).toEqual({
      markup: 'TypeError',
      evaluated: 'EvalError',
      worker: 'TypeError',
      fetched: 'TypeError',
      policy: 'TypeError',
      ran: false,
    })
    await vi.waitUntil(() => complaints.some((complaint) => complaint.startsWith('connect-src')))
  })

  it('is drawn by React’s production build, though a test runner built it', async () => {
    const { page } = app
    const script = await page.evaluate(async () => {
      const { src } = document.querySelector<HTMLScriptElement>('script[src]') as HTMLScriptElement
      return (await fetch(src)).text()
    })
    expect(script).toContain('createRoot')
    // What the development half says to whoever has the console open.
    expect(script).not.toContain('Download the React DevTools')
  })
})
