import { describe, expect, it, onTestFinished } from 'vitest'
import type { JobState } from '#contract/jobs.ts'
import type { ModelCall } from '#contract/models.ts'
import type { Settings } from '#contract/system.ts'
import { keepSettings } from '../ops/keep-settings.ts'
import { KEY_VARIABLE, makeSessionSecrets, withEnvironmentKey } from '../ops/session-secrets.ts'
import type { ChatEvent, ChatRequest } from '../ports.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { startScriptedOllama } from '../testing/scripted-ollama.ts'
import { startScriptedOpenAi } from '../testing/scripted-openai.ts'
import { openTestStore, testJobs } from '../testing/test-jobs.ts'
import { openLanguageModels } from './open-language-models.ts'

const ASK: ChatRequest = {
  messages: [{ role: 'user', content: 'Why?' }],
  maxTokens: 50,
  feature: 'ask',
  priority: 'question',
}

/** All but the window: the database, the runner, and a server over real HTTP. */
async function setUp(changes: Partial<Settings> = {}) {
  const server = await startScriptedOllama()
  onTestFinished(() => server[Symbol.asyncDispose]())
  const clock = manualClock(new Date(2026, 10, 26, 12).getTime())
  const store = openTestStore()
  const settings = keepSettings({ store })
  settings.update({ ollamaUrl: server.url, ...changes })
  const secrets = makeSessionSecrets()
  const models = openLanguageModels({ store, clock, settings: settings.read, secrets })
  const { runner } = testJobs(models.jobs, { store, clock })
  runner.start()
  const shelf = models.shelf(runner)
  const ended = async (id: Parameters<typeof runner.finished>[0]): Promise<[JobState, string | undefined]> => {
    const { state, failure } = await runner.finished(id)
    return [state, failure?.code]
  }
  const ask = async (request = ASK) => {
    const events: ChatEvent[] = []
    for await (const event of models.model.chat(request)) events.push(event)
    return events
  }
  return { server, clock, settings, secrets, models, runner, shelf, ended, ask }
}

describe('the shelf', () => {
  it('tells what is there, what suits this computer, and how fast it was', async () => {
    const { server, shelf, ask } = await setUp()
    server.models = [{ name: 'llama3.2:3b', size: 2e9, license: 'Apache License\nVersion 2.0, January 2004' }]
    expect((await shelf.shelf()).installed).toMatchObject([{ inUse: true, loaded: false, licence: 'Apache 2.0' }])
    server.script({ tokens: Array.from({ length: 20 }, () => 'word ') })
    await ask()
    await ask()
    const { installed, suggested, memory } = await shelf.shelf()
    expect(installed[0]).toMatchObject({ loaded: true, speed: { callCount: 2 } })
    expect(installed[0]?.speed?.promptPerSecond).toBeCloseTo(100)
    expect(installed[0]?.speed?.replyPerSecond).toBeCloseTo(10)
    expect(suggested.map(({ name, installed }) => [name, installed])).toEqual([
      ['qwen3.5:4b', false],
      ['gemma3:4b', false],
      ['qwen3.5:2b', false],
      ['llama3.2:3b', true],
    ])
    expect(suggested.filter(({ recommended }) => recommended)).toHaveLength(1)
    expect(memory.freeBytes).toBeLessThanOrEqual(memory.totalBytes)
  })

  it('is there without a server, and says what is wrong with it', async () => {
    const { server, shelf } = await setUp()
    await server[Symbol.asyncDispose]()
    expect(await shelf.shelf()).toMatchObject({ installed: [], status: { state: 'unreachable' } })
  })
})

