import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { menuTemplate } from './menu-template.ts'
import { SHELL_STRINGS } from './shell-strings.ts'

const options = { strings: SHELL_STRINGS.en, isMac: false, isPackaged: true, addFiles: vi.fn(), openProfile: vi.fn() }

const rolesOf = (items: MenuItemConstructorOptions[]): (string | undefined)[] =>
  items.flatMap((item) => [item.role, ...(Array.isArray(item.submenu) ? rolesOf(item.submenu) : [])])

describe('menuTemplate', () => {
  it('adds files by menu and key', () => {
    const [file] = menuTemplate(options)
    expect(file).toMatchObject({
      label: 'File',
      submenu: [{ label: 'Add files…', accelerator: 'CmdOrCtrl+O', click: options.addFiles }, {}, { role: 'quit' }],
    })
  })

  it('has the app’s menu on a Mac, and quits from it there', () => {
    expect(rolesOf(menuTemplate({ ...options, isMac: true }))).toContain('appMenu')
    expect(rolesOf(menuTemplate({ ...options, isMac: true }))).not.toContain('quit')
    expect(rolesOf(menuTemplate(options))).toContain('quit')
  })

  it('gives developer tools to builds from source only', () => {
    expect(rolesOf(menuTemplate(options))).not.toContain('toggleDevTools')
    expect(rolesOf(menuTemplate({ ...options, isPackaged: false }))).toContain('toggleDevTools')
  })

  it('speaks Hindi', () => {
    const labels = menuTemplate({ ...options, strings: SHELL_STRINGS.hi }).map(({ label }) => label)
    expect(labels).toEqual(['फ़ाइल', 'संपादन', 'दृश्य', 'विंडो', 'सहायता'])
  })
})
