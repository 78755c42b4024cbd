import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { wordVector } from './word-embedder.ts'

/** What the scripted server does with /api/pull and /api/embed, and what it did. */
export interface ScriptedLibrary {
  /** What can be pulled: the sizes of a model's parts. */
  offers: Record<string, number[]>
  /** Bytes that are here of each part, kept over a stop: the next pull goes on from there. */
  readonly have: Map<string, number>
  /** How the next pulls go: to the end; with a pause before a part's last half until the caller leaves; with an error line; cut. */
  pulls: 'whole' | 'hold' | 'no-network' | 'disk-full' | 'too-new' | 'cut'
  readonly pulled: string[]
  /** Pulls that the caller left before their end. */
  abandonedPulls: number
  readonly embeds: Omit<LibraryBody, 'name'>[]
}

/** A text with it has no vector, and fails its whole batch. */
export const POISON = 'POISON'
const MOST_EMBED_CHARACTERS = 2_000

export function scriptedLibrary(): ScriptedLibrary {
  return {
    offers: { 'llama3.2:3b': [1_000, 20] },
    have: new Map(),
    pulls: 'whole',
    pulled: [],
    abandonedPulls: 0,
    embeds: [],
  }
}

interface LibraryState {
  library: ScriptedLibrary
  models: { name: string; size?: number }[]
  load(model: string): void
  changed(): void
}

/** Older clients say `name`. */
interface LibraryBody {
  model?: string
  name?: string
  input?: string | string[]
  truncate?: boolean
  keep_alive?: string | number
  options?: { num_ctx?: number }
}

export async function serveLibrary(
  state: LibraryState,
  path: string,
  body: LibraryBody,
  response: ServerResponse,
): Promise<void> {
  const model = body.model ?? body.name ?? ''
  if (path === '/api/pull') return pull(state, model, response)
  const at = state.models.findIndex(({ name }) => name === model)
  if (at < 0) return json(response, 404, { error: `model '${model}' not found` })
  if (path === '/api/embed') return embed(state, body, response)
  state.models.splice(at, 1)
  response.writeHead(200).end()
}

async function pull({ library, models, changed }: LibraryState, name: string, response: ServerResponse): Promise<void> {
  library.pulled.push(name)
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  const line = (value: object) => response.write(`${JSON.stringify(value)}\n`)
  line({ status: 'pulling manifest' })
  const parts = library.offers[name]
  // Errors come with HTTP 200: the stream has begun.
  if (!parts) return end(response, line, { error: 'pull model manifest: file does not exist' })
  if (library.pulls === 'too-new') {
    return end(response, line, {
      error: 'pull model manifest: 412: this model requires a newer version of Ollama that may be in pre-release',
    })
  }
  if (library.pulls === 'no-network') {
    return end(response, line, {
      error:
        'pull model manifest: Get "https://registry.ollama.ai/v2/": dial tcp: lookup registry.ollama.ai: no such host',
    })
  }
  for (const [index, total] of parts.entries()) {
    const digest = `sha256:${name}-${index}`
    const have = library.have.get(digest) ?? 0
    // At the beginning of a part, and for one that is here, nothing says how much is done.
    line({ status: `pulling ${digest}`, digest, total, ...(have > 0 && have < total && { completed: have }) })
    if (have < total / 2) {
      library.have.set(digest, total / 2)
      line({ status: `pulling ${digest}`, digest, total, completed: total / 2 })
    }
    if (library.pulls === 'disk-full')
      return end(response, line, { error: 'write /models/blobs/x-partial: no space left on device' })
    if (library.pulls === 'cut') {
      response.write('', () => setImmediate(() => response.destroy()))
      return
    }
    if (library.pulls === 'hold') {
      changed()
      await once(response, 'close')
      library.abandonedPulls++
      changed()
      return
    }
    library.have.set(digest, total)
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

function embed({ library, load }: LibraryState, body: LibraryBody, response: ServerResponse): void {
  const { input = [], truncate } = body
  const texts = typeof input === 'string' ? [input] : input
  load(body.model ?? '')
  library.embeds.push(body)
  const isLong = texts.some((text) => text.length > MOST_EMBED_CHARACTERS)
  if (texts.some((text) => text.includes(POISON))) {
    json(response, 500, { error: 'failed to encode response: json: unsupported value: NaN' })
  } else if (truncate === false && isLong) {
    json(response, 400, { error: 'the input length exceeds the context length' })
  } else {
    const embeddings = texts.map((text) => Array.from(wordVector(text.slice(0, MOST_EMBED_CHARACTERS))))
    json(response, 200, { embeddings })
  }
}

function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value))
}
