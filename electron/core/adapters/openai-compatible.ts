import { z } from 'zod'
import type { ModelStatus, Settings } from '#contract/system.ts'
import { StudyError, toStudyError } from '../errors.ts'
import { countPromptTokens, countTokens } from '../models/count-tokens.ts'
import type { ChatEvent, ChatRequest, Clock, LanguageModel, SecretKeeper } from '../ports.ts'
import { checkJson, wroteOnlyBlanks } from './check-reply.ts'
import { asResting, makeBreakers } from './circuit-breaker.ts'
import { isLoopback } from './ollama-address.ts'
import { connectionCode } from './ollama-errors.ts'
import { explainOpenAiConnection, explainOpenAiError, hostOf, readRefusal, ServerRefusal } from './openai-errors.ts'
import { type Abilities, ALL_ABILITIES, adaptTo, openAiBody } from './openai-request.ts'
import { asJson, type OpenAiPart, readReply } from './openai-stream.ts'
import { readShortBody, sendRequest } from './send-request.ts'
import { makeTakeTurns } from './take-turns.ts'
import { REPLY_LIMITS, withWatchdog } from './with-watchdog.ts'

export interface OpenAiModelOptions {
  settings: () => Pick<Settings, 'openaiUrl' | 'openaiModel' | 'allowCloudModels'>
  secrets: Pick<SecretKeeper, 'read'>
  clock: Pick<Clock, 'sleep' | 'monotonicMs'>
}

interface Target {
  url: string
  model: string
  key: string | undefined
}

const LIST_LIMIT_MS = 5_000
const STATUS_LASTS_MS = 15_000
/** Below this share of what was sent, the server has dropped a part of the prompt; of a short one the guess is too rough. */
const READ_SHARE = 0.25
const LONG_PROMPT_TOKENS = 500

const ModelList = z.object({ data: z.array(z.object({ id: z.string() })) })

/** A key belongs to the server it was entered for: another address gets none. */
export function keyNameOf(openaiUrl: string): string {
  return `openai-key ${new URL(openaiUrl).origin}`
}

/**
 * The LanguageModel over a server that speaks OpenAI's chat completions: LM Studio,
 * llama.cpp, Jan, or a paid one. What a server does not take (a schema, a seed, the count of tokens) is
 * left out after its first refusal. An address outside this computer is refused unless the settings allow
 * it, and a key is sent only over TLS or to this computer itself.
 */
