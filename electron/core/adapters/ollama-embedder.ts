import type { Ollama } from 'ollama'
import type { Settings } from '#contract/system.ts'
import { StudyError } from '../errors.ts'
import type { Clock, Embedder, EmbeddingModelIdentity } from '../ports.ts'
import { type CallPriority, makeCallQueue, type Turn } from './call-queue.ts'
import { ollamaAddress } from './ollama-address.ts'
import { explainOllamaError } from './ollama-errors.ts'
import { isOldVersion, type ListedModel, runsElsewhere, Tags } from './ollama-models.ts'
import { probeOllama } from './ollama-probe.ts'
import type { SharedOllama } from './share-ollama.ts'
import { unloadOthers } from './unload-others.ts'

export interface OllamaEmbedderOptions {
  /** As Ollama calls it: "bge-m3", "bge-m3:latest". */
  model: string
  settings: () => Pick<Settings, 'ollamaUrl'>
  clock: Pick<Clock, 'sleep'>
  /** With the language model of the same server. */
  shared?: SharedOllama | undefined
  /** What the model was when it was chosen; without it the server must be there to tell. */
  identity?: EmbeddingModelIdentity
}

/** One text that can't be embedded fails its whole batch, and a question waits behind the batch that runs. */
const MOST_TEXTS = 16
/** The first call loads the model from a slow disk. */
const CALL_LIMIT_MS = 5 * 60_000
const LOOK_LIMIT_MS = 10_000
/** A person waits for the list. */
const STATUS_LIMIT_MS = 1_500
const KEEP_ALIVE = '15m'
/** Where memory is short, it goes back sooner. */
const KEEP_ALIVE_SMALL = '5m'
/**
 * Named, so that no setting of the server changes it (which loads the model anew) and no model takes the memory of
 * all it could read: passages are a quarter of it. A model that reads less keeps to its own.
 */
const EMBED_CONTEXT_TOKENS = 2_048
/** A person who searches while the language model has the memory is rather answered by words alone. */
const QUESTION_WAIT_MS = 2_000
/** A text that is longer than the model reads is tried again with this share of it, so many times. */
const SHORTER = 0.6
const MOST_CUTS = 6

/**
 * The Embedder over a model of a local Ollama (/api/embed). Its identity is the digest of the model, which
 * is looked at before every call: a model that was pulled anew under the same name is another one.
 * Models that run elsewhere are refused. A text longer than the model reads is cut at its end, as other embedders do.
 * Throws StudyError: model-unreachable, model-missing, model-refused, model-busy, model-bad-output
 * (a text of the call can't be embedded), model-busy also where the language model has the memory and a person waits, embedding-model-missing (it is not the model any more that was chosen), cancelled.
 */
