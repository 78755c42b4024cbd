import { type GenerateRequest, Ollama, type ChatRequest as OllamaChatRequest } from 'ollama'
import { z } from 'zod'
import type { ModelStatus, Settings } from '#contract/system.ts'
import { StudyError } from '../errors.ts'
import type { ChatEvent, ChatRequest, Clock, LanguageModel } from '../ports.ts'
import { makeCallQueue } from './call-queue.ts'
import { connectionCode, explainOllamaError, unreachable } from './ollama-errors.ts'
import { makeOllamaFetch } from './ollama-fetch.ts'
import { chatIgnoresFormat, chooseModel, isOldVersion, type ListedModel, Tags } from './ollama-models.ts'

export interface OllamaModelOptions {
  settings: () => Pick<Settings, 'ollamaUrl' | 'chatModel' | 'allowCloudModels'>
  clock: Pick<Clock, 'sleep' | 'monotonicMs'>
}

/** One set of options for every call: another context length would load the model anew each time. */
export const OLLAMA_CONTEXT_TOKENS = 4096
/** A model of some gigabytes comes from a slow disk, then reads 3,000 tokens on a slow processor. */
const FIRST_TOKEN_LIMIT_MS = 5 * 60_000
const NEXT_TOKEN_LIMIT_MS = 60_000
const PROBE_LIMIT_MS = 3_000
/** In the midst of JSON, a small model can fall into writing blanks for ever. */
const MOST_BLANKS = 200
const KEEP_ALIVE = '15m'

/** The last line of a stream. */
const LastLine = z.object({
  done_reason: z.string().optional(),
  prompt_eval_count: z.number().default(0),
  eval_count: z.number().default(0),
})

/** What a call needs to know about the model it uses. */
interface Target {
  url: string
  version: string
  model: string
  canThink: boolean
}

/**
 * The LanguageModel over a local Ollama (0.17.1 or newer), through the ollama
 * package. Calls are always streamed, run one at a time in this process, are given up
 * only when nothing comes for long, and stop in the server when their signal aborts.
 * Models that run elsewhere are refused unless the settings allow them.
 */
