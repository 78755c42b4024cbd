import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { workerUrl } from './worker-url.ts'

describe('workerUrl', () => {
  it('finds the source beside itself', () => {
    const url = workerUrl('embed')
    expect(url.href).toBe(new URL('./embed.ts', import.meta.url).href)
    expect(existsSync(fileURLToPath(url))).toBe(true)
  })

  it.each([
    'file:///opt/abhyas/resources/app.asar/dist/electron/main/main.js',
    'file:///opt/abhyas/resources/app.asar/dist/electron/chunks/study-core-D3f.js',
  ])('finds the built worker from the chunk that this code was bundled into: %s', (moduleUrl) => {
    expect(workerUrl('embed', moduleUrl).href).toBe(
      'file:///opt/abhyas/resources/app.asar/dist/electron/core/workers/embed.js',
    )
  })

  it('goes by the innermost electron folder', () => {
    expect(workerUrl('index', 'file:///home/electron/abhyas/electron/core/workers/worker-url.ts').href).toBe(
      'file:///home/electron/abhyas/electron/core/workers/index.ts',
    )
  })

  it('says so when there is no such folder', () => {
    expect(() => workerUrl('embed', 'file:///opt/bundle.js')).toThrow('No electron folder')
  })
})
