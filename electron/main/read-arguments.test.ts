import { describe, expect, it } from 'vitest'
import { appPaths } from './app-paths.ts'
import { readArguments } from './read-arguments.ts'

describe('readArguments', () => {
  it('finds the profile and the documents among switches', () => {
    const argv = [
      'electron',
      '.',
      '--no-sandbox',
      '--profile',
      'p',
      'Polity.PDF',
      '/notes/a.md',
      'x.exe',
      '--flag=a.pdf',
    ]
    expect(readArguments(argv, '/home/asha')).toEqual({
      profileDir: '/home/asha/p',
      files: ['/home/asha/Polity.PDF', '/notes/a.md'],
    })
  })

  it('takes --profile=DIR too, and nothing for nothing', () => {
    expect(readArguments(['abhyas', '--profile=/a=b'], '/')).toEqual({ profileDir: '/a=b', files: [] })
    expect(readArguments(['abhyas'], '/')).toEqual({ profileDir: undefined, files: [] })
  })
})

describe('appPaths', () => {
  it('are those of the source tree, or of the packed app', () => {
    expect(appPaths({ isPackaged: false, appPath: '/src', processResourcesPath: '/electron/resources' })).toEqual({
      resourcesDir: '/src/resources',
      rendererDir: '/src/dist/renderer',
      preload: '/src/dist/electron/preload/preload.cjs',
    })
    expect(
      appPaths({
        isPackaged: true,
        appPath: '/opt/Abhyas/resources/app.asar',
        processResourcesPath: '/opt/Abhyas/resources',
      }).resourcesDir,
    ).toBe('/opt/Abhyas/resources')
  })
})