export async function openOllamaEmbedder(options: OllamaEmbedderOptions): Promise<Embedder> {
  const { model, shared, clock } = options
  const own = makeCallQueue()
  const closing = new AbortController()

  const exchange = <T>(limitMs: number, signal: AbortSignal | undefined, work: (client: Ollama) => Promise<T>) =>
    exchangeWithOllama({ ...options, limitMs, stops: signal ? [signal, closing.signal] : [closing.signal] }, work)

  const look = (signal: AbortSignal | undefined) =>
    exchange(LOOK_LIMIT_MS, signal, async (client) => findModel(await listModels(client), model))

  const embedTexts = async (texts: readonly string[], signal: AbortSignal | undefined): Promise<Float32Array[]> => {
    const { embeddings } = await exchange(CALL_LIMIT_MS, signal, (client) =>
      client.embed({
        model,
        input: [...texts],
        // Without it a text loses its end and nobody knows.
        truncate: false,
        options: { num_ctx: EMBED_CONTEXT_TOKENS },
        keep_alive: shared?.oneModelAtATime() ? KEEP_ALIVE_SMALL : KEEP_ALIVE,
      }),
    )
    if (embeddings.length !== texts.length) throw notVectors(model)
    return embeddings.map((vector) => toUnit(vector, model))
  }

  /** Halves a batch that fails for one of its texts until that one is alone; then shortens it if it is too long. */
  async function embedBatch(texts: readonly string[], signal: AbortSignal | undefined): Promise<Float32Array[]> {
    try {
      return await embedTexts(texts, signal)
    } catch (error) {
      if (!isOfTheText(error)) throw error
      const [only] = texts
      if (texts.length > 1) {
        const half = Math.ceil(texts.length / 2)
        return [...(await embedBatch(texts.slice(0, half), signal)), ...(await embedBatch(texts.slice(half), signal))]
      }
      if (only === undefined || error.code !== 'prompt-too-long') throw unusableText(model, error)
      return [await embedBeginning(only, signal)]
    }
  }

  async function embedBeginning(text: string, signal: AbortSignal | undefined): Promise<Float32Array> {
    let beginning = text
    for (let cut = 1; ; cut++) {
      beginning = beginning.slice(0, Math.floor(beginning.length * SHORTER)).replace(/[\ud800-\udbff]$/, '')
      try {
        const [vector] = await embedTexts([beginning], signal)
        if (vector) return vector
        throw notVectors(model)
      } catch (error) {
        if (!isOfTheText(error)) throw error
        if (error.code !== 'prompt-too-long' || cut === MOST_CUTS) throw unusableText(model, error)
      }
    }
  }

  /** This call's turn; where memory holds one model, after the calls of the language model too. */
  async function takeTurn(priority: CallPriority, signal: AbortSignal | undefined): Promise<Turn> {
    if (!shared?.oneModelAtATime()) return own.enter(priority, signal)
    if (priority === 'bulk') return shared.queue.enter(priority, signal)
    const waited = new AbortController()
    const inTime = new AbortController()
    clock.sleep(QUESTION_WAIT_MS, inTime.signal).then(
      () => waited.abort(),
      () => {},
    )
    try {
      return await shared.queue.enter(priority, signal ? AbortSignal.any([signal, waited.signal]) : waited.signal)
    } catch (error) {
      if (signal?.aborted || !waited.signal.aborted) throw error
      throw new StudyError(
        'model-busy',
        `The language model is at work, and this computer's memory holds one model at a time. Words alone were searched; meanings are again once it is done.`,
        { cause: error },
      )
    } finally {
      inTime.abort()
    }
  }

  /** Runs a call in its turn, once it is the model that is expected and, where memory is short, alone in it. */
  async function inTurn<T>(
    { priority, signal }: { priority: CallPriority; signal: AbortSignal | undefined },
    work: (found: ListedModel) => Promise<T>,
  ): Promise<T> {
    const turn = await takeTurn(priority, signal)
    try {
      const found = await look(signal)
      if (shared?.oneModelAtATime()) {
        await exchange(LOOK_LIMIT_MS, signal, (client) => unloadOthers(client, found.name))
      }
      return await work(found)
    } finally {
      turn.release()
    }
  }

  const identity = options.identity ?? (await identify())

  function identify(): Promise<EmbeddingModelIdentity> {
    return inTurn({ priority: 'bulk', signal: undefined }, async ({ digest }) => {
      const [vector] = await embedTexts(['Abhyas'], undefined)
      return { name: model, weightsHash: digest, dimension: vector?.length ?? 0, prompt: '' }
    })
  }

  return {
    identity,
    async embed(texts, { signal, priority = 'bulk' } = {}) {
      const vectors: Float32Array[] = []
      for (let at = 0; at < texts.length; at += MOST_TEXTS) {
        const batch = await inTurn({ priority, signal }, ({ digest }) => {
          if (digest !== identity.weightsHash) throw changed(model)
          return embedBatch(texts.slice(at, at + MOST_TEXTS), signal)
        })
        vectors.push(...batch)
      }
      if (vectors.some(({ length }) => length !== identity.dimension)) throw changed(model)
      return vectors
    },
    async close() {
      closing.abort()
    },
  }
}

