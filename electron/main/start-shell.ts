import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type * as Electron from 'electron'
import { READABLE_ENDINGS } from '#contract/readable-files.ts'
import { defaultProfileDir } from '#core/ops/profile-dir.ts'
import { makeRequestAnswerer } from '#core/serve/answer-request.ts'
import type { ServedCore } from '#core/serve/serve-core.ts'
import type { StudyCore } from '#core/study-core.ts'
import { acceptPort } from './accept-port.ts'
import { type AppPaths, appPaths } from './app-paths.ts'
import { APP_PRIVILEGES, APP_SCHEME, isAppUrl } from './app-scheme.ts'
import { makeFileQueue } from './file-queue.ts'
import { denyPermissions, guardContents } from './guard-contents.ts'
import { menuTemplate } from './menu-template.ts'
import { openWindow } from './open-window.ts'
import { quitCleanly } from './quit-cleanly.ts'
import { readArguments } from './read-arguments.ts'
import { SHELL_STRINGS, type ShellStrings } from './shell-strings.ts'

/** What the shell needs of an open core, beside serving it. */
export interface ShellCore {
  documents: Pick<StudyCore['documents'], 'importPaths'>
  settings: Pick<StudyCore['settings'], 'read'>
  heavyWork: Pick<StudyCore['heavyWork'], 'suspend' | 'resume'>
  close: StudyCore['close']
}

export interface StartShellOptions {
  electron: Pick<
    typeof Electron,
    | 'app'
    | 'BrowserWindow'
    | 'Menu'
    | 'dialog'
    | 'ipcMain'
    | 'powerMonitor'
    | 'protocol'
    | 'screen'
    | 'session'
    | 'shell'
  >
  openCore(options: AppPaths & { profileDir: string }): Promise<{ core: ShellCore; served: ServedCore }>
  argv: readonly string[]
  workingDir: string
  platform: NodeJS.Platform
  processResourcesPath: string
  monotonicMs(): number
}

/**
 * The Electron shell: lifecycle, window, menu, dialogs, and the app:// scheme. All
 * else is the core's. A profile has one window: starting it again shows that one.
 */
export async function startShell(options: StartShellOptions): Promise<void> {
  const { electron, openCore, platform, monotonicMs } = options
  const { app, BrowserWindow, Menu, dialog, ipcMain, powerMonitor, protocol, screen, session, shell } = electron
  const isMac = platform === 'darwin'
  const given = readArguments(options.argv, options.workingDir)
  const profileDir = given.profileDir ?? defaultProfileDir()
  const paths = appPaths({
    isPackaged: app.isPackaged,
    appPath: app.getAppPath(),
    processResourcesPath: options.processResourcesPath,
  })

  // Before Chromium is ready, or never. Its own data goes into the profile, and with it the single-instance lock.
  const windowDir = join(profileDir, 'window')
  mkdirSync(windowDir, { recursive: true, mode: 0o700 })
  app.setPath('userData', windowDir)
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: APP_PRIVILEGES }])
  if (!app.requestSingleInstanceLock()) return app.quit()

  const files = makeFileQueue()
  files.add(given.files)
  app.on('open-file', (event, path) => {
    event.preventDefault()
    files.add([path])
  })
  app.on('second-instance', (_event, argv, workingDir) => {
    files.add(readArguments(argv, workingDir).files)
    showWindow()
  })
  app.on('web-contents-created', (_event, contents) => guardContents(contents, (url) => shell.openExternal(url)))
  app.on('window-all-closed', () => {
    if (!isMac) app.quit()
  })

  await app.whenReady()
  let opened: Awaited<ReturnType<typeof openCore>>
  try {
    opened = await openCore({ ...paths, profileDir })
  } catch (error) {
    dialog.showErrorBox(SHELL_STRINGS.en.cannotOpen, error instanceof Error ? error.message : String(error))
    return app.exit(1)
  }
  const { core, served } = opened
  quitCleanly(app, () => core.close())
  powerMonitor.on('shutdown', () => app.quit())
  powerMonitor.on('suspend', () => core.heavyWork.suspend())
  powerMonitor.on('resume', () => core.heavyWork.resume())

  denyPermissions(session.defaultSession)
  acceptPort(ipcMain, served.servePeer)
  const answer = makeRequestAnswerer({ ...served, isAdmitted: () => true })
  protocol.handle(APP_SCHEME, (request) =>
    isAppUrl(request.url) ? answer(request) : Promise.resolve(new Response(null, { status: 404 })),
  )

  const strings = SHELL_STRINGS[core.settings.read().language]
  let window: Electron.BrowserWindow | undefined
  function showWindow(): void {
    // Asked for before the library is open: it is shown anyway as soon as it is.
    if (!window) return
    if (window.isDestroyed()) window = open()
    if (window.isMinimized()) window.restore()
    window.focus()
  }
  function open(): Electron.BrowserWindow {
    return openWindow({
      create: (windowOptions) => new BrowserWindow(windowOptions),
      preload: paths.preload,
      stateFile: join(windowDir, 'place.json'),
      workAreas: screen.getAllDisplays().map(({ workArea }) => workArea),
      monotonicMs,
      askToReload: async () => (await dialog.showMessageBox(crashBox(strings))).response === 0,
      quit: () => app.quit(),
    })
  }
  async function importFiles(files: string[]): Promise<void> {
    if (files.length === 0) return
    const outcomes = await core.documents.importPaths({ paths: files })
    const reasons = outcomes.flatMap(({ path, failure }) => (failure ? `${path}: ${failure.message}` : []))
    if (reasons.length > 0) dialog.showErrorBox(strings.cannotAdd, reasons.join('\n'))
  }
  const importOrTell = (files: string[]) =>
    importFiles(files).catch((error) => dialog.showErrorBox(strings.cannotAdd, String(error?.message ?? error)))

  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        strings,
        isMac,
        isPackaged: app.isPackaged,
        openProfile: () => void shell.openPath(profileDir),
        async addFiles() {
          const { filePaths } = await dialog.showOpenDialog({
            properties: ['openFile', 'multiSelections'],
            filters: [{ name: strings.documents, extensions: Object.keys(READABLE_ENDINGS) }],
          })
          await importOrTell(filePaths)
        },
      }),
    ),
  )
  window = open()
  app.on('activate', showWindow)
  files.flowTo((waiting) => void importOrTell(waiting))
}

function crashBox(strings: ShellStrings): Electron.MessageBoxOptions {
  return {
    type: 'error',
    message: strings.crashed,
    detail: strings.crashedDetail,
    buttons: [strings.reload, strings.quit],
    defaultId: 0,
    cancelId: 1,
  }
}
