import { describe, expect, it, onTestFinished } from 'vitest'
import { DEFAULT_SETTINGS } from '#contract/system.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { openOllama } from '../testing/open-ollama.ts'
import { ASK } from '../testing/prove-language-model.ts'
import { readChat, readUntilFailure } from '../testing/read-chat.ts'
import { startScriptedOllama } from '../testing/scripted-ollama.ts'
import { makeOllamaModel } from './ollama.ts'
import { shareOllama } from './share-ollama.ts'

describe('a slow model', () => {
  it('may load for minutes', async () => {
    const { server, clock, model } = await openOllama()
    server.script({ holdHeaders: true, tokens: ['There.'] })
    const reading = readChat(model.chat(ASK))
    await server.until(() => server.holdingCount === 1)
    clock.advance(4.9 * 60_000)
    server.release()
    expect((await reading).text).toBe('There.')
  })

  it('is given up after five minutes without a token, in the server too', async () => {
    const { server, clock, model } = await openOllama()
    server.script({ holdHeaders: true })
    const reading = readUntilFailure(model, ASK)
    await server.until(() => server.holdingCount === 1)
    clock.advance(5 * 60_000)
    expect((await reading).error).toMatchObject({ code: 'model-cut-off' })
    await server.until(() => server.calls[0]?.abandoned === true)
  })
})

describe('loading', () => {
  it('has five minutes of its own, before those of the prompt, and happens once', async () => {
    const { server, clock, model } = await openOllama()
    server.script({ holdLoad: true, holdHeaders: true, tokens: ['There.'] })
    const reading = readChat(model.chat(ASK))
    await server.until(() => server.holdingCount === 1)
    expect(server.calls).toHaveLength(0)
    clock.advance(4.9 * 60_000)
    server.release()
    await server.until(() => server.calls.length === 1 && server.holdingCount === 1)
    clock.advance(4.9 * 60_000)
    server.release()
    expect((await reading).text).toBe('There.')
    server.script({})
    await readChat(model.chat(ASK))
    expect(server.preloads).toHaveLength(1)
    expect(server.loadCount).toBe(1)
  })

  it('is given up after five minutes, in the server too, and no prompt is sent', async () => {
    const { server, clock, model } = await openOllama()
    server.script({ holdLoad: true })
    const reading = readUntilFailure(model, ASK)
    await server.until(() => server.holdingCount === 1)
    clock.advance(5 * 60_000)
    expect((await reading).error).toMatchObject({ code: 'model-cut-off', message: expect.stringContaining('load') })
    await server.until(() => server.preloads[0]?.abandoned === true)
    expect(server.calls).toHaveLength(0)
  })

  it('stops when the person stops', async () => {
    const { server, model } = await openOllama()
    server.script({ holdLoad: true })
    const stopping = new AbortController()
    const reading = readUntilFailure(model, { ...ASK, signal: stopping.signal })
    await server.until(() => server.holdingCount === 1)
    stopping.abort()
    expect((await reading).error).toMatchObject({ code: 'cancelled' })
    await server.until(() => server.preloads[0]?.abandoned === true)
  })

  it('happens anew once the server has put the model away', async () => {
    const { server, clock, model } = await openOllama()
    await readChat(model.chat(ASK))
    clock.advance(15 * 60_000)
    await readChat(model.chat(ASK))
    expect(server.preloads).toHaveLength(2)
  })

  it('sends nothing ahead to a model that runs elsewhere', async () => {
    const { server, model } = await openOllama({ chatModel: 'glm-4.6:cloud', allowCloudModels: true })
    server.models = [{ name: 'glm-4.6:cloud' }]
    await readChat(model.chat(ASK))
    expect(server.preloads).toHaveLength(0)
  })
})

describe('where memory is short', () => {
  it('puts other models away before it loads its own, and frees its own sooner', async () => {
    const server = await startScriptedOllama()
    onTestFinished(() => server[Symbol.asyncDispose]())
    const clock = manualClock()
    const settings = () => ({ ...DEFAULT_SETTINGS, ollamaUrl: server.url })
    const model = makeOllamaModel({ settings, clock, shared: shareOllama(() => true) })
    server.loaded.add('nomic-embed-text')
    await readChat(model.chat(ASK))
    expect([...server.loaded]).toEqual(['llama3.2:3b'])
    expect(server.calls[0]?.body.keep_alive).toBe('5m')
    // Something else had it put away meanwhile: the load has its own time again.
    server.loaded.clear()
    server.loaded.add('nomic-embed-text')
    const { events } = await readChat(model.chat(ASK))
    expect(events.map(({ type }) => type)).toEqual(['started', 'loading', 'reading', 'token', 'done'])
    expect([...server.loaded]).toEqual(['llama3.2:3b'])
    expect((await readChat(model.chat(ASK))).events.map(({ type }) => type)).not.toContain('loading')
  })

  it('leaves them where they are elsewhere', async () => {
    const { server, model } = await openOllama()
    server.loaded.add('nomic-embed-text')
    await readChat(model.chat(ASK))
    expect([...server.loaded]).toEqual(['nomic-embed-text', 'llama3.2:3b'])
    expect(server.calls[0]?.body.keep_alive).toBe('15m')
  })
})

describe('a call without messages', () => {
  it('loads the model and asks it nothing', async () => {
    const { server, model } = await openOllama()
    const { events } = await readChat(model.chat({ messages: [], maxTokens: 0 }))
    expect(events.map(({ type }) => type)).toEqual(['started', 'loading', 'done'])
    expect(server.preloads).toHaveLength(1)
    expect(server.calls).toHaveLength(0)
    expect((await readChat(model.chat(ASK))).events.map(({ type }) => type)).not.toContain('loading')
  })
})
