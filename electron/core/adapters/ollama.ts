import type { Ollama } from 'ollama'
import type { ModelStatus, Settings } from '#contract/system.ts'
import { StudyError } from '../errors.ts'
import type { ChatEvent, ChatRequest, Clock, LanguageModel } from '../ports.ts'
import { makeCallQueue } from './call-queue.ts'
import { checkFormat } from './check-format.ts'
import { checkJson, wroteOnlyBlanks } from './check-reply.ts'
import { asResting, makeBreakers } from './circuit-breaker.ts'
import { ollamaAddress } from './ollama-address.ts'
import { connectionCode, explainConnection, explainForeignAnswer, explainOllamaError } from './ollama-errors.ts'
import { chooseModel, isOldVersion, type ListedModel, runsElsewhere, Tags } from './ollama-models.ts'
import { ollamaClient, probeOllama } from './ollama-probe.ts'
import { OLLAMA_CONTEXT_TOKENS, OllamaLastLine, type OllamaTarget, streamLoad, streamReply } from './ollama-stream.ts'
import type { SharedOllama } from './share-ollama.ts'
import { makeTakeTurns } from './take-turns.ts'
import { unloadOthers } from './unload-others.ts'
import { REPLY_LIMITS, withWatchdog } from './with-watchdog.ts'

export interface OllamaModelOptions {
  settings: () => Pick<Settings, 'ollamaUrl' | 'chatModel' | 'allowCloudModels'>
  clock: Pick<Clock, 'sleep' | 'monotonicMs'>
  /** With an embedding model of the same server. Where memory is short the others are put away before one is loaded. */
  shared?: SharedOllama | undefined
}

/** A model of some gigabytes comes from a slow disk. Giving up ends the load, so the next try begins anew. */
const LOAD_LIMIT_MS = 5 * 60_000
/** A person waits for a status; a question rather waits for a busy machine than fails. */
const STATUS_LIMIT_MS = 1_500
const PATIENT_LIMIT_MS = 5_000
const PROBE_LIMIT_MS = 10_000
/** Several parts of the window ask for the status at once and again. */
const STATUS_LASTS_MS = 3_000
const KEEP_ALIVE_MS = 15 * 60_000
/** Where memory is short, it goes back sooner. */
const KEEP_ALIVE_SMALL_MS = 5 * 60_000

/**
 * The LanguageModel over a local Ollama (0.17.1 or newer), through the ollama
 * package. Calls are always streamed, run one at a time in this process, are given up
 * only when nothing comes for long, and stop in the server when their signal aborts.
 * Models that run elsewhere are refused unless the settings allow them.
 */
