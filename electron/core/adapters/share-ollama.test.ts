import { expect, it, onTestFinished } from 'vitest'
import { DEFAULT_SETTINGS } from '#contract/system.ts'
import type { ChatRequest } from '../ports.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { readChat } from '../testing/read-chat.ts'
import { startScriptedOllama } from '../testing/scripted-ollama.ts'
import { makeOllamaModel } from './ollama.ts'
import { openOllamaEmbedder } from './ollama-embedder.ts'
import { shareOllama } from './share-ollama.ts'

const ASK: ChatRequest = { messages: [{ role: 'user', content: 'Why?' }], maxTokens: 50 }
const CHAT = 'llama3.2:3b'
const EMBED = 'bge-m3:latest'

/** A language model and an embedding model of one server, on a machine that has memory for one or for both. */
async function setUp({ sparing }: { sparing: boolean }) {
  const server = await startScriptedOllama()
  onTestFinished(() => server[Symbol.asyncDispose]())
  server.models = [
    { name: CHAT, size: 2e9, capabilities: ['completion'] },
    { name: EMBED, size: 1e9, capabilities: ['embedding'] },
  ]
  const clock = manualClock()
  const settings = () => ({ ...DEFAULT_SETTINGS, ollamaUrl: server.url })
  const shared = shareOllama(() => sparing)
  const model = makeOllamaModel({ settings, clock, shared })
  const embedder = await openOllamaEmbedder({ model: EMBED, settings, clock, shared })
  onTestFinished(() => embedder.close())
  /** A reply whose headers wait until the server releases them. */
  const writing = async () => {
    server.script({ holdHeaders: true, tokens: ['Done.'] })
    const reply = readChat(model.chat(ASK))
    await server.until(() => server.holdingCount === 1)
    return reply.then(({ text }) => text)
  }
  return { server, clock, model, embedder, writing }
}

it('one model is in memory at a time, whichever way the turns go', async () => {
  const { server, model, embedder } = await setUp({ sparing: true })
  expect([...server.loaded]).toEqual([EMBED])
  await readChat(model.chat(ASK))
  expect([...server.loaded]).toEqual([CHAT])
  await embedder.embed(['a passage'])
  expect([...server.loaded]).toEqual([EMBED])
  await Promise.all([
    readChat(model.chat(ASK)),
    embedder.embed(['a']),
    readChat(model.chat(ASK)),
    embedder.embed(['b']),
  ])
  expect([server.mostLoaded, server.mostAtOnce]).toEqual([1, 1])
  const calls = server.store.embeds.map(({ keep_alive, options }) => ({ keep_alive, ...options }))
  expect(calls).toEqual(calls.map(() => ({ keep_alive: '5m', num_ctx: 2048 })))
})

it('texts of the library wait until the language model is done', async () => {
  const { server, embedder, writing } = await setUp({ sparing: true })
  server.store.embeds.length = 0
  const reply = writing()
  await server.until(() => server.holdingCount === 1)
  const embedded = embedder.embed(['a passage'])
  await roundTrips(server.url)
  expect(server.store.embeds).toEqual([])
  server.release()
  expect(await reply).toBe('Done.')
  expect(await embedded).toHaveLength(1)
  expect(server.mostLoaded).toBe(1)
})

it('a search waits two seconds for the language model, then goes by words alone', async () => {
  const { server, clock, embedder, writing } = await setUp({ sparing: true })
  const reply = writing()
  await server.until(() => server.holdingCount === 1)
  const searching = embedder.embed(['a question'], { priority: 'question' })
  searching.catch(() => {})
  clock.advance(2_000)
  await expect(searching).rejects.toMatchObject({ code: 'model-busy' })
  server.release()
  expect(await reply).toBe('Done.')
})

it('where there is memory for both, neither waits for the other, and both stay', async () => {
  const { server, embedder, writing } = await setUp({ sparing: false })
  const reply = writing()
  await server.until(() => server.holdingCount === 1)
  expect(await embedder.embed(['a passage'])).toHaveLength(1)
  expect([...server.loaded].sort()).toEqual([EMBED, CHAT])
  expect(server.store.embeds.at(-1)).toMatchObject({ keep_alive: '15m', options: { num_ctx: 2048 } })
  server.release()
  expect(await reply).toBe('Done.')
})

/** More exchanges with the server, one after the other, than a call takes that need not wait. */
async function roundTrips(url: string): Promise<void> {
  for (let i = 0; i < 20; i++) await (await fetch(`${url}/api/version`)).text()
}
