import { describe, expect, it } from 'vitest'
import { readStartOptions } from './start-options.ts'

describe('readStartOptions', () => {
  it('opens a window where nothing else is asked', () => {
    expect(readStartOptions([])).toMatchObject({ open: true, browser: false, port: undefined, help: false })
  })

  it('reads all it knows', () => {
    expect(readStartOptions(['--profile', '/p', '--port=4100', '--no-open'])).toEqual({
      help: false,
      profileDir: '/p',
      port: 4100,
      open: false,
      browser: true,
    })
  })

  it.each([[['--port', '4100']], [['--no-open']], [['--browser']]])('leaves Electron out for %s', (argv) => {
    expect(readStartOptions(argv).browser).toBe(true)
  })

  it.each([[['--port', '70000']], [['--port', 'x']], [['--prot', '1']], [['extra']], [['--profile']]])(
    'refuses %s in one line',
    (argv) => {
      expect(() => readStartOptions(argv)).toThrow(
        expect.objectContaining({ code: 'bad-input', message: expect.not.stringContaining('\n') }),
      )
    },
  )
})
