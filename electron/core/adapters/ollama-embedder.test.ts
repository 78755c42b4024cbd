import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../ops/system-clock.ts'
import { wordVector } from '../testing/word-embedder.ts'
import { listOllamaEmbedders, openOllamaEmbedder } from './ollama-embedder.ts'

const MOST_CHARACTERS = 2_000

/** The part of Ollama that embeds, with its habits: one bad text fails its batch, a long one is refused unless it may be cut. */
async function startServer() {
  const state = {
    digest: 'a'.repeat(64),
    version: '0.32.0',
    calls: [] as { input: string[]; truncate?: boolean }[],
    held: undefined as Promise<void> | undefined,
    abandoned: 0,
  }
  const models = () => [
    { name: 'bge-m3:latest', size: 1_200, digest: state.digest, capabilities: ['embedding'] },
    { name: 'old-bert:latest', size: 100, digest: 'c', details: { family: 'nomic-bert' } },
    { name: 'llama3.2:3b', size: 2_000, digest: 'b', capabilities: ['completion'] },
    { name: 'embed:cloud', size: 0, digest: 'd', capabilities: ['embedding'] },
  ]
  const server = createServer(async (request, response) => {
    const reply = (status: number, value: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    response.on('close', () => {
      if (!response.writableFinished) state.abandoned++
    })
    const text = Buffer.concat(await request.toArray()).toString('utf8')
    if (request.url === '/api/version') return reply(200, { version: state.version })
    if (request.url === '/api/tags') return reply(200, { models: models() })
    const body = JSON.parse(text) as { model: string; input: string[]; truncate?: boolean }
    state.calls.push(body)
    await state.held
    if (body.input.some((input) => input.includes('POISON'))) {
      return reply(500, { error: 'failed to encode response: json: unsupported value: NaN' })
    }
    if (body.input.some((input) => input.length > MOST_CHARACTERS) && body.truncate === false) {
      return reply(400, { error: 'the input length exceeds the context length' })
    }
    return reply(200, { embeddings: body.input.map((input) => Array.from(wordVector(input), (x) => x * 3)) })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const options = { settings: () => ({ ollamaUrl: url }), clock: systemClock }
  return { state, options, stop: () => new Promise((resolve) => server.close(resolve)) }
}

async function setUp() {
  const { state, options } = await startServer()
  const embedder = await openOllamaEmbedder({ ...options, model: 'bge-m3' })
  onTestFinished(() => embedder.close())
  state.calls.length = 0
  return { state, options, embedder }
}

const texts = (count: number) => Array.from({ length: count }, (_, i) => `passage ${i}`)

describe('openOllamaEmbedder', () => {
  it('is the model by its digest, and gives unit vectors in order, sixteen texts a call and none of them cut unasked', async () => {
    const { state, embedder } = await setUp()
    expect(embedder.identity).toEqual({ name: 'bge-m3', weightsHash: state.digest, dimension: 64, prompt: '' })
    const vectors = await embedder.embed(texts(40))
    expect(state.calls.map(({ input }) => input.length)).toEqual([16, 16, 8])
    expect(state.calls.every(({ truncate }) => truncate === false)).toBe(true)
    for (const [i, vector] of vectors.entries()) {
      const expected = wordVector(`passage ${i}`)
      expect(Math.max(...vector.map((x, at) => Math.abs(x - (expected[at] ?? 0))))).toBeLessThan(1e-6)
    }
  })

  it('halves a batch until the text that fails it is alone, and shortens it when it is too long', async () => {
    const { state, embedder } = await setUp()
    const long = `${'many words '.repeat(400)}`
    const given = [...texts(5), long, ...texts(5)]
    const vectors = await embedder.embed(given)
    expect(vectors).toHaveLength(11)
    const last = state.calls.flatMap(({ input }) => input).filter((input) => input.startsWith('many words'))
    expect(last.at(-1)?.length).toBeLessThanOrEqual(MOST_CHARACTERS)
    expect(long.startsWith(last.at(-1) ?? '-')).toBe(true)
  })

  it('says that a text can not be embedded, so that the others can be', async () => {
    const { embedder } = await setUp()
    await expect(embedder.embed([...texts(3), 'POISON'])).rejects.toMatchObject({ code: 'model-bad-output' })
    expect(await embedder.embed(texts(3))).toHaveLength(3)
  })

  it('refuses to go on with a model that was pulled anew under the same name', async () => {
    const { state, embedder } = await setUp()
    state.digest = 'f'.repeat(64)
    await expect(embedder.embed(['river'])).rejects.toMatchObject({ code: 'embedding-model-missing' })
    expect(state.calls).toEqual([])
  })

  it('opens without the server once it is known, and finds it away when it is asked', async () => {
    const { options, stop } = await startServer()
    const { identity } = await openOllamaEmbedder({ ...options, model: 'bge-m3' })
    await stop()
    const again = await openOllamaEmbedder({ ...options, model: 'bge-m3', identity })
    await expect(again.embed(['river'])).rejects.toMatchObject({ code: 'model-unreachable' })
  })

  it('refuses what runs elsewhere, what is not there, and an Ollama that is too old', async () => {
    const { state, options } = await startServer()
    const open = (model: string) => openOllamaEmbedder({ ...options, model })
    await expect(open('embed:cloud')).rejects.toMatchObject({ code: 'model-refused' })
    await expect(open('nothing')).rejects.toMatchObject({ code: 'model-missing' })
    state.version = '0.16.0'
    await expect(open('bge-m3')).rejects.toMatchObject({ code: 'model-refused' })
    expect(state.calls).toEqual([])
  })

  it('stops in the server too, when its signal aborts and when it is closed', async () => {
    const { state, embedder } = await setUp()
    state.held = new Promise(() => {})
    for (const stop of ['signal', 'close'] as const) {
      const aborting = new AbortController()
      const before = state.calls.length
      const embedding = embedder.embed(['river'], { signal: aborting.signal })
      while (state.calls.length === before) await new Promise(setImmediate)
      if (stop === 'signal') aborting.abort()
      else await embedder.close()
      await expect(embedding).rejects.toMatchObject({ code: 'cancelled' })
    }
    while (state.abandoned < 2) await new Promise(setImmediate)
  })
})

it('lists the models that make vectors, by what they can do or by their family', async () => {
  const { options } = await startServer()
  expect(await listOllamaEmbedders(options)).toEqual([
    { name: 'bge-m3:latest', byteSize: 1_200, local: true },
    { name: 'old-bert:latest', byteSize: 100, local: true },
    { name: 'embed:cloud', byteSize: 0, local: false },
  ])
})
