import type { Ollama } from 'ollama'
import type { Settings } from '#contract/system.ts'
import { isCancelled, StudyError } from '../errors.ts'
import type { Clock, ModelStore, PullProgress, StoredModel } from '../ports.ts'
import { ollamaAddress } from './ollama-address.ts'
import { connectionCode, explainOllamaError, isResponseError } from './ollama-errors.ts'
import { isOldVersion, type ListedModel, runsElsewhere, Tags, writesText } from './ollama-models.ts'
import { ollamaClient, probeOllama } from './ollama-probe.ts'
import { unloadOthers } from './unload-others.ts'
import { withWatchdog } from './with-watchdog.ts'

const LIST_LIMIT_MS = 3_000
const CHANGE_LIMIT_MS = 20_000
/** The server itself tries a slow connection anew in this time, and says nothing meanwhile. */
const PULL_SILENCE_MS = 5 * 60_000

/** The models of the local Ollama. Sizes of the parts of a download are added up, so that progress never starts over. */
export function makeOllamaStore({
  settings,
  clock,
}: {
  settings: () => Pick<Settings, 'ollamaUrl'>
  clock: Pick<Clock, 'sleep' | 'monotonicMs'>
}): ModelStore {
  /** By digest: the text does not change. */
  const licences = new Map<string, string>()
  const address = () => ollamaAddress(settings().ollamaUrl)
  const probe = <T>(limitMs: number, work: (client: Ollama) => Promise<T>, signal?: AbortSignal) =>
    probeOllama({ url: address(), clock, signal, limitMs }, work)

  async function licenceOf(client: Ollama, { name, digest }: ListedModel): Promise<string | undefined> {
    const key = digest || name
    if (!licences.has(key)) {
      const { license } = await client.show({ model: name })
      licences.set(key, license ?? '')
    }
    return licences.get(key) || undefined
  }

  /** Runs a change and puts what goes wrong into the port's words. */
  async function change(model: string, work: (client: Ollama) => Promise<unknown>): Promise<void> {
    try {
      await probe(CHANGE_LIMIT_MS, work)
    } catch (error) {
      throw explainOllamaError(error, { url: address(), model, began: false }).error
    }
  }

  return {
    async list(signal) {
      try {
        return await probe(
          LIST_LIMIT_MS,
          async (client) => {
            if (isOldVersion((await client.version()).version)) return undefined
            const [{ models }, running] = [Tags.parse(await client.list()), await client.ps()]
            const loaded = new Set(running.models.map(({ name }) => name))
            const stored: StoredModel[] = []
            for (const model of models) {
              const { name, size, details } = model
              const licenceText = await licenceOf(client, model)
              stored.push({
                name,
                byteSize: size,
                local: !runsElsewhere(model),
                writesText: writesText(model),
                loaded: loaded.has(name),
                ...(details?.parameter_size && { parameters: details.parameter_size }),
                ...(details?.quantization_level && { quantization: details.quantization_level }),
                ...(licenceText !== undefined && { licenceText }),
              })
            }
            return stored
          },
          signal,
        )
      } catch (error) {
        if (signal?.aborted) throw error
        // Why it does not answer is told by the model's status.
        return undefined
      }
    },
    async *pull(name, signal) {
      const ending = new AbortController()
      const stop = () => ending.abort(signal.reason)
      if (signal.aborted) stop()
      signal.addEventListener('abort', stop, { once: true })
      try {
        const client = ollamaClient(address(), ending.signal)
        yield* withWatchdog(download(client, name), clock, ending.signal, {
          firstMs: PULL_SILENCE_MS,
          nextMs: PULL_SILENCE_MS,
          isBeginning: () => true,
          tooLate: () => 'Nothing more of the model came for five minutes.',
        })
      } catch (error) {
        if (signal.aborted) throw new StudyError('cancelled', 'Stopped. What was downloaded is kept.', { cause: error })
        throw explainPullFailure(error, address(), name)
      } finally {
        signal.removeEventListener('abort', stop)
        ending.abort()
      }
    },
    remove: (name) => change(name, (client) => client.delete({ model: name })),
    unloadAll: () => change('', (client) => unloadOthers(client)),
  }
}

async function* download(client: Ollama, model: string): AsyncGenerator<PullProgress> {
  const parts = new Map<string, { total: number; completed: number }>()
  for await (const { status, digest, total, completed } of await client.pull({ model, stream: true })) {
    if (status === 'success') return
    if (digest) {
      const before = parts.get(digest) ?? { total: 0, completed: 0 }
      // A part that is there already, or has only begun, tells no `completed`; what is known never goes back.
      parts.set(digest, {
        total: total ?? before.total,
        completed: Math.max(before.completed, completed ?? 0),
      })
    }
    const sizes = [...parts.values()]
    yield {
      stage: digest ? 'download' : parts.size > 0 ? 'verify' : 'manifest',
      doneBytes: sizes.reduce((sum, part) => sum + part.completed, 0),
      totalBytes: sizes.reduce((sum, part) => sum + part.total, 0),
    }
  }
  throw new Error('the download ended before it was complete')
}

function explainPullFailure(error: unknown, url: string, name: string): StudyError {
  if (error instanceof StudyError || isCancelled(error))
    return explainOllamaError(error, { url, model: name, began: true }).error
  const reason = error instanceof Error ? error.message : String(error)
  const options = { cause: error }
  if (/newer version of ollama/i.test(reason)) {
    return new StudyError(
      'model-refused',
      `${name} needs a newer Ollama than is installed. Update Ollama from ollama.com, then download it again.`,
      options,
    )
  }
  if (/no space left|not enough (?:disk )?space|disk (?:is )?full/i.test(reason)) {
    return new StudyError(
      'disk-full',
      `The disk is full: ${name} does not fit on it. What was downloaded is kept. Free some space, then try again.`,
      options,
    )
  }
  if (/file does not exist|not found|invalid model name/i.test(reason)) {
    return new StudyError(
      'model-missing',
      `Ollama's library has no model ${name}. Check the name at ollama.com/library.`,
      options,
    )
  }
  if (
    /dial tcp|no such host|network is unreachable|i\/o timeout|tls handshake|connection (?:refused|reset)/i.test(
      reason,
    ) &&
    connectionCode(error) === undefined
  ) {
    return new StudyError(
      'model-unreachable',
      `Ollama can't reach its library (${reason}). What was downloaded is kept; the download goes on when there is a network.`,
      options,
    )
  }
  if (isResponseError(error) || connectionCode(error) !== undefined)
    return explainOllamaError(error, { url, model: name, began: false }).error
  return new StudyError(
    'model-cut-off',
    `The download of ${name} broke off (${reason}). What was downloaded is kept.`,
    options,
  )
}
