import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { DEFAULT_SETTINGS, type Settings } from '#contract/system.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { ASK, JSON_ASK, proveLanguageModel } from '../testing/prove-language-model.ts'
import { readChat, readUntilFailure } from '../testing/read-chat.ts'
import { startScriptedOpenAi } from '../testing/scripted-openai.ts'
import { keyNameOf, makeOpenAiModel } from './openai-compatible.ts'

async function setUp(changes: Partial<Settings> = {}, keys: Record<string, string> = {}) {
  const server = await startScriptedOpenAi()
  onTestFinished(() => server[Symbol.asyncDispose]())
  const clock = manualClock()
  const settings: Settings = { ...DEFAULT_SETTINGS, openaiUrl: server.url, ...changes }
  const secrets = { read: async (name: string) => keys[name] }
  const model = makeOpenAiModel({ settings: () => settings, secrets, clock })
  return { server, clock, model, settings, keys }
}

proveLanguageModel(setUp, ['cut', 'no-finish', 'error-event', 'damaged-event'])

describe('a call', () => {
  it('streams the reply and ends with what it cost', async () => {
    const { server, model } = await setUp()
    server.script({ tokens: ['The ', 'people.'] })
    const { text, events } = await readChat(model.chat({ ...ASK, temperature: 0.1, seed: 7 }))
    expect(text).toBe('The people.')
    expect(events[0]).toEqual({ type: 'started', provider: 'openai', model: 'local-model' })
    expect(events.at(-1)).toEqual({
      type: 'done',
      reachedLimit: false,
      usage: { promptTokens: 1, replyTokens: 2, durationMs: 0, promptMs: 0, replyMs: 0 },
    })
    expect(server.calls[0]?.body).toMatchObject({
      model: 'local-model',
      stream: true,
      max_tokens: 50,
      temperature: 0.1,
      seed: 7,
    })
  })

  it('guesses what it cost where the server does not tell', async () => {
    const { server, model } = await setUp()
    server.script({ tokens: ['Half of it'], hideUsage: true })
    expect((await readChat(model.chat(ASK))).done).toMatchObject({
      usage: { promptTokens: 6, replyTokens: 3, isEstimate: true },
    })
  })

  it.each(['crlf', 'bytes'] as const)('is read whole whatever the packets: %s', async (wire) => {
    const { server, model } = await setUp()
    server.script({ tokens: ['संविधान ', 'की ', '“आत्मा”\n'], wire })
    expect((await readChat(model.chat(ASK))).text).toBe('संविधान की “आत्मा”\n')
  })

  it('leaves thoughts out of the answer', async () => {
    const { server, model } = await setUp()
    server.script({ thoughts: ['hm', 'well'], tokens: ['Because.'] })
    expect((await readChat(model.chat(ASK))).text).toBe('Because.')
  })

  it('takes a reply that is not streamed, and one that ends without the last word', async () => {
    const { server, model } = await setUp()
    server.script({ tokens: ['Whole.'], whole: true }, { tokens: ['Enough.'], ending: 'no-done' })
    expect(await readChat(model.chat(ASK))).toMatchObject({ text: 'Whole.', done: { usage: { replyTokens: 1 } } })
    expect((await readChat(model.chat(ASK))).text).toBe('Enough.')
  })
})

describe('a broken answer', () => {
  it('is one that the server filtered', async () => {
    const { server, model } = await setUp()
    server.script({ finish: 'content_filter' })
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code: 'model-bad-output' })
  })

  it('is one to a prompt of which the server read only a part', async () => {
    const { server, model } = await setUp()
    server.script({ contextTokens: 100 })
    const messages = [{ role: 'user' as const, content: 'x'.repeat(8_000) }]
    expect((await readUntilFailure(model, { ...ASK, messages })).error).toMatchObject({
      code: 'prompt-too-long',
      message: expect.stringContaining('100 tokens'),
    })
  })
})