export interface OllamaEmbeddingModel {
  name: string
  byteSize: number
  /** Runs on this computer; others are refused. */
  local: boolean
}

/** The models of the server that turn text into vectors. Throws StudyError: model-unreachable, model-refused, cancelled. */
export async function listOllamaEmbedders(
  { settings, clock }: Pick<OllamaEmbedderOptions, 'settings' | 'clock'>,
  signal?: AbortSignal,
): Promise<OllamaEmbeddingModel[]> {
  const how = { settings, clock, model: '', limitMs: STATUS_LIMIT_MS, stops: signal ? [signal] : [] }
  const models = await exchangeWithOllama(how, listModels)
  return models
    .filter(makesVectors)
    .map((model) => ({ name: model.name, byteSize: model.size, local: !runsElsewhere(model) }))
}

/** One exchange with the server, ended by its limit or by a signal. */
async function exchangeWithOllama<T>(
  how: Pick<OllamaEmbedderOptions, 'settings' | 'clock' | 'model'> & { limitMs: number; stops: AbortSignal[] },
  work: (client: Ollama) => Promise<T>,
): Promise<T> {
  const { settings, clock, model, limitMs, stops } = how
  const url = ollamaAddress(settings().ollamaUrl)
  const signal = AbortSignal.any(stops)
  try {
    return await probeOllama({ url, clock, signal, limitMs }, work)
  } catch (error) {
    if (signal.aborted) {
      throw new StudyError('cancelled', 'Embedding was stopped. What was finished before is kept.', { cause: error })
    }
    throw explainOllamaError(error, { url, model, began: false }).error
  }
}

async function listModels(client: Ollama): Promise<ListedModel[]> {
  const { version } = await client.version()
  if (isOldVersion(version)) {
    throw new StudyError('model-refused', `Ollama ${version} is too old. Update Ollama, then try again.`)
  }
  return Tags.parse(await client.list()).models
}

/** Older servers tell no capabilities; there the family does. */
function makesVectors({ name, capabilities, details }: ListedModel): boolean {
  return capabilities?.includes('embedding') ?? (/bert/i.test(details?.family ?? '') || /embed/i.test(name))
}

function findModel(models: readonly ListedModel[], wanted: string): ListedModel {
  const name = wanted.trim().toLowerCase()
  const found = models.find((model) => [name, `${name}:latest`].includes(model.name.toLowerCase()))
  if (runsElsewhere(found ?? { name: wanted })) {
    throw new StudyError(
      'model-refused',
      `${wanted} runs on somebody else's computer: every passage of your library would be sent there. Choose a local model.`,
    )
  }
  if (!found) {
    throw new StudyError(
      'model-missing',
      `The model ${wanted} is not in Ollama. Run "ollama pull ${wanted}", or choose another model in Settings.`,
    )
  }
  return found
}

/** True when other texts may well go through. */
function isOfTheText(error: unknown): error is StudyError {
  if (!(error instanceof StudyError)) return false
  if (error.code === 'prompt-too-long' || error.code === 'model-bad-output') return true
  // A text whose vector has no number in it comes as a failure of the server.
  return error.code === 'model-unreachable' && /\bNaN\b|unsupported value/.test(error.message)
}

function toUnit(vector: readonly number[], model: string): Float32Array {
  const length = Math.hypot(...vector)
  if (!(length > 0) || !Number.isFinite(length)) throw notVectors(model)
  return Float32Array.from(vector, (component) => component / length)
}

function notVectors(model: string): StudyError {
  return new StudyError(
    'model-bad-output',
    `${model} did not give a vector for every text. Choose another model in Settings.`,
  )
}

function unusableText(model: string, cause: unknown): StudyError {
  return new StudyError('model-bad-output', `${model} can't turn one of the passages into a vector.`, { cause })
}

function changed(model: string): StudyError {
  return new StudyError(
    'embedding-model-missing',
    `${model} is not the model any more that your library was embedded with: it was updated in Ollama. Search by words works. Choose it again in Settings to embed the library anew.`,
  )
}
