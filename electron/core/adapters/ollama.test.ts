import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { DEFAULT_SETTINGS, type Settings } from '#contract/system.ts'
import { systemClock } from '../ops/system-clock.ts'
import type { ChatEvent, ChatRequest } from '../ports.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { readChat, readUntilFailure, textOf } from '../testing/read-chat.ts'
import { type ScriptedOllama, startScriptedOllama } from '../testing/scripted-ollama.ts'
import { makeOllamaModel } from './ollama.ts'
import { shareOllama } from './share-ollama.ts'

const ASK: ChatRequest = { messages: [{ role: 'user', content: 'Why?' }], maxTokens: 50 }
const STARTED = { type: 'started', provider: 'ollama', model: 'llama3.2:3b' }
const JSON_ASK: ChatRequest = {
  ...ASK,
  format: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
}

async function setUp(settings: Partial<Settings> = {}) {
  const server = await startScriptedOllama()
  onTestFinished(() => server[Symbol.asyncDispose]())
  const clock = manualClock()
  const model = makeOllamaModel({
    settings: () => ({ ...DEFAULT_SETTINGS, ollamaUrl: server.url, ...settings }),
    clock,
  })
  return { server, clock, model }
}

/** Until what `status` remembers is too old. */
const FORGOTTEN_MS = 3_000

function allAbandoned(server: ScriptedOllama): () => boolean {
  return () => server.calls.length > 0 && server.calls.every(({ abandoned }) => abandoned)
}

describe('a call', () => {
  it('streams the reply and ends with what it cost', async () => {
    const { server, model } = await setUp()
    server.script({ tokens: ['The ', 'people.'] })
    const { text, events } = await readChat(model.chat(ASK))
    expect(text).toBe('The people.')
    expect(events.slice(0, 3)).toEqual([STARTED, { type: 'loading' }, { type: 'reading' }])
    expect(events.at(-1)).toEqual({
      type: 'done',
      reachedLimit: false,
      usage: { promptTokens: 1, replyTokens: 2, durationMs: 0, promptMs: 10, replyMs: 200 },
    })
  })

  it('is always streamed, keeps the whole prompt, and names its context', async () => {
    const { server, model } = await setUp()
    await readChat(model.chat({ ...ASK, temperature: 0.2, seed: 7 }))
    server.script({ tokens: ['{"a":"b"}'] })
    await readChat(model.chat(JSON_ASK))
    for (const { body } of server.calls) {
      expect(body).toMatchObject({
        stream: true,
        truncate: false,
        shift: false,
        options: { num_ctx: 4096, num_predict: 50 },
      })
    }
    expect(server.calls[0]?.body.options).toEqual({ num_ctx: 4096, num_predict: 50, temperature: 0.2, seed: 7 })
  })

  it('loads the model once, whatever is asked of it', async () => {
    const { server, model } = await setUp()
    server.script({ tokens: ['{"a":"b"}'] })
    await readChat(model.chat({ ...ASK, maxTokens: 400, temperature: 0 }))
    await readChat(model.chat({ ...JSON_ASK, maxTokens: 10, seed: 3 }))
    expect(server.loadCount).toBe(1)
  })

  it('says when the limit ended the reply', async () => {
    const { server, model } = await setUp()
    server.script({ tokens: ['a ', 'b ', 'c '] })
    const { text, events } = await readChat(model.chat({ ...ASK, maxTokens: 2 }))
    expect(text).toBe('a b ')
    expect(events.at(-1)).toMatchObject({ type: 'done', reachedLimit: true })
  })

  it('reaches 127.0.0.1 where the address says localhost', async () => {
    const server = await startScriptedOllama()
    onTestFinished(() => server[Symbol.asyncDispose]())
    const ollamaUrl = server.url.replace('127.0.0.1', 'localhost')
    const model = makeOllamaModel({ settings: () => ({ ...DEFAULT_SETTINGS, ollamaUrl }), clock: manualClock() })
    await readChat(model.chat(ASK))
    expect(server.calls[0]?.host).toBe(new URL(server.url).host)
  })
})

describe('an overlong prompt', () => {
  it('is refused instead of losing its beginning', async () => {
    const { model } = await setUp()
    const { error } = await readUntilFailure(model, {
      ...ASK,
      messages: [{ role: 'user', content: 'x'.repeat(40_000) }],
    })
    expect(error).toMatchObject({ code: 'prompt-too-long' })
  })
})