describe('errors before the first token', () => {
  it.each([
    [400, { error: { message: 'too many', code: 'context_length_exceeded' } }, 'prompt-too-long'],
    [400, { error: 'the request exceeds the available context size' }, 'prompt-too-long'],
    [400, { error: { message: 'bad roles' } }, 'model-bad-output'],
    [402, { error: { message: 'pay' } }, 'model-refused'],
    [403, { error: { message: 'region' } }, 'model-refused'],
    [404, { error: { message: 'no such model' } }, 'model-missing'],
    [429, { error: { message: 'quota', code: 'insufficient_quota' } }, 'model-refused'],
    [500, { error: { message: 'boom' } }, 'model-unreachable'],
    [301, {}, 'model-unreachable'],
  ])('%i %j', async (status, error, code) => {
    const { server, model } = await setUp()
    server.script({ status, error, headers: { location: 'http://127.0.0.1:1/' } })
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code, cause: expect.anything() })
    expect(server.calls).toHaveLength(1)
  })

  it('come as text where a proxy wrote a page', async () => {
    const { server, model } = await setUp()
    server.script({ status: 500, error: '<h1>Bad <b>day</b></h1>', html: true })
    expect(((await readUntilFailure(model, ASK)).error as Error).message).toContain('Bad day')
  })

  it('of a busy server are waited out for as long as it says', async () => {
    const { server, clock, model } = await setUp()
    server.script({ status: 429, headers: { 'retry-after': '7' } }, { tokens: ['There.'] })
    const reading = readChat(model.chat(ASK))
    await server.until(() => server.calls.length === 1)
    // Until it sleeps, the clock moves nothing.
    await vi.waitFor(async () => {
      clock.advance(7_000)
      expect(server.calls).toHaveLength(2)
    })
    expect((await reading).text).toBe('There.')
  })

  it('of a server that wants to be left alone for long are told at once', async () => {
    const { server, model } = await setUp()
    server.script({ status: 429, headers: { 'retry-after': '3600' } })
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code: 'model-busy' })
    expect(server.calls).toHaveLength(1)
  })

  it('again and again let it rest', async () => {
    const { server, clock, model } = await setUp()
    server.script({ status: 500 })
    for (let i = 0; i < 5; i++) await readUntilFailure(model, ASK)
    expect(server.calls).toHaveLength(3)
    expect(await model.status()).toMatchObject({ state: 'resting' })
    clock.advance(30_000)
    server.script({ tokens: ['There.'] })
    expect((await readChat(model.chat(ASK))).text).toBe('There.')
  })
})

describe('replies in a form', () => {
  it('are asked for by a strict schema, and come whole', async () => {
    const { server, model } = await setUp()
    server.script({ tokens: ['{"a":', '"b"}'] })
    expect((await readChat(model.chat(JSON_ASK))).text).toBe('{"a":"b"}')
    expect(server.calls[0]?.body.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { strict: true, schema: JSON_ASK.format },
    })
  })

  it.each([
    ['strict', 2, 'json_schema'],
    ['json_schema', 3, 'json_object'],
    ['response_format', 4, undefined],
  ] as const)(
    'are asked for by less where the server does not take %s, and at once the next time',
    async (refused, calls, type) => {
      const { server, model } = await setUp()
      server.refuses = [refused]
      server.script({ tokens: ['```json\n{"a":', '"b"}\n```'] })
      expect((await readChat(model.chat(JSON_ASK))).text).toBe('{"a":"b"}')
      expect(server.calls).toHaveLength(calls)
      expect(server.calls.at(-1)?.body.response_format?.type).toBe(type)
      const shown = server.calls.at(-1)?.body.messages.at(-1)?.content.includes('JSON Schema')
      expect(shown).toBe(refused !== 'strict')
      await readChat(model.chat(JSON_ASK))
      expect(server.calls).toHaveLength(calls + 1)
    },
  )

  it.each([
    [{ tokens: ['Sure, here you go!'] }, 50],
    [{ tokens: ['{"a":', '"b', 'c"}'] }, 2],
    [{ tokens: ['{"a":'], ending: 'blanks' as const }, 5000],
  ])('are told from what is none: %j', async (script, maxTokens) => {
    const { server, model } = await setUp()
    server.script(script)
    expect((await readUntilFailure(model, { ...JSON_ASK, maxTokens })).error).toMatchObject({
      code: 'model-bad-output',
    })
  })
})

