import { describe, expect, it } from 'vitest'
import { findChromium } from './find-browser.ts'

const among =
  (...paths: string[]) =>
  (path: string) =>
    paths.includes(path)

describe('findChromium', () => {
  it('takes what it is given, if it can be run', () => {
    const env = { CHROME_PATH: '/opt/my/chrome', PATH: '/usr/bin' }
    const isProgram = among('/opt/my/chrome', '/usr/bin/chromium')
    expect(findChromium({ platform: 'linux', env, isProgram })).toBe('/opt/my/chrome')
    expect(findChromium({ platform: 'linux', env, isProgram: among('/usr/bin/chromium') })).toBe('/usr/bin/chromium')
  })

  it('looks in the path, Chromium first', () => {
    const env = { PATH: '/usr/local/bin::/usr/bin' }
    const isProgram = among('/usr/local/bin/google-chrome', '/usr/bin/chromium')
    expect(findChromium({ platform: 'linux', env, isProgram })).toBe('/usr/bin/chromium')
  })

  it('knows the places of a Mac and of Windows', () => {
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    expect(findChromium({ platform: 'darwin', env: { PATH: '' }, isProgram: among(chrome) })).toBe(chrome)
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
    const env = { ProgramFiles: 'C:\\Program Files', 'ProgramFiles(x86)': 'C:\\Program Files (x86)' }
    expect(findChromium({ platform: 'win32', env, isProgram: among(edge) })).toBe(edge)
  })

  it('finds nothing where there is nothing', () => {
    expect(findChromium({ platform: 'linux', env: {}, isProgram: () => false })).toBeUndefined()
  })
})