describe('a slow model', () => {
  it('may load for minutes', async () => {
    const { server, clock, model } = await setUp()
    server.script({ holdHeaders: true, tokens: ['There.'] })
    const reading = readChat(model.chat(ASK))
    await server.until(() => server.holdingCount === 1)
    clock.advance(4.9 * 60_000)
    server.release()
    expect((await reading).text).toBe('There.')
  })

  it('is given up after five minutes without a token, in the server too', async () => {
    const { server, clock, model } = await setUp()
    server.script({ holdHeaders: true })
    const reading = readUntilFailure(model, ASK)
    await server.until(() => server.holdingCount === 1)
    clock.advance(5 * 60_000)
    expect((await reading).error).toMatchObject({ code: 'model-cut-off' })
    await server.until(allAbandoned(server))
  })

  it('is given up when it falls silent in the middle; what it wrote was handed over', async () => {
    const { server, clock, model } = await setUp()
    server.script({ tokens: ['Half '], ending: 'silence' })
    const events = model.chat(ASK)[Symbol.asyncIterator]()
    for (const type of ['started', 'loading', 'reading']) expect((await events.next()).value).toMatchObject({ type })
    expect((await events.next()).value).toEqual({ type: 'token', text: 'Half ' })
    const next = events.next()
    clock.advance(59_000)
    clock.advance(1_000)
    await expect(next).rejects.toMatchObject({ code: 'model-cut-off' })
    await server.until(allAbandoned(server))
  })
})

describe('loading', () => {
  it('has five minutes of its own, before those of the prompt, and happens once', async () => {
    const { server, clock, model } = await setUp()
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
    const { server, clock, model } = await setUp()
    server.script({ holdLoad: true })
    const reading = readUntilFailure(model, ASK)
    await server.until(() => server.holdingCount === 1)
    clock.advance(5 * 60_000)
    expect((await reading).error).toMatchObject({ code: 'model-cut-off', message: expect.stringContaining('load') })
    await server.until(() => server.preloads[0]?.abandoned === true)
    expect(server.calls).toHaveLength(0)
  })

  it('stops when the person stops', async () => {
    const { server, model } = await setUp()
    server.script({ holdLoad: true })
    const stopping = new AbortController()
    const reading = readUntilFailure(model, { ...ASK, signal: stopping.signal })
    await server.until(() => server.holdingCount === 1)
    stopping.abort()
    expect((await reading).error).toMatchObject({ code: 'cancelled' })
    await server.until(() => server.preloads[0]?.abandoned === true)
  })

  it('happens anew once the server has put the model away', async () => {
    const { server, clock, model } = await setUp()
    await readChat(model.chat(ASK))
    clock.advance(15 * 60_000)
    await readChat(model.chat(ASK))
    expect(server.preloads).toHaveLength(2)
  })

  it('sends nothing ahead to a model that runs elsewhere', async () => {
    const { server, model } = await setUp({ chatModel: 'glm-4.6:cloud', allowCloudModels: true })
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
    const { server, model } = await setUp()
    server.loaded.add('nomic-embed-text')
    await readChat(model.chat(ASK))
    expect([...server.loaded]).toEqual(['nomic-embed-text', 'llama3.2:3b'])
    expect(server.calls[0]?.body.keep_alive).toBe('15m')
  })
})

describe('a call without messages', () => {
  it('loads the model and asks it nothing', async () => {
    const { server, model } = await setUp()
    const { events } = await readChat(model.chat({ messages: [], maxTokens: 0 }))
    expect(events.map(({ type }) => type)).toEqual(['started', 'loading', 'done'])
    expect(server.preloads).toHaveLength(1)
    expect(server.calls).toHaveLength(0)
    expect((await readChat(model.chat(ASK))).events.map(({ type }) => type)).not.toContain('loading')
  })
})

describe('stopping', () => {
  it('ends the work in the server before the headers came', async () => {
    const { server, model } = await setUp()
    server.script({ holdHeaders: true })
    const stopping = new AbortController()
    const reading = readUntilFailure(model, { ...ASK, signal: stopping.signal })
    await server.until(() => server.holdingCount === 1)
    stopping.abort()
    expect((await reading).error).toMatchObject({ code: 'cancelled' })
    await server.until(allAbandoned(server))
  })

  it('ends the work in the server in the middle of the reply', async () => {
    const { server, model } = await setUp()
    server.script({ tokens: ['One '], ending: 'silence' })
    const stopping = new AbortController()
    const events: ChatEvent[] = []
    const reading = (async () => {
      for await (const event of model.chat({ ...ASK, signal: stopping.signal })) {
        events.push(event)
        if (event.type === 'token') stopping.abort()
      }
    })()
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' })
    expect(textOf(events)).toBe('One ')
    await server.until(allAbandoned(server))
  })

  it('ends the work in the server when the reader leaves the loop', async () => {
    const { server, model } = await setUp()
    server.script({ tokens: ['One '], ending: 'silence' })
    for await (const event of model.chat(ASK)) if (event.type === 'token') break
    await server.until(allAbandoned(server))
  })
})

