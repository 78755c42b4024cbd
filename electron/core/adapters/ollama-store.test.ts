import { describe, expect, it, onTestFinished } from 'vitest'
import { DEFAULT_SETTINGS } from '#contract/system.ts'
import type { PullProgress } from '../ports.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { startScriptedOllama } from '../testing/scripted-ollama.ts'
import { makeOllamaStore } from './ollama-store.ts'

async function setUp() {
  const server = await startScriptedOllama()
  onTestFinished(() => server[Symbol.asyncDispose]())
  const clock = manualClock()
  const store = makeOllamaStore({ settings: () => ({ ...DEFAULT_SETTINGS, ollamaUrl: server.url }), clock })
  return { server, clock, store }
}

async function follow(steps: AsyncIterable<PullProgress>) {
  const seen: PullProgress[] = []
  try {
    for await (const step of steps) seen.push(step)
  } catch (error) {
    return { seen, error }
  }
  return { seen, error: undefined }
}

const never = new AbortController().signal

describe('the list', () => {
  it('tells what each model is, whether it is in memory, and its licence', async () => {
    const { server, store } = await setUp()
    server.models = [
      { name: 'llama3.2:3b', size: 2e9, license: 'LLAMA 3.2 COMMUNITY LICENSE', details: { parameter_size: '3.2B' } },
      { name: 'nomic-embed-text', size: 3e8, capabilities: ['embedding'] },
      { name: 'glm:cloud', size: 300 },
    ]
    server.loaded.add('nomic-embed-text')
    expect(await store.list()).toEqual([
      {
        name: 'llama3.2:3b',
        byteSize: 2e9,
        local: true,
        writesText: true,
        loaded: false,
        parameters: '3.2B',
        licenceText: 'LLAMA 3.2 COMMUNITY LICENSE',
      },
      { name: 'nomic-embed-text', byteSize: 3e8, local: true, writesText: false, loaded: true },
      { name: 'glm:cloud', byteSize: 300, local: false, writesText: true, loaded: false },
    ])
  })

  it('is not asked of a server that is too old, or that is not there', async () => {
    const { server, store } = await setUp()
    server.version = '0.17.0'
    expect(await store.list()).toBeUndefined()
    await server[Symbol.asyncDispose]()
    expect(await store.list()).toBeUndefined()
  })
})

describe('a download', () => {
  it('adds its parts up, though the server leaves out what is done', async () => {
    const { server, store } = await setUp()
    server.models = []
    const { seen, error } = await follow(store.pull('llama3.2:3b', never))
    expect(error).toBeUndefined()
    expect(seen.map(({ stage, doneBytes, totalBytes }) => [stage, doneBytes, totalBytes])).toEqual([
      ['manifest', 0, 0],
      ['download', 0, 1000],
      ['download', 500, 1000],
      ['download', 1000, 1000],
      ['download', 1000, 1020],
      ['download', 1010, 1020],
      ['download', 1020, 1020],
      ['verify', 1020, 1020],
      ['verify', 1020, 1020],
    ])
    expect((await store.list())?.map(({ name }) => name)).toEqual(['llama3.2:3b'])
  })

  it('stops in the server too, keeps what came, and goes on from there', async () => {
    const { server, store } = await setUp()
    server.store.pulls = 'hold'
    const stopping = new AbortController()
    const pulling = follow(store.pull('llama3.2:3b', stopping.signal))
    await server.until(() => server.store.have.size > 0)
    stopping.abort()
    expect((await pulling).error).toMatchObject({ code: 'cancelled', message: expect.stringContaining('kept') })
    await server.until(() => server.store.abandonedPulls === 1)
    server.store.pulls = 'whole'
    const { seen, error } = await follow(store.pull('llama3.2:3b', never))
    expect(error).toBeUndefined()
    expect(seen[1]).toEqual({ stage: 'download', doneBytes: 500, totalBytes: 1000 })
  })

  it('is given up after five minutes of silence', async () => {
    const { server, clock, store } = await setUp()
    server.store.pulls = 'hold'
    const pulling = follow(store.pull('llama3.2:3b', never))
    await server.until(() => server.store.have.size > 0)
    // What was sent is read before the silence counts.
    for (let i = 0; i < 50; i++) await new Promise(setImmediate)
    clock.advance(5 * 60_000)
    expect((await pulling).error).toMatchObject({ code: 'model-cut-off' })
    await server.until(() => server.store.abandonedPulls === 1)
  })

  it.each([
    ['no-network', 'model-unreachable'],
    ['disk-full', 'disk-full'],
    ['too-new', 'model-refused'],
    ['cut', 'model-cut-off'],
  ] as const)('says what went wrong: %s', async (pulls, code) => {
    const { server, store } = await setUp()
    server.store.pulls = pulls
    expect((await follow(store.pull('llama3.2:3b', never))).error).toMatchObject({ code })
  })

  it('says that there is no such model, and that there is no server', async () => {
    const { server, store } = await setUp()
    expect((await follow(store.pull('lama:3b', never))).error).toMatchObject({ code: 'model-missing' })
    await server[Symbol.asyncDispose]()
    expect((await follow(store.pull('llama3.2:3b', never))).error).toMatchObject({ code: 'model-unreachable' })
  })
})

describe('what is there', () => {
  it('is deleted, once', async () => {
    const { server, store } = await setUp()
    await store.remove('llama3.2:3b')
    expect(server.models).toEqual([])
    await expect(store.remove('llama3.2:3b')).rejects.toMatchObject({ code: 'model-missing' })
  })

  it('is put away from memory', async () => {
    const { server, store } = await setUp()
    server.loaded.add('llama3.2:3b').add('nomic-embed-text')
    await store.unloadAll()
    expect([...server.loaded]).toEqual([])
  })
})