export function makeOpenAiModel({ settings, secrets, clock }: OpenAiModelOptions): Required<LanguageModel> {
  const abilities = new Map<string, Abilities>()
  const breakers = makeBreakers(clock)
  let lastSeen: { key: string; untilMs: number; status: ModelStatus } | undefined

  const address = () => addressOf(settings().openaiUrl)

  /** The key for the address. Throws where the address may not be used at all. */
  async function admit(): Promise<string | undefined> {
    const url = address()
    const { openaiUrl, allowCloudModels } = settings()
    if (!isLoopback(url) && !allowCloudModels) {
      throw new Inadmissible(
        'leaves-computer',
        `${hostOf(url)} is another computer: your question and passages of your documents would be sent there. Choose a local server, or allow such models in Settings → Models.`,
      )
    }
    const key = await secrets.read(keyNameOf(openaiUrl))
    if (key && !isLoopback(url) && new URL(url).protocol !== 'https:') {
      throw new Inadmissible(
        'key-unsafe',
        `The address of ${hostOf(url)} begins with http://, so anybody on the way could read your key. Nothing was sent. Enter an address with https://.`,
      )
    }
    return key
  }

  async function listModels(url: string, key: string | undefined, signal?: AbortSignal): Promise<string[]> {
    const ending = new AbortController()
    const both = signal ? AbortSignal.any([signal, ending.signal]) : ending.signal
    const late = clock.sleep(LIST_LIMIT_MS, both).then(() => {
      throw Object.assign(new Error('No answer in time.'), { code: 'ETIMEDOUT' })
    })
    late.catch(() => {})
    const asking = (async () => {
      const message = await sendRequest(new URL(`${url}/models`), {
        method: 'GET',
        headers: headersOf(key),
        signal: both,
      })
      const body =
        message.statusCode === 200
          ? Buffer.concat(await message.toArray()).toString('utf8')
          : await readShortBody(message)
      if (message.statusCode !== 200) throw readRefusal(message.statusCode ?? 0, asJson(body))
      return ModelList.parse(asJson(body)).data.map(({ id }) => id)
    })()
    asking.catch(() => {})
    try {
      return await Promise.race([asking, late])
    } finally {
      ending.abort()
    }
  }

  async function look(signal?: AbortSignal): Promise<ModelStatus> {
    const url = address()
    const about = { provider: 'openai' as const, url, models: [] as ModelStatus['models'] }
    let key: string | undefined
    try {
      key = await admit()
    } catch (error) {
      const problem = error instanceof Inadmissible ? error.problem : 'key-refused'
      return { ...about, state: 'refused', problem, message: toStudyError(error).message }
    }
    const { openaiModel } = settings()
    const ready = (model: string, models: string[]): ModelStatus => ({
      ...about,
      models: models.map((name) => ({ name, byteSize: 0, local: isLoopback(url) })),
      state: 'ready',
      model,
      message: `${model} at ${hostOf(url)} is ready.`,
    })
    try {
      const models = await listModels(url, key, signal)
      const model = openaiModel || models.find(writesText)
      if (model) return ready(model, models)
      return {
        ...about,
        state: 'no-model',
        problem: 'no-model',
        message: `The server at ${hostOf(url)} has no model loaded. Load one there, then check again.`,
      }
    } catch (error) {
      if (signal?.aborted) throw new StudyError('cancelled', 'Stopped.', { cause: error })
      if (error instanceof ServerRefusal && error.status === 404 && openaiModel) return ready(openaiModel, [])
      return { ...about, ...explainAbsence(error, url, key) }
    }
  }

  async function find(signal: AbortSignal | undefined): Promise<Target> {
    const key = await admit()
    const url = address()
    const { openaiModel } = settings()
    if (openaiModel) return { url, key, model: openaiModel }
    const model = (await listModels(url, key, signal)).find(writesText)
    if (model) return { url, key, model }
    throw new StudyError(
      'model-missing',
      `The server at ${hostOf(url)} has no model loaded. Load one there, then try again.`,
    )
  }

  async function* request(target: Target, chat: ChatRequest, ending: AbortSignal): AsyncGenerator<OpenAiPart> {
    const { url, model, key } = target
    const place = JSON.stringify([url, model])
    for (;;) {
      const able = abilities.get(place) ?? ALL_ABILITIES
      let began = false
      try {
        const body = JSON.stringify(openAiBody(model, chat, able))
        const headers = { ...headersOf(key), 'content-type': 'application/json', accept: 'text/event-stream' }
        const message = await sendRequest(new URL(`${url}/chat/completions`), {
          method: 'POST',
          headers,
          body,
          signal: ending,
        })
        for await (const part of readReply(message)) {
          began = true
          yield part
        }
        return
      } catch (error) {
        // Each turn takes one thing away, so this ends.
        const less = began ? undefined : adaptTo(error, able, chat.format !== undefined)
        if (!less) throw error
        abilities.set(place, less)
      }
    }
  }

  async function* converse(target: Target, chat: ChatRequest, ending: AbortSignal): AsyncGenerator<ChatEvent> {
    const startedAtMs = clock.monotonicMs()
    if (chat.messages.length === 0) {
      yield { type: 'done', reachedLimit: false, usage: { promptTokens: 0, replyTokens: 0, durationMs: 0 } }
      return
    }
    yield { type: 'reading' }
    const parts = withWatchdog(request(target, chat, ending), clock, ending, REPLY_LIMITS)
    let reply = ''
    let firstTokenAtMs: number | undefined
    let finish: string | undefined
    let usage: OpenAiPart['usage']
    for await (const part of parts) {
      finish = part.finish ?? finish
      usage = part.usage ?? usage
      if (part.text === '') continue
      firstTokenAtMs ??= clock.monotonicMs()
      reply += part.text
      if (!chat.format) yield { type: 'token', text: part.text }
      else if (wroteOnlyBlanks(reply))
        throw new StudyError('model-bad-output', 'The model wrote blanks instead of an answer. Try again.')
    }
    const reachedLimit = finish === 'length'
    if (finish === 'content_filter')
      throw new StudyError(
        'model-bad-output',
        'The server ended the answer with its filter. Ask in other words, or choose a local model.',
      )
    const sentTokens = countPromptTokens(chat.messages)
    const readTokens = usage?.prompt_tokens ?? 0
    if (readTokens > 0 && sentTokens > LONG_PROMPT_TOKENS && readTokens < sentTokens * READ_SHARE) {
      throw new StudyError(
        'prompt-too-long',
        `The server read only ${readTokens} tokens of the prompt: its context is too short, and it dropped the rest. Load the model with a context of at least 4,096 tokens.`,
      )
    }
    if (chat.format) {
      const json = withoutFence(reply)
      checkJson(json, reachedLimit, false)
      yield { type: 'token', text: json }
    }
    const endedAtMs = clock.monotonicMs()
    yield {
      type: 'done',
      reachedLimit,
      usage: {
        promptTokens: readTokens || sentTokens,
        replyTokens: usage?.completion_tokens || countTokens(reply),
        durationMs: endedAtMs - startedAtMs,
        ...(firstTokenAtMs !== undefined && {
          promptMs: firstTokenAtMs - startedAtMs,
          replyMs: endedAtMs - firstTokenAtMs,
        }),
        ...(!usage && { isEstimate: true }),
      },
    }
  }

  return {
    async status(signal) {
      const { openaiModel, allowCloudModels } = settings()
      const key = JSON.stringify([address(), openaiModel, allowCloudModels])
      if (lastSeen?.key !== key || clock.monotonicMs() >= lastSeen.untilMs) {
        lastSeen = { key, status: await look(signal), untilMs: clock.monotonicMs() + STATUS_LASTS_MS }
      }
      const restingMs = breakers.at(address()).restingFor()
      return restingMs !== undefined && lastSeen.status.state === 'ready'
        ? asResting(lastSeen.status, restingMs)
        : lastSeen.status
    },
    chat: makeTakeTurns<Target>(
      {
        find,
        describe: ({ model }) => ({ provider: 'openai', model }),
        breakerOf: ({ url }) => breakers.at(url),
        converse,
        explain: (error, target, began) =>
          explainOpenAiError(error, {
            url: target?.url ?? address(),
            model: target?.model ?? settings().openaiModel,
            began,
            hadKey: target?.key !== undefined,
          }),
        forget() {
          lastSeen = undefined
        },
      },
      clock,
    ),
    tryAgain() {
      lastSeen = undefined
      breakers.reset()
    },
  }
}