export function makeOllamaModel({ settings, clock, shared }: OllamaModelOptions): Required<LanguageModel> {
  const oneModelAtATime = () => shared?.oneModelAtATime() ?? false
  const own = makeCallQueue()
  /** Whether a model can think, by its digest: asked once. */
  const thinkers = new Map<string, boolean>()
  const breakers = makeBreakers(clock)
  let lastSeen: { key: string; untilMs: number; status: ModelStatus } | undefined
  /** The model that this process had loaded, and how long the server keeps it. */
  let warm: { key: string; untilMs: number } | undefined

  const address = () => ollamaAddress(settings().ollamaUrl)

  function settingsKey(): string {
    const { chatModel, allowCloudModels } = settings()
    return JSON.stringify([address(), chatModel, allowCloudModels])
  }

  async function lookAround(
    limitMs: number,
    signal?: AbortSignal,
  ): Promise<{ status: ModelStatus; listed: ListedModel[] }> {
    const key = settingsKey()
    const { status, listed } = await look(limitMs, signal)
    const told = { ...status, ...osOf() }
    lastSeen = { key, untilMs: clock.monotonicMs() + STATUS_LASTS_MS, status: told }
    return { status: told, listed }
  }

  async function look(limitMs: number, signal?: AbortSignal): Promise<{ status: ModelStatus; listed: ListedModel[] }> {
    const url = address()
    try {
      return await probeOllama({ url, clock, signal, limitMs }, async (client) => {
        const { version } = await client.version()
        // An old server is not asked more than its version.
        const { models } = isOldVersion(version) ? { models: [] } : Tags.parse(await client.list())
        return { status: chooseModel({ url, version, models }, settings()), listed: models }
      })
    } catch (error) {
      if (signal?.aborted) throw error
      const code = connectionCode(error)
      const found = code === undefined ? explainForeignAnswer(error, url) : explainConnection(url, code)
      const state = found.problem === 'foreign-host' ? 'refused' : 'unreachable'
      return { status: { state, provider: 'ollama', url, models: [], ...found }, listed: [] }
    }
  }

  async function findTarget(signal?: AbortSignal): Promise<OllamaTarget> {
    const { status, listed } = await lookAround(PROBE_LIMIT_MS, signal)
    const { state, url, version, model, message } = status
    if (state !== 'ready' || model === undefined || version === undefined)
      throw new StudyError(
        state === 'unreachable' ? 'model-unreachable' : state === 'no-model' ? 'model-missing' : 'model-refused',
        message,
      )
    const entry = listed.find(({ name }) => name === model)
    return {
      url,
      version,
      model,
      canThink: await canThink(url, model, entry, signal),
      runsElsewhere: runsElsewhere(entry ?? { name: model }),
      keepAliveMs: oneModelAtATime() ? KEEP_ALIVE_SMALL_MS : KEEP_ALIVE_MS,
    }
  }

  async function canThink(
    url: string,
    model: string,
    entry: ListedModel | undefined,
    signal?: AbortSignal,
  ): Promise<boolean> {
    if (entry?.capabilities) return entry.capabilities.includes('thinking')
    const key = entry?.digest || model
    const known = thinkers.get(key)
    if (known !== undefined) return known
    const probing = { url, clock, signal, limitMs: PROBE_LIMIT_MS }
    const { capabilities } = await probeOllama(probing, (client) => client.show({ model }))
    const thinks = capabilities?.includes('thinking') ?? false
    thinkers.set(key, thinks)
    return thinks
  }

  async function* warmUp(client: Ollama, target: OllamaTarget, ending: AbortSignal): AsyncGenerator<ChatEvent> {
    if (target.runsElsewhere) return
    const key = JSON.stringify([target.url, target.model])
    const known = warm?.key === key && clock.monotonicMs() < warm.untilMs
    // Another program, or the embedding of the question, may have had it put away: then it is loaded anew.
    const isLoaded = oneModelAtATime() ? await unloadOthers(client, target.model) : known
    if (known && isLoaded) return
    yield { type: 'loading' }
    const lines = withWatchdog(streamLoad(client, target), clock, ending, {
      firstMs: LOAD_LIMIT_MS,
      nextMs: LOAD_LIMIT_MS,
      isBeginning: () => true,
      tooLate: () => 'The model did not load within five minutes.',
    })
    for await (const { last } of lines) if (last) return
    throw new StudyError('model-cut-off', 'Ollama ended the load of the model before it was complete. Try again.')
  }

  function keepWarm({ url, model, keepAliveMs }: OllamaTarget): void {
    warm = { key: JSON.stringify([url, model]), untilMs: clock.monotonicMs() + keepAliveMs }
  }

  async function* converse(target: OllamaTarget, request: ChatRequest, ending: AbortSignal): AsyncGenerator<ChatEvent> {
    if (request.format) checkFormat(request.format)
    const startedAtMs = clock.monotonicMs()
    const client = ollamaClient(target.url, ending)
    yield* warmUp(client, target, ending)
    if (request.messages.length === 0) {
      keepWarm(target)
      const durationMs = clock.monotonicMs() - startedAtMs
      yield { type: 'done', reachedLimit: false, usage: { promptTokens: 0, replyTokens: 0, durationMs } }
      return
    }
    yield { type: 'reading' }
    const lines = withWatchdog(streamReply(client, target, request), clock, ending, REPLY_LIMITS)
    let reply = ''
    for await (const line of lines) {
      if (line.text !== '') {
        reply += line.text
        if (request.format && wroteOnlyBlanks(reply))
          throw new StudyError('model-bad-output', 'The model wrote blanks instead of an answer. Try again.')
        yield { type: 'token', text: line.text }
      }
      if (!line.last) continue
      const last = OllamaLastLine.parse(line.last)
      const { done_reason, prompt_eval_count: promptTokens, eval_count: replyTokens } = last
      const reachedLimit = done_reason === 'length'
      if (reply === '' && (done_reason === 'load' || done_reason === 'unload')) {
        throw new StudyError('model-cut-off', 'Ollama put the model away before it answered. Try again.')
      }
      keepWarm(target)
      if (request.format) checkJson(reply, reachedLimit, promptTokens + replyTokens >= OLLAMA_CONTEXT_TOKENS)
      yield {
        type: 'done',
        reachedLimit,
        usage: {
          promptTokens,
          replyTokens,
          durationMs: clock.monotonicMs() - startedAtMs,
          ...(last.prompt_eval_duration !== undefined && { promptMs: last.prompt_eval_duration }),
          ...(last.eval_duration !== undefined && { replyMs: last.eval_duration }),
        },
      }
      return
    }
    throw new StudyError('model-cut-off', 'The answer of the model ended before it was complete. Try again.')
  }

  return {
    async status(signal, { patient = false } = {}) {
      const restingMs = breakers.at(address()).restingFor()
      const known =
        lastSeen?.key === settingsKey() && clock.monotonicMs() < lastSeen.untilMs ? lastSeen.status : undefined
      // What was found away in a hurry may only have been slow.
      const fresh = patient && known?.state === 'unreachable' ? undefined : known
      const status = fresh ?? (await lookAround(patient ? PATIENT_LIMIT_MS : STATUS_LIMIT_MS, signal)).status
      return restingMs !== undefined && status.state === 'ready' ? asResting(status, restingMs) : status
    },
    chat: makeTakeTurns<OllamaTarget>(
      {
        find: findTarget,
        describe: ({ model }) => ({ provider: 'ollama', model }),
        breakerOf: ({ url }) => breakers.at(url),
        converse,
        explain: (error, target, began) =>
          explainOllamaError(error, { url: target?.url ?? address(), model: target?.model ?? '', began }),
        forget() {
          lastSeen = undefined
          warm = undefined
        },
      },
      clock,
      () => (shared?.oneModelAtATime() ? shared.queue : own),
    ),
    tryAgain() {
      lastSeen = undefined
      breakers.reset()
    },
  }
}

function osOf(): Pick<ModelStatus, 'os'> {
  const { platform } = process
  return platform === 'linux' || platform === 'darwin' || platform === 'win32' ? { os: platform } : {}
}