describe('a broken answer', () => {
  it.each(['cut', 'no-done', 'error-line', 'damaged-line'] as const)(
    'is never taken for a whole one: %s',
    async (ending) => {
      const { server, model } = await setUp()
      const print = vi.spyOn(console, 'warn')
      server.script({ tokens: ['Half ', 'an '], ending })
      const { text, error } = await readUntilFailure(model, ASK)
      expect(error).toMatchObject({ code: 'model-cut-off' })
      expect('Half an ').toContain(text)
      expect(print).not.toHaveBeenCalled()
    },
  )

  it('is no answer when the model was put away', async () => {
    const { server, model } = await setUp()
    server.script({ tokens: [], doneReason: 'unload' })
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code: 'model-cut-off' })
  })
})

describe('errors before the first token', () => {
  it.each([
    [404, 'model not found', 'model-missing'],
    [500, 'model requires more system memory (5.6 GiB) than is available', 'model-unreachable'],
    [403, 'forbidden', 'model-refused'],
    [499, 'cancelled', 'model-cut-off'],
    [400, 'invalid options', 'model-bad-output'],
  ])('%i becomes its own code', async (status, error, code) => {
    const { server, model } = await setUp()
    server.script({ status, error })
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code, cause: expect.anything() })
  })

  it("are told in the server's words, and print nothing, where they come as text", async () => {
    const { server, model } = await setUp()
    const print = vi.spyOn(console, 'log')
    server.script({ status: 500, error: '<h1>out of memory</h1>', plainText: true })
    const { error } = await readUntilFailure(model, ASK)
    expect((error as Error).message).toContain('out of memory')
    expect(print).not.toHaveBeenCalled()
  })
})

describe('trying again', () => {
  it('waits for a place in a full queue, twice, and no longer', async () => {
    const { server, clock, model } = await setUp()
    const busy = { status: 503, error: 'server busy, maximum pending requests exceeded' }
    server.script(busy, busy, { tokens: ['There.'] })
    const reading = readChat(model.chat(ASK))
    for (const calls of [1, 2]) {
      await server.until(() => server.calls.length === calls)
      await vi.waitFor(() => {
        clock.advance(2_000)
        expect(server.calls.length).toBe(calls + 1)
      })
    }
    expect((await reading).text).toBe('There.')
    server.script(busy)
    const failing = readUntilFailure(model, ASK)
    let settled = false
    void failing.then(() => {
      settled = true
    })
    await vi.waitFor(() => {
      clock.advance(2_000)
      expect(settled).toBe(true)
    })
    expect((await failing).error).toMatchObject({ code: 'model-busy' })
    expect(server.calls).toHaveLength(6)
  })

  it('is of no use where the same would come again', async () => {
    const { server, model } = await setUp()
    server.script({ status: 500, error: 'out of memory' })
    await readUntilFailure(model, ASK)
    server.script({ tokens: ['Half '], ending: 'cut' })
    await readUntilFailure(model, ASK)
    expect(server.calls).toHaveLength(2)
  })

  it('rests after three failures in a row, lets one through after half a minute, and goes on once that went well', async () => {
    const { server, clock, model } = await setUp()
    server.script({ status: 500, error: 'out of memory' })
    for (let i = 0; i < 3; i++) await readUntilFailure(model, ASK)
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({
      code: 'model-unreachable',
      message: expect.stringContaining('3 times'),
    })
    expect(server.calls).toHaveLength(3)
    expect(await model.status()).toMatchObject({ state: 'resting', retryInMs: 30_000 })
    clock.advance(30_000)
    expect(await model.status()).toMatchObject({ state: 'ready' })
    await readUntilFailure(model, ASK)
    expect(server.calls).toHaveLength(4)
    expect(await model.status()).toMatchObject({ state: 'resting', retryInMs: 60_000 })
    clock.advance(60_000)
    server.script({ tokens: ['There.'] })
    expect((await readChat(model.chat(ASK))).text).toBe('There.')
    server.script({ status: 500, error: 'out of memory' })
    await readUntilFailure(model, ASK)
    expect(await model.status()).toMatchObject({ state: 'ready' })
  })

  it('begins at once when the person says so', async () => {
    const { server, model } = await setUp()
    server.script({ status: 500, error: 'out of memory' })
    for (let i = 0; i < 3; i++) await readUntilFailure(model, ASK)
    model.tryAgain()
    expect(await model.status()).toMatchObject({ state: 'ready' })
    server.script({ tokens: ['There.'] })
    expect((await readChat(model.chat(ASK))).text).toBe('There.')
  })
})

