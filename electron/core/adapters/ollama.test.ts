import { describe, expect, it, onTestFinished } from 'vitest'
import { DEFAULT_SETTINGS } from '#contract/system.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { openOllama, STARTED } from '../testing/open-ollama.ts'
import { ASK, JSON_ASK, proveLanguageModel } from '../testing/prove-language-model.ts'
import { readChat, readUntilFailure } from '../testing/read-chat.ts'
import { startScriptedOllama } from '../testing/scripted-ollama.ts'
import { makeOllamaModel } from './ollama.ts'

proveLanguageModel(openOllama, ['cut', 'no-done', 'error-line', 'damaged-line'])

describe('a call', () => {
  it('streams the reply and ends with what it cost', async () => {
    const { server, model } = await openOllama()
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
    const { server, model } = await openOllama()
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
    const { server, model } = await openOllama()
    server.script({ tokens: ['{"a":"b"}'] })
    await readChat(model.chat({ ...ASK, maxTokens: 400, temperature: 0 }))
    await readChat(model.chat({ ...JSON_ASK, maxTokens: 10, seed: 3 }))
    expect(server.loadCount).toBe(1)
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
    const { model } = await openOllama()
    const { error } = await readUntilFailure(model, {
      ...ASK,
      messages: [{ role: 'user', content: 'x'.repeat(40_000) }],
    })
    expect(error).toMatchObject({ code: 'prompt-too-long' })
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
    const { server, model } = await openOllama()
    const { error } = await readUntilFailure(model, { ...ASK, format })
    expect(error).toMatchObject({ code: 'internal', message: expect.stringContaining('does not keep') })
    expect(server.calls).toEqual([])
  })

  it('may be as narrow as the server keeps it', async () => {
    const { server, model } = await openOllama()
    server.script({ tokens: ['{"a":["B"]}'] })
    const items = { type: 'string', pattern: '^[A-D]$', maxLength: 1 }
    const properties = { a: { type: 'array', items, minItems: 1, maxItems: 4 }, b: { enum: ['x', 'y'] } }
    const format = { type: 'object', properties, required: ['a'], additionalProperties: false }
    expect((await readChat(model.chat({ ...ASK, format }))).text).toBe('{"a":["B"]}')
  })

  it('are handed over as they were asked for', async () => {
    const { server, model } = await openOllama()
    server.script({ tokens: ['{"a":', '"b"}'] })
    expect((await readChat(model.chat(JSON_ASK))).text).toBe('{"a":"b"}')
    expect(server.calls[0]?.body.format).toEqual(JSON_ASK.format)
  })

  it('are told from prose', async () => {
    const { server, model } = await openOllama()
    server.script({ tokens: ['Sure, here you go!'] })
    expect((await readUntilFailure(model, JSON_ASK)).error).toMatchObject({ code: 'model-bad-output' })
  })

  it('are not whole when the limit ended them', async () => {
    const { server, model } = await openOllama()
    server.script({ tokens: ['{"a":', '"b', 'c"}'] })
    expect((await readUntilFailure(model, { ...JSON_ASK, maxTokens: 2 })).error).toMatchObject({
      code: 'model-bad-output',
    })
  })

  it('are told from prompts that left them no room: another try would end the same', async () => {
    const { server, model } = await openOllama()
    server.script({ tokens: ['{"a":', '"b'], doneReason: 'length' })
    const messages = [{ role: 'user' as const, content: 'x'.repeat(4 * 4094) }]
    expect((await readUntilFailure(model, { ...JSON_ASK, messages })).error).toMatchObject({ code: 'prompt-too-long' })
  })

  it('end when the model writes blanks for ever', async () => {
    const { server, model } = await openOllama()
    server.script({ tokens: ['{"a":'], ending: 'blanks' })
    expect((await readUntilFailure(model, JSON_ASK)).error).toMatchObject({ code: 'model-bad-output' })
  })

  it.each(['0.18.0', '0.31.1'])('are asked by /api/generate where chat would forget the form (%s)', async (version) => {
    const { server, model } = await openOllama()
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
    const { server, model } = await openOllama()
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
      const { server, model } = await openOllama()
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
