import { describe, expect, it } from 'vitest'
import { defaultProfileDir } from './profile-dir.ts'

describe('defaultProfileDir', () => {
  it.each([
    ['linux', {}, '/home/asha', '/home/asha/.local/share/abhyas'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/home/asha', '/data/abhyas'],
    ['linux', { XDG_DATA_HOME: 'data' }, '/home/asha', '/home/asha/.local/share/abhyas'],
    ['darwin', {}, '/Users/asha', '/Users/asha/Library/Application Support/Abhyas'],
    ['win32', { APPDATA: 'D:\\Roaming' }, 'C:\\Users\\asha', 'D:\\Roaming\\Abhyas'],
    ['win32', {}, 'C:\\Users\\asha', 'C:\\Users\\asha\\AppData\\Roaming\\Abhyas'],
    ['linux', { ABHYAS_PROFILE: '/tmp/p', XDG_DATA_HOME: '/data' }, '/home/asha', '/tmp/p'],
  ] as const)('on %s with %j is under %s', (platform, env, homeDir, expected) => {
    expect(defaultProfileDir({ platform, env, homeDir })).toBe(expected)
  })
})
