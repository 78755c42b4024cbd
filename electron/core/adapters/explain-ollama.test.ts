import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '#contract/system.ts'
import { isOllamaInstalled } from './find-ollama.ts'
import { ollamaAddress } from './ollama-address.ts'
import { explainConnection } from './ollama-errors.ts'

const LOCAL = 'http://127.0.0.1:11434'

describe('what keeps Ollama from answering', () => {
  it.each([
    ['linux', 'systemctl start ollama', 'install.sh'],
    ['darwin', 'Open the Ollama app', 'Applications'],
    ['win32', 'Start menu', 'OllamaSetup.exe'],
  ] as const)('is told with the mend of %s', (platform, start, install) => {
    const stopped = explainConnection(LOCAL, 'ECONNREFUSED', platform, () => true)
    expect(stopped).toMatchObject({ problem: 'not-running', message: expect.stringContaining(start) })
    const absent = explainConnection(LOCAL, 'ECONNREFUSED', platform, () => false)
    expect(absent).toMatchObject({ problem: 'not-installed', message: expect.stringContaining(install) })
  })

  it('is never a missing program on another computer', () => {
    expect(explainConnection('http://192.168.1.5:11434', 'ECONNREFUSED', 'linux', () => false).problem).toBe(
      'not-running',
    )
  })

  it('may be a port that Windows keeps for itself', () => {
    expect(explainConnection(LOCAL, 'EACCES', 'win32')).toMatchObject({
      problem: 'port-reserved',
      message: expect.stringContaining('Windows may have reserved its port'),
    })
  })
})

describe('the program', () => {
  it.each([
    ['linux', '/usr/local/bin/ollama'],
    ['darwin', '/Applications/Ollama.app'],
    ['linux', '/opt/mine/ollama'],
  ] as const)('is found on %s at %s', (platform, place) => {
    const env = { PATH: '/bin:/opt/mine' }
    expect(isOllamaInstalled(platform, env, (path) => path === place)).toBe(true)
    expect(isOllamaInstalled(platform, env, () => false)).toBe(false)
  })
})

describe('the address', () => {
  it.each([
    [undefined, LOCAL],
    ['0.0.0.0', LOCAL],
    [':8080', 'http://127.0.0.1:8080'],
    ['192.168.1.5:9000', 'http://192.168.1.5:9000'],
    ['localhost', LOCAL],
    ['http://localhost:1234', 'http://127.0.0.1:1234'],
    ['no address at all', LOCAL],
  ])('is what OLLAMA_HOST says: %s', (OLLAMA_HOST, expected) => {
    expect(ollamaAddress(DEFAULT_SETTINGS.ollamaUrl, { OLLAMA_HOST })).toBe(expected)
  })

  it('is what the person entered, whatever the environment says', () => {
    expect(ollamaAddress('http://localhost:7', { OLLAMA_HOST: ':8080' })).toBe('http://127.0.0.1:7')
  })
})
