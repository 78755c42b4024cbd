import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { cutOff, sendJson } from './serve-script.ts'
import { wordVector } from './word-embedder.ts'

/** What the scripted server does with /api/pull and /api/embed, and what it did. */
export interface ScriptedModelStore {
  /** What can be pulled: the sizes of a model's parts. */
  offers: Record<string, number[]>
  /** Bytes that are here of each part, kept over a stop: the next pull goes on from there. */
  readonly have: Map<string, number>
  /** How the next pulls go: to the end; with a pause before a part's last half until the caller leaves; with an error line; cut. */
  pulls: 'whole' | 'hold' | 'no-network' | 'disk-full' | 'too-new' | 'cut'
  readonly pulled: string[]
  /** Pulls that the caller left before their end. */
  abandonedPulls: number
  readonly embeds: Omit<StoreBody, 'name'>[]
}

/** A text with it has no vector, and fails its whole batch. */
export const POISON = 'POISON'
const MOST_EMBED_CHARACTERS = 2_000

export function scriptedModelStore(): ScriptedModelStore {
  return {
    offers: { 'llama3.2:3b': [1_000, 20] },
    have: new Map(),
    pulls: 'whole',
    pulled: [],
    abandonedPulls: 0,
    embeds: [],
  }
}

interface StoreState {
  store: ScriptedModelStore
  models: { name: string; size?: number }[]
  load(model: string): void
  changed(): void
}

/** Older clients say `name`. */
interface StoreBody {
  model?: string
  name?: string
  input?: string | string[]
  truncate?: boolean
  keep_alive?: string | number
  options?: { num_ctx?: number }
}

export async function serveModelStore(
  state: StoreState,
  path: string,
  body: StoreBody,
  response: ServerResponse,
): Promise<void> {
  const model = body.model ?? body.name ?? ''
  if (path === '/api/pull') return pull(state, model, response)
  const at = state.models.findIndex(({ name }) => name === model)
  if (at < 0) return sendJson(response, 404, { error: `model '${model}' not found` })
  if (path === '/api/embed') return embed(state, body, response)
  state.models.splice(at, 1)
  response.writeHead(200).end()
}

async function pull({ store, models, changed }: StoreState, name: string, response: ServerResponse): Promise<void> {
  store.pulled.push(name)
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  const line = (value: object) => response.write(`${JSON.stringify(value)}\n`)
  line({ status: 'pulling manifest' })
  const parts = store.offers[name]
  // Errors come with HTTP 200: the stream has begun.
  if (!parts) return end(response, line, { error: 'pull model manifest: file does not exist' })
  if (store.pulls === 'too-new') {
    return end(response, line, {
      error: 'pull model manifest: 412: this model requires a newer version of Ollama that may be in pre-release',
    })
  }
  if (store.pulls === 'no-network') {
    return end(response, line, {
      error:
        'pull model manifest: Get "https://registry.ollama.ai/v2/": dial tcp: lookup registry.ollama.ai: no such host',
    })
  }
  for (const [index, total] of parts.entries()) {
    const digest = `sha256:${name}-${index}`
    const have = store.have.get(digest) ?? 0
    // At the beginning of a part, and for one that is here, nothing says how much is done.
    line({ status: `pulling ${digest}`, digest, total, ...(have > 0 && have < total && { completed: have }) })
    if (have < total / 2) {
      store.have.set(digest, total / 2)
      line({ status: `pulling ${digest}`, digest, total, completed: total / 2 })
    }
    if (store.pulls === 'disk-full')
      return end(response, line, { error: 'write /models/blobs/x-partial: no space left on device' })
    if (store.pulls === 'cut') {
      cutOff(response)
      return
    }
    if (store.pulls === 'hold') {
      changed()
      await once(response, 'close')
      store.abandonedPulls++
      changed()
      return
    }
    store.have.set(digest, total)
    line({ status: `pulling ${digest}`, digest, total, completed: total })
  }
  line({ status: 'verifying sha256 digest' })
  line({ status: 'writing manifest' })
  line({ status: 'success' })
  models.push({ name, size: parts.reduce((sum, part) => sum + part, 0) })
  response.end()
}

function end(response: ServerResponse, line: (value: object) => void, error: object): void {
  line(error)
  response.end()
}

function embed({ store, load }: StoreState, body: StoreBody, response: ServerResponse): void {
  const { input = [], truncate } = body
  const texts = typeof input === 'string' ? [input] : input
  load(body.model ?? '')
  store.embeds.push(body)
  const isLong = texts.some((text) => text.length > MOST_EMBED_CHARACTERS)
  if (texts.some((text) => text.includes(POISON))) {
    sendJson(response, 500, { error: 'failed to encode response: json: unsupported value: NaN' })
  } else if (truncate === false && isLong) {
    sendJson(response, 400, { error: 'the input length exceeds the context length' })
  } else {
    const embeddings = texts.map((text) => Array.from(wordVector(text.slice(0, MOST_EMBED_CHARACTERS))))
    sendJson(response, 200, { embeddings })
  }
}
