import { type GenerateRequest, Ollama, type ChatRequest as OllamaChatRequest } from 'ollama'
import { z } from 'zod'
import type { ModelStatus, Settings } from '#contract/system.ts'
import { StudyError } from '../errors.ts'
import type { ChatEvent, ChatRequest, Clock, LanguageModel } from '../ports.ts'
import { makeCallQueue } from './call-queue.ts'
import { connectionCode, explainForeignAnswer, explainOllamaError, unreachable } from './ollama-errors.ts'
import { makeOllamaFetch } from './ollama-fetch.ts'
import { chatIgnoresFormat, chooseModel, isOldVersion, type ListedModel, runsElsewhere, Tags } from './ollama-models.ts'

export interface OllamaModelOptions {
  settings: () => Pick<Settings, 'ollamaUrl' | 'chatModel' | 'allowCloudModels'>
  clock: Pick<Clock, 'sleep' | 'monotonicMs'>
}

/** One set of options for every call: another context length would load the model anew each time. */
export const OLLAMA_CONTEXT_TOKENS = 4096
/** A model of some gigabytes comes from a slow disk. Giving up ends the load, so the next try begins anew. */
const LOAD_LIMIT_MS = 5 * 60_000
/** A slow processor reads some 3,000 tokens before the first one. */
const FIRST_TOKEN_LIMIT_MS = 5 * 60_000
const NEXT_TOKEN_LIMIT_MS = 60_000
/** A person waits for a status; a question rather waits for a busy machine than fails. */
const STATUS_LIMIT_MS = 1_500
const PROBE_LIMIT_MS = 10_000
/** Several parts of the window ask for the status at once and again. */
const STATUS_LASTS_MS = 3_000
/** In the midst of JSON, a small model can fall into writing blanks for ever. */
const MOST_BLANKS = 200
const KEEP_ALIVE_MS = 15 * 60_000

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
  runsElsewhere: boolean
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
  let lastSeen: { key: string; untilMs: number; status: ModelStatus } | undefined
  /** The model that this process had loaded, and how long the server keeps it. */
  let warm: { key: string; untilMs: number } | undefined

  /** Runs short requests under one limit; the exchange ends with it. */
  async function probe<T>(
    signal: AbortSignal | undefined,
    limitMs: number,
    work: (client: Ollama, url: string) => Promise<T>,
  ): Promise<T> {
    const url = addressOf(settings().ollamaUrl)
    const ending = new AbortController()
    const stop = () => ending.abort(signal?.reason)
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop, { once: true })
    const late = clock.sleep(limitMs, ending.signal).then(() => {
      const cause = Object.assign(new Error(`No answer within ${limitMs} ms.`), { code: 'ETIMEDOUT' })
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

  async function lookAround(
    limitMs: number,
    signal?: AbortSignal,
  ): Promise<{ status: ModelStatus; listed: ListedModel[] }> {
    const key = settingsKey()
    const seen = await look(limitMs, signal)
    lastSeen = { key, untilMs: clock.monotonicMs() + STATUS_LASTS_MS, status: seen.status }
    return seen
  }

  function settingsKey(): string {
    const { ollamaUrl, chatModel, allowCloudModels } = settings()
    return JSON.stringify([ollamaUrl, chatModel, allowCloudModels])
  }

  async function look(limitMs: number, signal?: AbortSignal): Promise<{ status: ModelStatus; listed: ListedModel[] }> {
    const url = addressOf(settings().ollamaUrl)
    try {
      return await probe(signal, limitMs, async (client) => {
        const { version } = await client.version()
        // An old server is not asked more than its version.
        const { models } = isOldVersion(version) ? { models: [] } : Tags.parse(await client.list())
        return { status: chooseModel({ url, version, models }, settings()), listed: models }
      })
    } catch (error) {
      if (signal?.aborted) throw new StudyError('cancelled', 'Stopped.', { cause: error })
      const code = connectionCode(error)
      if (code === undefined && !(error instanceof StudyError))
        return { status: { ...explainForeignAnswer(error, url), url, models: [] }, listed: [] }
      const { message } = error instanceof StudyError ? error : unreachable(url, code ?? '', error)
      return { status: { state: 'unreachable', url, models: [], message }, listed: [] }
    }
  }

  async function findTarget(signal?: AbortSignal): Promise<Target> {
    const { status, listed } = await lookAround(PROBE_LIMIT_MS, signal)
    const { state, url, version, model, message } = status
    if (state !== 'ready' || model === undefined || version === undefined)
      throw new StudyError(STATE_CODES[state], message)
    const entry = listed.find(({ name }) => name === model)
    return {
      url,
      version,
      model,
      canThink: await canThink(model, entry, signal),
      runsElsewhere: runsElsewhere(entry ?? { name: model }),
    }
  }

  async function canThink(model: string, entry: ListedModel | undefined, signal?: AbortSignal): Promise<boolean> {
    if (entry?.capabilities) return entry.capabilities.includes('thinking')
    const key = entry?.digest || model
    const known = thinkers.get(key)
    if (known !== undefined) return known
    const { capabilities } = await probe(signal, PROBE_LIMIT_MS, (client) => client.show({ model }))
    const thinks = capabilities?.includes('thinking') ?? false
    thinkers.set(key, thinks)
    return thinks
  }

  /** Loads the model with an empty call, so that the load has its own limit and the prompt its own. */
  async function warmUp(client: Ollama, target: Target, signal: AbortSignal): Promise<void> {
    const key = JSON.stringify([target.url, target.model])
    if (target.runsElsewhere || (warm?.key === key && clock.monotonicMs() < warm.untilMs)) return
    const lines = withWatchdog(streamLoad(client, target.model), clock, signal, {
      first: LOAD_LIMIT_MS,
      next: LOAD_LIMIT_MS,
      tooLate: () => 'The model did not load within five minutes.',
    })
    for await (const { last } of lines) if (last) return
    throw new StudyError('model-cut-off', 'Ollama ended the load of the model before it was complete. Try again.')
  }

  function keepWarm({ url, model }: Target): void {
    warm = { key: JSON.stringify([url, model]), untilMs: clock.monotonicMs() + KEEP_ALIVE_MS }
  }

  async function* converse(target: Target, request: ChatRequest, ending: AbortController): AsyncGenerator<ChatEvent> {
    const startedAtMs = clock.monotonicMs()
    const client = new Ollama({ host: target.url, fetch: makeOllamaFetch(ending.signal) })
    await warmUp(client, target, ending.signal)
    const lines = withWatchdog(openStream(client, target, request), clock, ending.signal, {
      first: FIRST_TOKEN_LIMIT_MS,
      next: NEXT_TOKEN_LIMIT_MS,
      tooLate: (began) =>
        began ? 'The model stopped writing for a minute.' : 'The model did not begin to write within five minutes.',
    })
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
      keepWarm(target)
      if (request.format) checkJson(reply, reachedLimit, prompt_eval_count + eval_count >= OLLAMA_CONTEXT_TOKENS)
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
    async status(signal) {
      if (lastSeen?.key === settingsKey() && clock.monotonicMs() < lastSeen.untilMs) return lastSeen.status
      return (await lookAround(STATUS_LIMIT_MS, signal)).status
    },
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
        // What was known of the server may be the reason.
        lastSeen = undefined
        warm = undefined
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

/** What decides how the model is loaded: the same in every call, since a change loads it anew. */
function loadingOf(model: string) {
  return {
    model,
    stream: true as const,
    keep_alive: `${KEEP_ALIVE_MS / 60_000}m`,
    // Without these an overlong prompt loses its beginning, where the rules are, and nobody is told.
    truncate: false,
    shift: false,
    options: { num_ctx: OLLAMA_CONTEXT_TOKENS },
  }
}

async function* streamLoad(client: Ollama, model: string): AsyncGenerator<Line> {
  for await (const line of await client.chat({ ...loadingOf(model), messages: [] }))
    yield { text: '', ...(line.done && { last: line }) }
}

/** Starts the reply. What the package's types leave out (`truncate`, `shift`) the server knows. */
async function* openStream(
  client: Ollama,
  { model, version, canThink }: Target,
  request: ChatRequest,
): AsyncGenerator<Line> {
  const { messages, format, maxTokens, temperature, seed } = request
  const common = {
    ...loadingOf(model),
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
  limits: { first: number; next: number; tooLate: (began: boolean) => string },
): AsyncGenerator<Line> {
  let began = false
  for (;;) {
    const watch = new AbortController()
    const limitMs: number = began ? limits.next : limits.first
    const tooLong: Promise<never> = clock.sleep(limitMs, watch.signal).then(() => {
      throw new StudyError(
        'model-cut-off',
        `${limits.tooLate(began)} What was written so far is kept. Try again, or choose a smaller model.`,
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

function checkJson(reply: string, reachedLimit: boolean, contextFull: boolean): void {
  if (reachedLimit && contextFull) {
    throw new StudyError(
      'prompt-too-long',
      'The question with its passages left too little room for the reply. Ask for less at once.',
    )
  }
  if (reachedLimit) {
    throw new StudyError(
      'model-bad-output',
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
