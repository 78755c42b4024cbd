import { describe, expect, it } from 'vitest'
import { openOllama } from '../testing/open-ollama.ts'
import { ASK } from '../testing/prove-language-model.ts'
import { readChat, readUntilFailure } from '../testing/read-chat.ts'

describe('calls at the same time', () => {
  it('are told again whenever their place changes', async () => {
    const { server, model } = await openOllama()
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
    const { server, model } = await openOllama()
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
    const { server, model } = await openOllama()
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