export function makeOllamaModel({ settings, clock }: OllamaModelOptions): LanguageModel {
  const queue = makeCallQueue()
  /** Whether a model can think, by its digest: asked once. */
  const thinkers = new Map<string, boolean>()

  /** Runs short requests under one limit; the exchange ends with it. */
  async function probe<T>(
    signal: AbortSignal | undefined,
    work: (client: Ollama, url: string) => Promise<T>,
  ): Promise<T> {
    const url = addressOf(settings().ollamaUrl)
    const ending = new AbortController()
    const stop = () => ending.abort(signal?.reason)
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop, { once: true })
    const late = clock.sleep(PROBE_LIMIT_MS, ending.signal).then(() => {
      const cause = Object.assign(new Error('No answer within 3 s.'), { code: 'ETIMEDOUT' })
      throw unreachable(url, 'ETIMEDOUT', cause)
    })
    late.catch(() => {})
    try {
      return await Promise.race([work(new Ollama({ host: url, fetch: makeOllamaFetch(ending.signal) }), url), late])
    } finally {
      signal?.removeEventListener('abort', stop)
      ending.abort()
    }
  }

  async function lookAround(signal?: AbortSignal): Promise<{ status: ModelStatus; listed: ListedModel[] }> {
    const url = addressOf(settings().ollamaUrl)
    try {
      return await probe(signal, async (client) => {
        const { version } = await client.version()
        // An old server is not asked more than its version.
        const { models } = isOldVersion(version) ? { models: [] } : Tags.parse(await client.list())
        return { status: chooseModel({ url, version, models }, settings()), listed: models }
      })
    } catch (error) {
      if (signal?.aborted) throw new StudyError('cancelled', 'Stopped.', { cause: error })
      const explained =
        error instanceof StudyError ? error : unreachable(url, connectionCode(error) ?? 'no Ollama', error)
      return { status: { state: 'unreachable', url, models: [], message: explained.message }, listed: [] }
    }
  }

  async function findTarget(signal?: AbortSignal): Promise<Target> {
    const { status, listed } = await lookAround(signal)
    const { state, url, version, model, message } = status
    if (state !== 'ready' || model === undefined || version === undefined)
      throw new StudyError(STATE_CODES[state], message)
    const entry = listed.find(({ name }) => name === model)
    return { url, version, model, canThink: await canThink(model, entry, signal) }
  }

  async function canThink(model: string, entry: ListedModel | undefined, signal?: AbortSignal): Promise<boolean> {
    if (entry?.capabilities) return entry.capabilities.includes('thinking')
    const key = entry?.digest || model
    const known = thinkers.get(key)
    if (known !== undefined) return known
    const { capabilities } = await probe(signal, (client) => client.show({ model }))
    const thinks = capabilities?.includes('thinking') ?? false
    thinkers.set(key, thinks)
    return thinks
  }

  async function* converse(target: Target, request: ChatRequest, ending: AbortController): AsyncGenerator<ChatEvent> {
    const startedAtMs = clock.monotonicMs()
    const client = new Ollama({ host: target.url, fetch: makeOllamaFetch(ending.signal) })
    const lines = withWatchdog(openStream(client, target, request), clock, ending.signal)
    let reply = ''
    for await (const line of lines) {
      if (line.text !== '') {
        reply += line.text
        if (request.format && /\s*$/.exec(reply.slice(-MOST_BLANKS))?.[0].length === MOST_BLANKS) {
          throw new StudyError('model-bad-output', 'The model wrote blanks instead of an answer. Try again.')
        }
        yield { type: 'token', text: line.text }
      }
      if (!line.last) continue
      const { done_reason, prompt_eval_count, eval_count } = LastLine.parse(line.last)
      const reachedLimit = done_reason === 'length'
      if (reply === '' && (done_reason === 'load' || done_reason === 'unload')) {
        throw new StudyError('model-cut-off', 'Ollama put the model away before it answered. Try again.')
      }
      if (request.format) checkJson(reply, reachedLimit)
      yield {
        type: 'done',
        reachedLimit,
        usage: {
          promptTokens: prompt_eval_count,
          replyTokens: eval_count,
          durationMs: clock.monotonicMs() - startedAtMs,
        },
      }
      return
    }
    throw new StudyError('model-cut-off', 'The answer of the model ended before it was complete. Try again.')
  }

  return {
    status: async (signal) => (await lookAround(signal)).status,
    async *chat(request) {
      const { signal, priority = 'bulk' } = request
      const ahead = queue.ahead(priority)
      if (ahead > 0) yield { type: 'queued', ahead }
      const turn = await queue.enter(priority, signal)
      const ending = new AbortController()
      const stop = () => ending.abort(signal?.reason)
      if (signal?.aborted) stop()
      signal?.addEventListener('abort', stop, { once: true })
      let target: Target | undefined
      let began = false
      try {
        yield { type: 'started' }
        target = await findTarget(signal)
        for await (const event of converse(target, request, ending)) {
          began = true
          yield event
        }
      } catch (error) {
        if (signal?.aborted)
          throw new StudyError('cancelled', 'Stopped. What was written so far is kept.', { cause: error })
        throw explainOllamaError(error, { url: target?.url ?? '', model: target?.model ?? '', began })
      } finally {
        signal?.removeEventListener('abort', stop)
        // Leaving the loop does not close the socket: without this the server would write on for nobody.
        ending.abort()
        turn.release()
      }
    },
  }
}

const STATE_CODES = {
  ready: 'internal',
  unreachable: 'model-unreachable',
  'no-model': 'model-missing',
  'too-old': 'model-refused',
  refused: 'model-refused',
} as const

