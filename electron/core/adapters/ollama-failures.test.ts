import { describe, expect, it, vi } from 'vitest'
import { openOllama } from '../testing/open-ollama.ts'
import { ASK } from '../testing/prove-language-model.ts'
import { readChat, readUntilFailure } from '../testing/read-chat.ts'

describe('a broken answer', () => {
  it('is no answer when the model was put away', async () => {
    const { server, model } = await openOllama()
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
    const { server, model } = await openOllama()
    server.script({ status, error })
    expect((await readUntilFailure(model, ASK)).error).toMatchObject({ code, cause: expect.anything() })
  })

  it("are told in the server's words, and print nothing, where they come as text", async () => {
    const { server, model } = await openOllama()
    const print = vi.spyOn(console, 'log')
    server.script({ status: 500, error: '<h1>out of memory</h1>', plainText: true })
    const { error } = await readUntilFailure(model, ASK)
    expect((error as Error).message).toContain('out of memory')
    expect(print).not.toHaveBeenCalled()
  })
})

describe('trying again', () => {
  it('waits for a place in a full queue, twice, and no longer', async () => {
    const { server, clock, model } = await openOllama()
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
    const { server, model } = await openOllama()
    server.script({ status: 500, error: 'out of memory' })
    await readUntilFailure(model, ASK)
    server.script({ tokens: ['Half '], ending: 'cut' })
    await readUntilFailure(model, ASK)
    expect(server.calls).toHaveLength(2)
  })

  it('rests after three failures in a row, lets one through after half a minute, and goes on once that went well', async () => {
    const { server, clock, model } = await openOllama()
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
    const { server, model } = await openOllama()
    server.script({ status: 500, error: 'out of memory' })
    for (let i = 0; i < 3; i++) await readUntilFailure(model, ASK)
    model.tryAgain()
    expect(await model.status()).toMatchObject({ state: 'ready' })
    server.script({ tokens: ['There.'] })
    expect((await readChat(model.chat(ASK))).text).toBe('There.')
  })
})
