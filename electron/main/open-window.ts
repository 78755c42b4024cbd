import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'
import { APP_URL } from './app-scheme.ts'
import { makeReloadPolicy } from './reload-policy.ts'
import { placeWindow, type Rectangle, readWindowState, SMALLEST, writeWindowState } from './window-state.ts'

export interface OpenWindowOptions {
  create(options: BrowserWindowConstructorOptions): BrowserWindow
  preload: string
  stateFile: string
  workAreas: readonly Rectangle[]
  monotonicMs(): number
  /** Asked when the page keeps crashing. */
  askToReload(): Promise<boolean>
  quit(): void
}

/** The window, where it was last time, with the page locked into its sandbox. */
export function openWindow(options: OpenWindowOptions): BrowserWindow {
  const { create, preload, stateFile, workAreas, monotonicMs, askToReload, quit } = options
  const saved = readWindowState(stateFile)
  const window = create({
    ...placeWindow(saved, workAreas),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Abhyas',
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // Chromium would fetch its dictionaries from the network.
      spellcheck: false,
    },
  })
  if (saved?.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () =>
    writeWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() }),
  )

  const decide = makeReloadPolicy({ monotonicMs })
  window.webContents.on('render-process-gone', async (_event, { reason }) => {
    if (reason === 'clean-exit') return
    if (decide() === 'reload' || (await askToReload())) window.webContents.reload()
    else quit()
  })
  window.loadURL(APP_URL)
  return window
}