describe('replies in a form', () => {
  it.each([
    { type: 'array', uniqueItems: true },
    { type: 'object', properties: { a: { not: { const: 'x' } } } },
    { type: 'array', prefixItems: [{ type: 'string' }] },
    { anyOf: [{ $ref: '#/$defs/a' }] },
    { type: 'string', pattern: '[A-D]' },
  ])('are not asked for in one that the server would quietly not keep: %j', async (format) => {
    const { server, model } = await setUp()
    const { error } = await readUntilFailure(model, { ...ASK, format })
    expect(error).toMatchObject({ code: 'internal', message: expect.stringContaining('does not keep') })
    expect(server.calls).toEqual([])
  })

  it('may be as narrow as the server keeps it', async () => {
    const { server, model } = await setUp()
    server.script({ tokens: ['{"a":["B"]}'] })
    const items = { type: 'string', pattern: '^[A-D]$', maxLength: 1 }
    const properties = { a: { type: 'array', items, minItems: 1, maxItems: 4 }, b: { enum: ['x', 'y'] } }
    const format = { type: 'object', properties, required: ['a'], additionalProperties: false }
    expect((await readChat(model.chat({ ...ASK, format }))).text).toBe('{"a":["B"]}')
  })

  it('are handed over as they were asked for', async () => {
    const { server, model } = await setUp()
    server.script({ tokens: ['{"a":', '"b"}'] })
    expect((await readChat(model.chat(JSON_ASK))).text).toBe('{"a":"b"}')
    expect(server.calls[0]?.body.format).toEqual(JSON_ASK.format)
  })

  it('are told from prose', async () => {
    const { server, model } = await setUp()
    server.script({ tokens: ['Sure, here you go!'] })
    expect((await readUntilFailure(model, JSON_ASK)).error).toMatchObject({ code: 'model-bad-output' })
  })

  it('are not whole when the limit ended them', async () => {
    const { server, model } = await setUp()
    server.script({ tokens: ['{"a":', '"b', 'c"}'] })
    expect((await readUntilFailure(model, { ...JSON_ASK, maxTokens: 2 })).error).toMatchObject({
      code: 'model-bad-output',
    })
  })

  it('are told from prompts that left them no room: another try would end the same', async () => {
    const { server, model } = await setUp()
    server.script({ tokens: ['{"a":', '"b'], doneReason: 'length' })
    const messages = [{ role: 'user' as const, content: 'x'.repeat(4 * 4094) }]
    expect((await readUntilFailure(model, { ...JSON_ASK, messages })).error).toMatchObject({ code: 'prompt-too-long' })
  })

  it('end when the model writes blanks for ever', async () => {
    const { server, model } = await setUp()
    server.script({ tokens: ['{"a":'], ending: 'blanks' })
    expect((await readUntilFailure(model, JSON_ASK)).error).toMatchObject({ code: 'model-bad-output' })
  })

  it.each(['0.18.0', '0.31.1'])('are asked by /api/generate where chat would forget the form (%s)', async (version) => {
    const { server, model } = await setUp()
    server.version = version
    server.models = [{ name: 'qwen3.5:4b', capabilities: ['completion', 'thinking'] }]
    server.script({ tokens: ['{"a":"b"}'] })
    const messages = [
      { role: 'system' as const, content: 'Rules.' },
      { role: 'user' as const, content: 'Make one.' },
    ]
    expect((await readChat(model.chat({ ...JSON_ASK, messages }))).text).toBe('{"a":"b"}')
    expect(server.calls[0]).toMatchObject({
      path: '/api/generate',
      body: { system: 'Rules.', prompt: 'Make one.', think: false },
    })
  })

  it('are asked by chat where it keeps the form', async () => {
    const { server, model } = await setUp()
    server.version = '0.31.2'
    server.models = [{ name: 'qwen3.5:4b', capabilities: ['completion', 'thinking'] }]
    server.script({ tokens: ['{"a":"b"}'] })
    await readChat(model.chat(JSON_ASK))
    expect(server.calls[0]?.path).toBe('/api/chat')
  })
})

describe('thinking', () => {
  it.each([true, false])(
    'is turned off where the model can think, else not named (capabilities hidden: %s)',
    async (hidden) => {
      const { server, model } = await setUp()
      server.hideCapabilities = hidden
      server.models = [{ name: 'qwen3.5:4b', capabilities: ['completion', 'thinking'] }]
      expect((await readChat(model.chat(ASK))).text).toBe('Fine.')
      expect(server.calls[0]?.body.think).toBe(false)
      server.models = [{ name: 'llama3.2:3b', capabilities: ['completion'] }]
      expect((await readChat(model.chat(ASK))).text).toBe('Fine.')
      expect(server.calls[1]?.body).not.toHaveProperty('think')
    },
  )
})

