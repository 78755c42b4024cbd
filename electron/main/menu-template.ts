import type { MenuItemConstructorOptions } from 'electron'
import type { ShellStrings } from './shell-strings.ts'

export interface MenuOptions {
  strings: ShellStrings
  isMac: boolean
  /** Developer tools are for builds from source. */
  isPackaged: boolean
  addFiles(): void
  openProfile(): void
}

/** The menu. Roles bring their own words, keys and behaviour of the platform. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { strings, isMac, isPackaged } = options
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: strings.file,
      submenu: [
        { label: strings.addFiles, accelerator: 'CmdOrCtrl+O', click: options.addFiles },
        separator,
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { label: strings.edit, role: 'editMenu' },
    {
      label: strings.view,
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(isPackaged ? [] : [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
    { label: strings.window, role: 'windowMenu' },
    { label: strings.help, role: 'help', submenu: [{ label: strings.openProfile, click: options.openProfile }] },
  ]
}