interface Line {
  text: string
  /** The line that says `done`. */
  last?: unknown
}

/** Starts the reply. What the package's types leave out (`truncate`, `shift`) the server knows. */
async function* openStream(
  client: Ollama,
  { model, version, canThink }: Target,
  request: ChatRequest,
): AsyncGenerator<Line> {
  const { messages, format, maxTokens, temperature, seed } = request
  const common = {
    model,
    stream: true as const,
    keep_alive: KEEP_ALIVE,
    // Without these an overlong prompt loses its beginning, where the rules are, and nobody is told.
    truncate: false,
    shift: false,
    options: {
      num_ctx: OLLAMA_CONTEXT_TOKENS,
      num_predict: maxTokens,
      ...(temperature !== undefined && { temperature }),
      ...(seed !== undefined && { seed }),
    },
    ...(format && { format }),
    // Thinking is on unless it is turned off, and eats the reply's tokens; asked of a model that can't, it is an error.
    ...(canThink && { think: false }),
  }
  if (format && canThink && chatIgnoresFormat(version)) {
    const generate: GenerateRequest & { stream: true } = { ...common, ...asOnePrompt(messages) }
    for await (const line of await client.generate(generate)) {
      yield { text: line.response ?? '', ...(line.done && { last: line }) }
    }
    return
  }
  const chat: OllamaChatRequest & { stream: true } = {
    ...common,
    messages: messages.map((message) => ({ ...message })),
  }
  for await (const line of await client.chat(chat)) {
    yield { text: line.message?.content ?? '', ...(line.done && { last: line }) }
  }
}

function asOnePrompt(messages: ChatRequest['messages']): { system: string; prompt: string } {
  const said = (role: string) => messages.filter((message) => message.role === role).map(({ content }) => content)
  const turns = messages.filter(({ role }) => role !== 'system')
  return {
    system: said('system').join('\n\n'),
    prompt: turns
      .map(({ role, content }) => (role === 'assistant' ? `You answered: ${content}` : content))
      .join('\n\n'),
  }
}

/** Ends a stream from which nothing comes. */
async function* withWatchdog(
  lines: AsyncGenerator<Line>,
  clock: Pick<Clock, 'sleep'>,
  signal: AbortSignal,
): AsyncGenerator<Line> {
  let began = false
  for (;;) {
    const watch = new AbortController()
    const limitMs: number = began ? NEXT_TOKEN_LIMIT_MS : FIRST_TOKEN_LIMIT_MS
    const tooLong: Promise<never> = clock.sleep(limitMs, watch.signal).then(() => {
      const reason = began
        ? 'The model stopped writing for a minute.'
        : 'The model did not begin to write within five minutes.'
      throw new StudyError(
        'model-cut-off',
        `${reason} What was written so far is kept. Try again, or choose a smaller model.`,
      )
    })
    const next = lines.next()
    // Whichever loses the race may still fail later, when nobody listens.
    tooLong.catch(() => {})
    next.catch(() => {})
    try {
      const result: IteratorResult<Line, void> = await Promise.race([next, tooLong])
      if (result.done) return
      began ||= result.value.text !== ''
      yield result.value
    } finally {
      watch.abort()
    }
    signal.throwIfAborted()
  }
}

function checkJson(reply: string, reachedLimit: boolean): void {
  if (reachedLimit) {
    throw new StudyError(
      'model-cut-off',
      'The reply did not fit into its limit, so its data is not whole. Ask for less.',
    )
  }
  try {
    JSON.parse(reply)
  } catch (cause) {
    throw new StudyError('model-bad-output', 'The model did not keep to the form it was asked for.', { cause })
  }
}

/** `localhost` may mean ::1 first, where Ollama does not listen. */
function addressOf(url: string): string {
  const address = new URL(url)
  if (address.hostname === 'localhost') address.hostname = '127.0.0.1'
  return address.href.replace(/\/$/, '')
}