describe('a download', () => {
  it('is a job that ends with the model in use', async () => {
    const { server, shelf, ended } = await setUp()
    server.models = []
    expect((await shelf.shelf()).status.state).toBe('no-model')
    const { id, title } = shelf.pull({ name: 'llama3.2:3b' })
    expect(title).toBe('llama3.2:3b')
    expect(await ended(id)).toEqual(['done', undefined])
    expect((await shelf.shelf()).status).toMatchObject({ state: 'ready', model: 'llama3.2:3b' })
  })

  it('is stopped in the server too, and goes on from there when it is tried again', async () => {
    const { server, shelf, runner, ended } = await setUp()
    server.store.pulls = 'hold'
    const { id } = shelf.pull({ name: 'llama3.2:3b' })
    expect(shelf.pull({ name: 'llama3.2:3b' }).id).toBe(id)
    await server.until(() => server.store.have.size > 0)
    runner.cancel(id)
    await server.until(() => server.store.abandonedPulls === 1)
    expect([...server.store.have.values()]).toEqual([500])
    server.store.pulls = 'whole'
    runner.retry(id)
    expect(await ended(id)).toEqual(['done', undefined])
  })

  it.each([
    ['no-network', 'snoozed', 'model-unreachable'],
    ['disk-full', 'parked', 'disk-full'],
    ['too-new', 'parked', 'model-refused'],
  ] as const)('waits for what is missing: %s', async (pulls, state, code) => {
    const { server, shelf, runner, ended } = await setUp()
    server.store.pulls = pulls
    const { id } = shelf.pull({ name: 'llama3.2:3b' })
    expect(await ended(id)).toEqual([state, code])
    server.store.pulls = 'whole'
    runner.retry(id)
    expect(await ended(id)).toEqual(['done', undefined])
  })

  it('fails at once for a name that is none', async () => {
    const { shelf, ended } = await setUp()
    expect(await ended(shelf.pull({ name: 'lama:3b' }).id)).toEqual(['failed', 'model-missing'])
  })

  it.each(['gpt-oss:120b-cloud', 'glm-4.6:Cloud'])('of a model that runs elsewhere is refused: %s', async (name) => {
    const { server, shelf, settings } = await setUp()
    expect(() => shelf.pull({ name })).toThrow(expect.objectContaining({ code: 'model-refused' }))
    expect(server.store.pulled).toEqual([])
    settings.update({ allowCloudModels: true })
    expect(shelf.pull({ name }).title).toBe(name)
  })
})

describe('loading', () => {
  it('beforehand is a job, and is shown while it goes on', async () => {
    const { server, shelf, ended } = await setUp()
    server.script({ holdLoad: true })
    const stopping = new AbortController()
    const seen: ModelCall[][] = []
    const watching = (async () => {
      for await (const calls of shelf.activity(stopping.signal)) seen.push(calls)
    })()
    const { id } = shelf.warmUp()
    await server.until(() => server.holdingCount === 1)
    server.release()
    expect(await ended(id)).toEqual(['done', undefined])
    stopping.abort()
    await watching
    expect(seen.at(0)).toEqual([])
    expect(seen.flat().map(({ stage }) => stage)).toContain('loading')
    expect(seen.at(-1)).toEqual([])
    expect((await shelf.shelf()).installed[0]?.loaded).toBe(true)
    await shelf.unload()
    expect((await shelf.shelf()).installed[0]?.loaded).toBe(false)
  })
})