/** An address that may not be used as things are. */
class Inadmissible extends StudyError {
  readonly problem: 'leaves-computer' | 'key-unsafe'
  constructor(problem: Inadmissible['problem'], message: string) {
    super(problem === 'key-unsafe' ? 'key-refused' : 'model-refused', message)
    this.problem = problem
  }
}

function explainAbsence(
  error: unknown,
  url: string,
  key: string | undefined,
): Pick<ModelStatus, 'state' | 'problem' | 'message'> {
  const code = connectionCode(error)
  if (code !== undefined) {
    const problem =
      code === 'ECONNREFUSED'
        ? 'not-running'
        : code === 'ETIMEDOUT'
          ? 'too-slow'
          : code === 'ENOTFOUND' || code === 'EAI_AGAIN'
            ? 'no-such-host'
            : 'broken-connection'
    return { state: 'unreachable', problem, message: explainOpenAiConnection(url, code) }
  }
  if (error instanceof ServerRefusal && error.status !== 404) {
    const { error: told } = explainOpenAiError(error, { url, model: '', began: false, hadKey: key !== undefined })
    if (error.status === 401)
      return { state: 'refused', problem: key ? 'key-refused' : 'key-missing', message: told.message }
    return { state: 'unreachable', problem: 'broken-connection', message: told.message }
  }
  return {
    state: 'unreachable',
    problem: 'port-taken',
    message: `What answers at ${url} does not speak OpenAI's HTTP. Check the address: it usually ends in /v1.`,
  }
}

function addressOf(url: string): string {
  const address = new URL(url)
  if (address.hostname === 'localhost') address.hostname = '127.0.0.1'
  return address.href.replace(/\/+$/, '')
}

function headersOf(key: string | undefined): Record<string, string> {
  return key ? { authorization: `Bearer ${key}` } : {}
}

/** LM Studio and others list their embedding models among the rest. */
function writesText(model: string): boolean {
  return !/embed|rerank|whisper|tts/i.test(model)
}

/** Models that are asked for JSON in words alone like to put it into a code block. */
function withoutFence(reply: string): string {
  return /^\s*```(?:json)?\s*([\s\S]*?)\s*```\s*$/.exec(reply)?.[1] ?? reply.trim()
}
