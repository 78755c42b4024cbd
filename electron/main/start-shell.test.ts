// The shell's wiring with Electron itself left out: a stand-in for its modules, and
// everything behind the door real.
import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { os } from '@orpc/server'
import { describe, expect, it, vi } from 'vitest'
import { PORT_MESSAGE } from '#contract/port-message.ts'
import { DEFAULT_SETTINGS } from '#contract/system.ts'
import { makeIds } from '#core/ops/make-ids.ts'
import { systemClock } from '#core/ops/system-clock.ts'
import { receiveUploads } from '#core/serve/receive-uploads.ts'
import { openRendererFiles } from '#core/serve/renderer-files.ts'
import { makePeerServer } from '#core/serve/serve-peer.ts'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'
import { type StartShellOptions, startShell } from './start-shell.ts'

class StandInContents extends EventEmitter {
  reload = vi.fn()
  opener: ((details: { url: string }) => { action: string }) | undefined
  setWindowOpenHandler(opener: (details: { url: string }) => { action: string }) {
    this.opener = opener
  }
}

class StandInWindow extends EventEmitter {
  webContents = new StandInContents()
  options: unknown
  loadURL = vi.fn()
  focus = vi.fn()
  maximize = vi.fn()
  isDestroyed = () => false
  isMinimized = () => false
  isMaximized = () => false
  getNormalBounds = () => ({ x: 1, y: 2, width: 900, height: 700 })
  constructor(options: unknown) {
    super()
    this.options = options
  }
}

function makeElectron() {
  const ready = Promise.withResolvers<void>()
  const windows: StandInWindow[] = []
  const handlers: Record<string, (request: Request) => Promise<Response>> = {}
  const permissions: Record<string, (...parameters: never[]) => unknown> = {}
  const keep = (name: string) => (handler: (...parameters: never[]) => unknown) => {
    permissions[name] = handler
  }
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    getAppPath: () => '/app',
    setPath: vi.fn(),
    enableSandbox: vi.fn(),
    requestSingleInstanceLock: vi.fn(() => true),
    whenReady: () => ready.promise,
    quit: vi.fn(),
    exit: vi.fn(),
  })
  const parts = {
    app,
    BrowserWindow: class extends StandInWindow {
      constructor(options: unknown) {
        super(options)
        windows.push(this)
        app.emit('web-contents-created', {}, this.webContents)
      }
    },
    Menu: { buildFromTemplate: vi.fn((template) => template), setApplicationMenu: vi.fn() },
    dialog: { showErrorBox: vi.fn(), showMessageBox: vi.fn(async () => ({ response: 1 })), showOpenDialog: vi.fn() },
    ipcMain: new EventEmitter(),
    powerMonitor: new EventEmitter(),
    protocol: {
      registerSchemesAsPrivileged: vi.fn(),
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
        handlers[scheme] = handler
      },
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: {
      defaultSession: Object.assign(new EventEmitter(), {
        setPermissionRequestHandler: keep('request'),
        setPermissionCheckHandler: keep('check'),
        setDevicePermissionHandler: keep('device'),
      }),
    },
    shell: { openExternal: vi.fn(async () => {}), openPath: vi.fn() },
  }
  return { parts, ready, windows, handlers, permissions }
}

function begin(change: Partial<StartShellOptions> = {}) {
  const dir = temporaryFolder()
  const profileDir = join(dir, 'profile')
  mkdirSync(join(dir, 'dist'))
  mkdirSync(join(dir, 'uploads'))
  writeFileSync(join(dir, 'dist', 'index.html'), '<script nonce="__CSP_NONCE__"></script>')
  const electron = makeElectron()
  const core = {
    documents: { importPaths: vi.fn(async () => []) },
    settings: { read: () => DEFAULT_SETTINGS },
    heavyWork: { suspend: vi.fn(), resume: vi.fn() },
    close: vi.fn(async () => {}),
  }
  const openCore = vi.fn<StartShellOptions['openCore']>(async () => ({
    core,
    served: {
      renderer: openRendererFiles(join(dir, 'dist')),
      uploads: receiveUploads({ dir: join(dir, 'uploads'), ids: makeIds({ clock: systemClock }) }),
      fileOf: () => undefined,
      servePeer: makePeerServer({ router: { echo: os.handler(({ input }) => input) } }),
    },
  }))
  const started = startShell({
    electron: electron.parts as unknown as StartShellOptions['electron'],
    openCore,
    argv: ['electron', '.', '--profile', profileDir, '/notes/first.pdf'],
    workingDir: '/',
    platform: 'linux',
    processResourcesPath: '/resources',
    monotonicMs: () => 0,
    ...change,
  })
  return { ...electron, core, openCore, started, profileDir }
}