describe('calls at the same time', () => {
  it('run one after the other, and the waiting ones are told', async () => {
    const { server, model } = await setUp()
    server.script({ holdHeaders: true, tokens: ['first'] }, { tokens: ['second'] })
    const first = readChat(model.chat(ASK))
    await server.until(() => server.holdingCount === 1)
    const second = readChat(model.chat(ASK))
    server.release()
    expect((await first).text).toBe('first')
    const { text, events } = await second
    expect(text).toBe('second')
    expect(events.slice(0, 2)).toEqual([{ type: 'queued', ahead: 1 }, STARTED])
    expect(server.mostAtOnce).toBe(1)
  })

  it('are told again whenever their place changes', async () => {
    const { server, model } = await setUp()
    server.script({ holdHeaders: true }, { tokens: [] })
    const running = readChat(model.chat(ASK))
    await server.until(() => server.holdingCount === 1)
    const second = readChat(model.chat(ASK))
    const leaving = new AbortController()
    const third = readUntilFailure(model, { ...ASK, signal: leaving.signal })
    const places: number[] = []
    const fourth = (async () => {
      for await (const event of model.chat(ASK)) {
        if (event.type !== 'queued') continue
        places.push(event.ahead)
        if (event.ahead === 4) leaving.abort()
        if (places.length === 3) server.release()
      }
    })()
    const question = readChat(model.chat({ ...ASK, priority: 'question' }))
    await Promise.all([running, second, third, fourth, question])
    // Joined as the fourth, passed by a question, then one left; the calls before it ended one by one.
    expect(places).toEqual([3, 4, 3, 2, 1])
  })

  it('let a question go before waiting bulk calls', async () => {
    const { server, model } = await setUp()
    server.script({ holdHeaders: true }, { tokens: [] })
    const ask = (content: string, priority: 'question' | 'bulk') =>
      readChat(model.chat({ ...ASK, messages: [{ role: 'user', content }], priority }))
    const running = ask('running', 'bulk')
    await server.until(() => server.holdingCount === 1)
    const bulk = ask('bulk', 'bulk')
    const question = ask('question', 'question')
    server.release()
    await Promise.all([running, bulk, question])
    expect(server.calls.map(({ body }) => body.messages?.[0]?.content)).toEqual(['running', 'question', 'bulk'])
  })

  it('leave the queue when they are stopped, and a failed one lets the next begin', async () => {
    const { server, model } = await setUp()
    server.script({ holdHeaders: true, ending: 'no-done' }, { tokens: ['next'] })
    const failing = readUntilFailure(model, ASK)
    await server.until(() => server.holdingCount === 1)
    const stopping = new AbortController()
    const stopped = readUntilFailure(model, { ...ASK, signal: stopping.signal })
    const next = readChat(model.chat(ASK))
    stopping.abort()
    expect((await stopped).error).toMatchObject({ code: 'cancelled' })
    server.release()
    await failing
    expect((await next).text).toBe('next')
    expect(server.calls).toHaveLength(2)
  })
})

describe('status', () => {
  it('names the model that would be used, the suggested ones first', async () => {
    const { server, clock, model } = await setUp()
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
    const { server, model } = await setUp()
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
    const { server, model } = await setUp(settings)
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
      const { server, model } = await setUp()
      server.models = [{ name }]
      expect(await model.status()).toMatchObject({ state: 'no-model' })
    },
  )

  it('says that the chosen model is not there and how to get it', async () => {
    const { model } = await setUp({ chatModel: 'phi4:14b' })
    const { state, message } = await model.status()
    expect(state).toBe('no-model')
    expect(message).toContain('ollama pull phi4:14b')
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code: 'model-missing' })
  })

  it.each(['nomic-embed-text', 'Nomic-Embed-Text:latest'])(
    'does not take %s for a model that writes',
    async (chatModel) => {
      const { server, model } = await setUp({ chatModel })
      server.models = [{ name: 'nomic-embed-text:latest', capabilities: ['embedding'] }]
      expect(await model.status()).toMatchObject({ state: 'no-model', message: expect.stringContaining("can't write") })
      expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code: 'model-missing' })
    },
  )

  it('is remembered for three seconds, as long as the settings stay', async () => {
    const { server, clock } = await setUp()
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
    const { server, model } = await setUp()
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
