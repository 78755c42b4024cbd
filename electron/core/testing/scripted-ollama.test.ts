import { describe, expect, it, onTestFinished } from 'vitest'
import { startScriptedOllama } from './scripted-ollama.ts'
import { POISON } from './scripted-ollama-store.ts'

// What the server does to a caller who knows none of the traps: without it the adapters' tests would prove nothing.

const CHAT = { model: 'llama3.2:3b', messages: [{ role: 'user', content: 'Why?' }] }

async function setUp() {
  const server = await startScriptedOllama()
  onTestFinished(() => server[Symbol.asyncDispose]())
  const send = async (path: string, body: object) => {
    const response = await fetch(`${server.url}${path}`, { method: 'POST', body: JSON.stringify(body) })
    const lines = (await response.text()).trim().split('\n').filter(Boolean)
    return { status: response.status, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) }
  }
  return { server, send }
}

describe('the scripted Ollama', () => {
  it('drops the front of an overlong prompt and says nothing, unless told not to', async () => {
    const { server, send } = await setUp()
    const messages = [{ role: 'user', content: `THE RULES ${'x'.repeat(20_000)}` }]
    const cut = await send('/api/chat', { ...CHAT, messages })
    expect(cut.status).toBe(200)
    expect(cut.lines.at(-1)).toMatchObject({ done: true, done_reason: 'stop', prompt_eval_count: 4096 })
    expect(server.calls[0]?.readPrompt).not.toContain('THE RULES')
    expect(await send('/api/chat', { ...CHAT, messages, truncate: false })).toMatchObject({ status: 400 })
  })

  it('loads the model anew when its options change', async () => {
    const { server, send } = await setUp()
    await send('/api/chat', { ...CHAT, options: { num_ctx: 4096, temperature: 0 } })
    await send('/api/chat', { ...CHAT, options: { num_ctx: 4096, temperature: 1 } })
    expect(server.loadCount).toBe(1)
    await send('/api/chat', { ...CHAT, options: { num_ctx: 2048 } })
    expect(server.loadCount).toBe(2)
  })

  it('thinks away the reply of a model that can, and refuses the wish of one that can’t', async () => {
    const { server, send } = await setUp()
    server.models.push({ name: 'qwen3.5:4b', capabilities: ['completion', 'thinking'] })
    const { lines } = await send('/api/chat', { ...CHAT, model: 'qwen3.5:4b', options: { num_predict: 3 } })
    expect(lines.map(({ message }) => (message as { content: string }).content).join('')).toBe('')
    expect(lines.at(-1)).toMatchObject({ done_reason: 'length' })
    expect(await send('/api/chat', { ...CHAT, think: false })).toMatchObject({ status: 400 })
  })

  it('forgets the form in chat, in its middle age', async () => {
    const { server, send } = await setUp()
    server.version = '0.31.1'
    server.models = [{ name: 'qwen3.5:4b', capabilities: ['completion', 'thinking'] }]
    server.script({ tokens: ['{}'] })
    const form = { model: 'qwen3.5:4b', think: false, format: { type: 'object' } }
    const said = ({ lines }: Awaited<ReturnType<typeof send>>) => JSON.stringify(lines)
    expect(said(await send('/api/chat', { ...CHAT, ...form }))).toContain('Sure!')
    expect(said(await send('/api/generate', { ...form, prompt: 'Why?' }))).not.toContain('Sure!')
    server.version = '0.31.2'
    expect(said(await send('/api/chat', { ...CHAT, ...form }))).not.toContain('Sure!')
  })

  it('fails a whole batch of embeddings for one bad text, and cuts a long one unless told not to', async () => {
    const { server, send } = await setUp()
    server.models = [{ name: 'nomic-embed-text', capabilities: ['embedding'] }]
    const model = 'nomic-embed-text'
    expect(await send('/api/embed', { model, input: ['one', POISON] })).toMatchObject({ status: 500 })
    const { lines } = await send('/api/embed', { model, input: ['one', 'x'.repeat(5_000)] })
    const vectors = lines[0]?.embeddings as number[][]
    expect(vectors.map((vector) => Math.hypot(...vector).toFixed(3))).toEqual(['1.000', '1.000'])
    expect(await send('/api/embed', { model, input: ['x'.repeat(5_000)], truncate: false })).toMatchObject({
      status: 400,
    })
  })

  it('takes no request by a foreign name', async () => {
    const { server } = await setUp()
    const { request } = await import('node:http')
    const status = await new Promise((resolve) =>
      request(`${server.url}/api/version`, { headers: { host: 'evil.example' } }, (response) =>
        resolve(response.statusCode),
      ).end(),
    )
    expect(status).toBe(403)
  })

  it('puts a model away by an empty call that keeps it for no time', async () => {
    const { server, send } = await setUp()
    await send('/api/chat', CHAT)
    expect([...server.loaded]).toEqual(['llama3.2:3b'])
    await send('/api/generate', { model: 'llama3.2:3b', keep_alive: 0 })
    expect([...server.loaded]).toEqual([])
  })
})