describe('every call', () => {
  it('is written down, with what it was for and how it ended', async () => {
    const { server, models, ask } = await setUp()
    await ask()
    server.script({ tokens: ['Half '], ending: 'cut' })
    await expect(ask({ ...ASK, feature: 'quiz' })).rejects.toMatchObject({ code: 'model-cut-off' })
    server.script({ status: 500, error: 'out of memory' })
    await expect(ask({ ...ASK, feature: 'explain' })).rejects.toMatchObject({ code: 'model-unreachable' })
    server.script({ tokens: ['One '], ending: 'silence' })
    for await (const event of models.model.chat({ ...ASK, feature: 'summary' })) if (event.type === 'token') break
    const { rows } = models.usage.report({ days: 1 })
    expect(
      rows.map(({ feature, failedCount, promptTokens, replyTokens }) => [
        feature,
        failedCount,
        promptTokens,
        replyTokens,
      ]),
    ).toEqual([
      ['ask', 0, 1, 1],
      ['explain', 1, 0, 0],
      ['quiz', 1, 6, 2],
      ['summary', 0, 6, 2],
    ])
    expect(rows.every(({ model, provider }) => model === 'llama3.2:3b' && provider === 'ollama')).toBe(true)
  })

  it('that finds no server is one that failed', async () => {
    const { server, models, ask } = await setUp()
    await server[Symbol.asyncDispose]()
    await expect(ask()).rejects.toMatchObject({ code: 'model-unreachable' })
    expect(models.usage.report({ days: 1 }).rows).toMatchObject([{ model: '', failedCount: 1, promptTokens: 0 }])
  })

  it('stops at the limit of the day before anything is sent, and goes on after midnight', async () => {
    const { server, clock, settings, ask, models } = await setUp()
    settings.update({ dailyLimits: { ollama: { tokens: 60 } } })
    await ask()
    await expect(ask({ ...ASK, maxTokens: 60 })).rejects.toMatchObject({ code: 'budget-reached' })
    expect(server.calls).toHaveLength(1)
    expect(models.usage.report({ days: 1 }).rows).toMatchObject([{ callCount: 1 }])
    clock.setWall(models.usage.report({ days: 1 }).resetsAtMs)
    await ask({ ...ASK, maxTokens: 50 })
    expect(server.calls).toHaveLength(2)
  })

  it('tells how long it will take, and the status how long an answer may, once two were measured', async () => {
    const { server, models, ask } = await setUp()
    server.script({ tokens: Array.from({ length: 20 }, () => 'word ') })
    expect((await ask())[0]).not.toHaveProperty('expected')
    expect(await models.model.status()).not.toHaveProperty('answerMs')
    await ask()
    // 2,100 tokens at 100 a second, then 400 at 10.
    expect(await models.model.status()).toMatchObject({ state: 'ready', answerMs: 61_000 })
    const [started] = await ask({ ...ASK, messages: [{ role: 'user', content: 'x'.repeat(3_600) }], maxTokens: 400 })
    // 1,004 tokens at 100 a second, then 400 at 10.
    expect(started).toMatchObject({ type: 'started', expected: { firstTokenMs: 10_040, totalMs: 50_040 } })
  })

  it('that waits is shown behind the one that runs', async () => {
    const { server, shelf, ask } = await setUp()
    server.script({ holdHeaders: true }, {})
    const first = ask({ ...ASK, feature: 'quiz', priority: 'bulk' })
    await server.until(() => server.holdingCount === 1)
    const second = ask()
    const watching = shelf.activity()[Symbol.asyncIterator]()
    expect((await watching.next()).value).toMatchObject([
      { feature: 'quiz', priority: 'bulk', stage: 'reading', model: 'llama3.2:3b' },
      { feature: 'ask', priority: 'question', stage: 'waiting' },
    ])
    await watching.return?.()
    server.release()
    await Promise.all([first, second])
  })
})

describe('the provider', () => {
  it('is the one of the settings, from the next call on', async () => {
    const { server, settings, models, ask, shelf, secrets } = await setUp()
    const other = await startScriptedOpenAi()
    onTestFinished(() => other[Symbol.asyncDispose]())
    other.key = 'sk-right'
    settings.update({ provider: 'openai', openaiUrl: other.url })
    expect((await shelf.shelf()).status).toMatchObject({ provider: 'openai', problem: 'key-missing' })
    await shelf.setKey({ key: 'sk-right' })
    expect(await shelf.shelf()).toMatchObject({ status: { state: 'ready' }, key: { known: true, keptIn: 'session' } })
    await ask()
    expect(other.calls).toHaveLength(1)
    expect(server.calls).toHaveLength(0)
    expect(models.usage.report({ days: 1 }).rows).toMatchObject([{ provider: 'openai', model: 'local-model' }])
    await shelf.setKey({ key: '' })
    expect(await secrets.read('openai-key')).toBeUndefined()
    expect((await shelf.shelf()).key.known).toBe(false)
    settings.update({ provider: 'extractive' })
    expect(await models.model.status()).toMatchObject({ state: 'off' })
    await expect(ask()).rejects.toMatchObject({ code: 'model-refused' })
  })

  it('leaves no key in the database or its files', async () => {
    const { shelf, models, settings } = await setUp({ provider: 'openai' })
    await shelf.setKey({ key: 'sk-in-no-file' })
    expect(JSON.stringify([settings.read(), models.usage.report({ days: 1 }), await shelf.shelf()])).not.toContain(
      'sk-',
    )
  })
})

describe('the key of the environment', () => {
  it('serves where none was entered', async () => {
    const keeper = withEnvironmentKey(makeSessionSecrets(), { [KEY_VARIABLE]: ' sk-env ' })
    expect(await keeper.read('a')).toBe('sk-env')
    await keeper.write('a', 'sk-own')
    expect(await keeper.read('a')).toBe('sk-own')
    expect(await withEnvironmentKey(makeSessionSecrets(), {}).read('a')).toBeUndefined()
  })
})