async function start(change: Partial<StartShellOptions> = {}) {
  const shell = begin(change)
  shell.ready.resolve()
  await shell.started
  return { ...shell, window: shell.windows[0] as StandInWindow }
}

describe('startShell', () => {
  it('does before Chromium is ready what cannot be done after', async () => {
    const { parts, profileDir, openCore } = begin()
    expect(parts.app.setPath).toHaveBeenCalledWith('userData', join(profileDir, 'window'))
    expect(existsSync(join(profileDir, 'window'))).toBe(true)
    expect(parts.app.enableSandbox).toHaveBeenCalled()
    expect(parts.protocol.registerSchemesAsPrivileged).toHaveBeenCalledWith([
      { scheme: 'app', privileges: expect.objectContaining({ standard: true, secure: true }) },
    ])
    expect(openCore).not.toHaveBeenCalled()
  })

  it('leaves the profile to the instance that has it', async () => {
    const electron = makeElectron()
    electron.parts.app.requestSingleInstanceLock.mockReturnValue(false)
    const { openCore, started } = begin({ electron: electron.parts as unknown as StartShellOptions['electron'] })
    await started
    expect(electron.parts.app.quit).toHaveBeenCalled()
    expect(openCore).not.toHaveBeenCalled()
  })

  it('says why it cannot open, and ends', async () => {
    const { parts, windows } = await start({ openCore: () => Promise.reject(new Error('The profile is in use.')) })
    expect(parts.dialog.showErrorBox).toHaveBeenCalledWith('Abhyas could not open', 'The profile is in use.')
    expect(parts.app.exit).toHaveBeenCalledWith(1)
    expect(windows).toEqual([])
  })

  it('opens one locked-in window on the app’s own page', async () => {
    const { window, windows } = await start()
    expect(windows.length).toBe(1)
    expect(window.loadURL).toHaveBeenCalledWith('app://abhyas/')
    expect(window.options).toMatchObject({
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        preload: expect.stringMatching(/preload\.cjs$/),
      },
    })
  })

  it('serves the page with its policy, to its own host alone', async () => {
    const { handlers } = await start()
    const page = await handlers.app?.(new Request('app://abhyas/'))
    const nonce = /'nonce-([\w-]+)'/.exec(page?.headers.get('content-security-policy') ?? '')?.[1]
    expect(await page?.text()).toBe(`<script nonce="${nonce}"></script>`)
    expect((await handlers.app?.(new Request('app://other/')))?.status).toBe(404)
    const upload = await handlers.app?.(new Request('app://abhyas/uploads', { method: 'POST', body: 'x' }))
    expect(upload?.status).toBe(201)
  })

  it('imports what it was started with, what a second start brings, and what the system opens', async () => {
    const shell = begin()
    const openFile = { preventDefault: vi.fn() }
    shell.parts.app.emit('open-file', openFile, '/notes/early.pdf')
    shell.ready.resolve()
    await shell.started
    expect(openFile.preventDefault).toHaveBeenCalled()
    expect(shell.core.documents.importPaths).toHaveBeenLastCalledWith({
      paths: ['/notes/first.pdf', '/notes/early.pdf'],
    })
    shell.parts.app.emit('second-instance', {}, ['abhyas', 'later.md'], '/home/asha')
    expect(shell.core.documents.importPaths).toHaveBeenLastCalledWith({ paths: ['/home/asha/later.md'] })
    expect(shell.windows[0]?.focus).toHaveBeenCalled()
  })

  it('serves the contract over one port of its own page', async () => {
    const { parts } = await start()
    const port = () => Object.assign(new EventEmitter(), { postMessage: vi.fn(), start: vi.fn(), close: vi.fn() })
    const [own, extra, foreign] = [port(), port(), port()]
    parts.ipcMain.emit(PORT_MESSAGE, { senderFrame: { url: 'app://abhyas/#/', parent: null }, ports: [own, extra] })
    parts.ipcMain.emit(PORT_MESSAGE, { senderFrame: { url: 'https://evil.example/', parent: null }, ports: [foreign] })
    parts.ipcMain.emit(PORT_MESSAGE, { senderFrame: null, ports: [foreign] })
    expect(own.close).not.toHaveBeenCalled()
    expect(extra.close).toHaveBeenCalledTimes(1)
    expect(foreign.close).toHaveBeenCalledTimes(2)
    own.emit('message', { data: '{"i":"1","p":{"u":"/echo","b":{"json":"नमस्ते"}}}' })
    await vi.waitUntil(() => own.postMessage.mock.calls.length > 0)
    expect(own.postMessage.mock.calls[0]?.[0]).toContain('नमस्ते')
    expect(foreign.listenerCount('message')).toBe(0)
  })

  it('keeps the page where it is', async () => {
    const { window, parts } = await start()
    const go = (name: string, url: string) => {
      const event = { url, preventDefault: vi.fn() }
      window.webContents.emit(name, event)
      return event.preventDefault.mock.calls.length > 0
    }
    expect(go('will-navigate', 'https://evil.example/')).toBe(true)
    expect(go('will-frame-navigate', 'https://evil.example/')).toBe(true)
    expect(go('will-redirect', 'file:///etc/passwd')).toBe(true)
    expect(go('will-navigate', 'app://abhyas/#/library')).toBe(false)
    const open = (url: string) => window.webContents.opener?.({ url })
    expect(open('https://ollama.com/')).toEqual({ action: 'deny' })
    expect(open('file:///etc/passwd')).toEqual({ action: 'deny' })
    expect(parts.shell.openExternal.mock.calls).toEqual([['https://ollama.com/']])
  })

  it('grants the page nothing but copying', async () => {
    const { permissions } = await start()
    const asked = (permission: string, url: string) => {
      const reply = vi.fn()
      permissions.request?.(...([{}, permission, reply, { requestingUrl: url }] as never[]))
      return reply.mock.calls[0]?.[0]
    }
    expect(asked('clipboard-sanitized-write', 'app://abhyas/')).toBe(true)
    expect(asked('clipboard-sanitized-write', 'https://evil.example/')).toBe(false)
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'fileSystem',
    ]) {
      expect(asked(permission, 'app://abhyas/')).toBe(false)
    }
    expect(permissions.check?.(...([null, 'media', 'app://abhyas/'] as never[]))).toBe(false)
    expect(permissions.device?.()).toBe(false)
  })

  it('reloads a page that crashed, and asks when it keeps crashing', async () => {
    const { window, parts } = await start()
    const crash = () => window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    for (let time = 0; time < 4; time++) crash()
    await vi.waitUntil(() => parts.app.quit.mock.calls.length > 0)
    expect(window.webContents.reload).toHaveBeenCalledTimes(3)
    expect(parts.dialog.showMessageBox).toHaveBeenCalledTimes(1)
  })

  it('closes the library before it ends', async () => {
    const { parts, core } = await start()
    const closing = Promise.withResolvers<void>()
    core.close.mockReturnValue(closing.promise)
    const event = { preventDefault: vi.fn() }
    parts.app.emit('will-quit', event)
    parts.app.emit('will-quit', event)
    expect(event.preventDefault).toHaveBeenCalledTimes(2)
    expect(core.close).toHaveBeenCalledTimes(1)
    expect(parts.app.exit).not.toHaveBeenCalled()
    closing.resolve()
    await vi.waitUntil(() => parts.app.exit.mock.calls.length > 0)
    expect(parts.app.exit).toHaveBeenCalledWith(0)
  })

  it('does not wait for ever for the library to close', async () => {
    const { parts, core } = await start()
    vi.useFakeTimers()
    try {
      core.close.mockReturnValue(new Promise(() => {}))
      parts.app.emit('will-quit', { preventDefault: () => {} })
      vi.advanceTimersByTime(5_000)
      expect(parts.app.exit).toHaveBeenCalledWith(0)
    } finally {
      vi.useRealTimers()
    }
  })

  it('lets heavy work rest while the laptop sleeps', async () => {
    const { parts, core } = await start()
    parts.powerMonitor.emit('suspend')
    expect(core.heavyWork.suspend).toHaveBeenCalledOnce()
    expect(core.heavyWork.resume).not.toHaveBeenCalled()
    parts.powerMonitor.emit('resume')
    expect(core.heavyWork.resume).toHaveBeenCalledOnce()
  })
})