describe('what a server does not take', () => {
  it.each(['stream_options', 'max_tokens', 'seed', 'temperature'] as const)('is left out: %s', async (refused) => {
    const { server, model } = await setUp()
    server.refuses = [refused]
    const request = { ...ASK, seed: 1, temperature: 0.5 }
    expect((await readChat(model.chat(request))).text).toBe('Fine.')
    await readChat(model.chat(request))
    expect(server.calls).toHaveLength(3)
    expect(server.calls[2]?.body).not.toHaveProperty(refused)
    expect(server.calls[2]?.body.max_tokens ?? server.calls[2]?.body.max_completion_tokens).toBe(50)
  })
})

describe('the key', () => {
  it('is sent to the server it was entered for, and told apart when it is missing or wrong', async () => {
    const { server, model, settings, keys, clock } = await setUp()
    server.key = 'right'
    expect(await model.status()).toMatchObject({ state: 'refused', problem: 'key-missing' })
    keys[keyNameOf(settings.openaiUrl)] = 'wrong'
    clock.advance(15_000)
    expect(await model.status()).toMatchObject({ state: 'refused', problem: 'key-refused' })
    settings.openaiModel = 'local-model'
    const { error } = await readUntilFailure(model, ASK)
    expect(error).toMatchObject({ code: 'key-refused' })
    expect(JSON.stringify([error, (error as Error).message])).not.toContain('wrong')
    keys[keyNameOf(settings.openaiUrl)] = 'right'
    expect((await readChat(model.chat(ASK))).text).toBe('Fine.')
  })

  it('is not sent to another address', async () => {
    const { server, model } = await setUp({}, { [keyNameOf('http://127.0.0.1:9/v1')]: 'secret' })
    await readChat(model.chat(ASK))
    expect(server.calls[0]?.authorization).toBeUndefined()
  })

  it('is not sent where anybody on the way could read it', async () => {
    const openaiUrl = 'http://models.example/v1'
    const { model } = await setUp({ openaiUrl, allowCloudModels: true }, { [keyNameOf(openaiUrl)]: 'secret' })
    expect(await model.status()).toMatchObject({ state: 'refused', problem: 'key-unsafe' })
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code: 'key-refused' })
  })
})

describe('status', () => {
  it('names the model that would be used: the chosen one, or the first that writes', async () => {
    const { server, model, settings } = await setUp()
    expect(await model.status()).toMatchObject({
      state: 'ready',
      provider: 'openai',
      model: 'local-model',
      models: [{ name: 'text-embedding-nomic' }, { name: 'local-model', local: true }],
    })
    settings.openaiModel = 'other'
    expect(await model.status()).toMatchObject({ state: 'ready', model: 'other' })
    server.listless = true
    settings.openaiModel = 'third'
    expect(await model.status()).toMatchObject({ state: 'ready', model: 'third' })
    settings.openaiModel = ''
    expect(await model.status()).toMatchObject({ state: 'unreachable', problem: 'port-taken' })
  })

  it('says that no model is loaded', async () => {
    const { server, model } = await setUp()
    server.models = ['text-embedding-nomic']
    expect(await model.status()).toMatchObject({ state: 'no-model' })
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code: 'model-missing' })
  })

  it('refuses another computer unless that is allowed', async () => {
    const { model } = await setUp({ openaiUrl: 'https://models.example/v1', openaiModel: 'm' })
    expect(await model.status()).toMatchObject({ state: 'refused', problem: 'leaves-computer' })
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code: 'model-refused' })
  })

  it('says that nobody answers, and who does not', async () => {
    const { server, model } = await setUp({ openaiModel: 'local-model' })
    await server[Symbol.asyncDispose]()
    expect(await model.status()).toMatchObject({ state: 'unreachable', problem: 'not-running' })
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code: 'model-unreachable' })
  })
})
