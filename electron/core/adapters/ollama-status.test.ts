import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DEFAULT_SETTINGS, type Settings } from '#contract/system.ts'
import { systemClock } from '../ops/system-clock.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { openOllama } from '../testing/open-ollama.ts'
import { ASK } from '../testing/prove-language-model.ts'
import { readUntilFailure } from '../testing/read-chat.ts'
import { makeOllamaModel } from './ollama.ts'

/** Until what `status` remembers is too old. */
const FORGOTTEN_MS = 3_000

describe('status', () => {
  it('names the model that would be used, the suggested ones first', async () => {
    const { server, clock, model } = await openOllama()
    server.models = [
      { name: 'nomic-embed-text:latest', size: 3e8, capabilities: ['embedding'] },
      { name: 'mistral:7b', size: 4e9 },
      { name: 'llama3.2:3b', size: 2e9 },
    ]
    expect(await model.status()).toMatchObject({
      state: 'ready',
      model: 'llama3.2:3b',
      version: '0.32.0',
      url: server.url,
    })
    server.models = server.models.slice(0, 2)
    clock.advance(FORGOTTEN_MS)
    expect(await model.status()).toMatchObject({ state: 'ready', model: 'mistral:7b' })
    server.models = server.models.slice(0, 1)
    clock.advance(FORGOTTEN_MS)
    expect(await model.status()).toMatchObject({ state: 'no-model' })
  })

  it('refuses a server that is too old', async () => {
    const { server, model } = await openOllama()
    server.version = '0.17.0'
    expect(await model.status()).toMatchObject({ state: 'too-old', version: '0.17.0' })
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code: 'model-refused' })
    expect(server.calls).toHaveLength(0)
    server.version = '0.17.1'
    expect(await model.status()).toMatchObject({ state: 'ready' })
  })

  it.each([
    { name: 'gpt-oss:120b-cloud' },
    { name: 'glm-4.6:cloud' },
    { name: 'mine:Cloud' },
    { name: 'gpt-oss:120b-CLOUD' },
    { name: 'kimi', remote_host: 'https://ollama.com:443' },
  ])('refuses a model that runs elsewhere unless it is allowed: $name', async (remote) => {
    const settings: Partial<Settings> = { chatModel: remote.name }
    const { server, model } = await openOllama(settings)
    server.models = [remote]
    expect(await model.status()).toMatchObject({ state: 'refused', models: [{ name: remote.name, local: false }] })
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code: 'model-refused' })
    expect(server.calls).toHaveLength(0)
    const allowed = makeOllamaModel({
      settings: () => ({ ...DEFAULT_SETTINGS, ...settings, ollamaUrl: server.url, allowCloudModels: true }),
      clock: manualClock(),
    })
    expect(await allowed.status()).toMatchObject({ state: 'ready' })
  })

  it.each(['gpt-oss:120b-cloud', 'mine:Cloud'])(
    'never chooses a model that runs elsewhere by itself: %s',
    async (name) => {
      const { server, model } = await openOllama()
      server.models = [{ name }]
      expect(await model.status()).toMatchObject({ state: 'no-model' })
    },
  )

  it('says that the chosen model is not there and how to get it', async () => {
    const { model } = await openOllama({ chatModel: 'phi4:14b' })
    const { state, message } = await model.status()
    expect(state).toBe('no-model')
    expect(message).toContain('ollama pull phi4:14b')
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code: 'model-missing' })
  })

  it.each(['nomic-embed-text', 'Nomic-Embed-Text:latest'])(
    'does not take %s for a model that writes',
    async (chatModel) => {
      const { server, model } = await openOllama({ chatModel })
      server.models = [{ name: 'nomic-embed-text:latest', capabilities: ['embedding'] }]
      expect(await model.status()).toMatchObject({ state: 'no-model', message: expect.stringContaining("can't write") })
      expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code: 'model-missing' })
    },
  )

  it('is remembered for three seconds, as long as the settings stay', async () => {
    const { server, clock } = await openOllama()
    let chatModel = ''
    const model = makeOllamaModel({
      settings: () => ({ ...DEFAULT_SETTINGS, ollamaUrl: server.url, chatModel }),
      clock,
    })
    expect(await model.status()).toMatchObject({ state: 'ready' })
    server.models = []
    clock.advance(2_999)
    expect(await model.status()).toMatchObject({ state: 'ready' })
    clock.advance(1)
    expect(await model.status()).toMatchObject({ state: 'no-model' })
    server.models = [{ name: 'mistral:7b' }]
    chatModel = 'mistral:7b'
    expect(await model.status()).toMatchObject({ state: 'ready', model: 'mistral:7b' })
  })

  it('is looked at anew after a call failed', async () => {
    const { server, model } = await openOllama()
    expect(await model.status()).toMatchObject({ state: 'ready' })
    server.script({ status: 500, error: 'gone' })
    await readUntilFailure(model, ASK)
    server.models = []
    expect(await model.status()).toMatchObject({ state: 'no-model' })
  })

  it.each([
    [403, '', 'refused', 'refuses', 'model-refused'],
    [404, 'not found', 'unreachable', 'not Ollama', 'model-unreachable'],
    [200, '<html></html>', 'unreachable', 'not Ollama', 'model-unreachable'],
  ])('says that something else answers there: %i', async (status, body, state, words, code) => {
    const other = createHttpServer((_request, response) => response.writeHead(status).end(body))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    const { port } = other.address() as { port: number }
    const ollamaUrl = `http://127.0.0.1:${port}`
    const model = makeOllamaModel({ settings: () => ({ ...DEFAULT_SETTINGS, ollamaUrl }), clock: manualClock() })
    expect(await model.status()).toMatchObject({ state, message: expect.stringContaining(words) })
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code })
  })

  it('says that nobody answers', async () => {
    const unused = createServer()
    await new Promise<void>((resolve) => unused.listen(0, '127.0.0.1', resolve))
    const { port } = unused.address() as { port: number }
    await new Promise((resolve) => unused.close(resolve))
    const ollamaUrl = `http://127.0.0.1:${port}`
    const model = makeOllamaModel({ settings: () => ({ ...DEFAULT_SETTINGS, ollamaUrl }), clock: systemClock })
    const { state, message } = await model.status()
    expect(state).toBe('unreachable')
    expect(message).toContain(`nothing answers at ${ollamaUrl}`)
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code: 'model-unreachable' })
  })

  it('gives up on a server that takes the connection and says nothing', async () => {
    const arrived = Promise.withResolvers<void>()
    const mute = createServer(() => arrived.resolve())
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void mute.close())
    const { port } = mute.address() as { port: number }
    const clock = manualClock()
    const model = makeOllamaModel({
      settings: () => ({ ...DEFAULT_SETTINGS, ollamaUrl: `http://127.0.0.1:${port}` }),
      clock,
    })
    const asking = model.status()
    await arrived.promise
    clock.advance(1_500)
    expect(await asking).toMatchObject({ state: 'unreachable' })
  })

  it('waits longer of a busy machine where work is about to be given to it, and does not believe what was seen in a hurry', async () => {
    const answers: (() => void)[] = []
    const arrivals: (() => void)[] = []
    const busy = createHttpServer((request, response) => {
      const body =
        request.url === '/api/version' ? { version: '0.32.0' } : { models: [{ name: 'llama3.2:3b', size: 1 }] }
      answers.push(() => response.end(JSON.stringify(body)))
      arrivals.shift()?.()
    })
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      busy.closeAllConnections()
      busy.close()
    })
    const { port } = busy.address() as { port: number }
    const clock = manualClock()
    const ollamaUrl = `http://127.0.0.1:${port}`
    const model = makeOllamaModel({ settings: () => ({ ...DEFAULT_SETTINGS, ollamaUrl }), clock })
    const arrived = () => new Promise<void>((resolve) => arrivals.push(resolve))

    const first = arrived()
    const hurried = model.status()
    await first
    clock.advance(1_500)
    expect(await hurried).toMatchObject({ state: 'unreachable' })

    const second = arrived()
    const patient = model.status(undefined, { patient: true })
    await second
    clock.advance(4_999)
    const third = arrived()
    answers.at(-1)?.()
    await third
    answers.at(-1)?.()
    expect(await patient).toMatchObject({ state: 'ready', model: 'llama3.2:3b' })
    const fourth = arrived()
    clock.advance(FORGOTTEN_MS)
    const given = model.status(undefined, { patient: true })
    await fourth
    clock.advance(5_000)
    expect(await given).toMatchObject({ state: 'unreachable' })
  })
})
