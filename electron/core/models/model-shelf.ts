import type { Job } from '#contract/jobs.ts'
import type { InstalledModel, ModelCall, ModelShelf as Shelf } from '#contract/models.ts'
import type { ModelStatus, Settings } from '#contract/system.ts'
import { StudyError } from '../errors.ts'
import type { JobRequest } from '../jobs/job-definition.ts'
import type { JobRunner } from '../jobs/job-runner.ts'
import type { LanguageModel, ModelStore, SecretKeeper, StoredModel } from '../ports.ts'
import type { Store } from '../store/open-store.ts'
import { measureSpeed } from './expect-duration.ts'
import { fitMemory } from './fit-memory.ts'
import type { ModelActivity } from './model-activity.ts'
import { licenceName, MODEL_CATALOG, recommendedModel } from './model-catalog.ts'
import { PULL_MODEL, WARM_UP_MODEL } from './model-jobs.ts'
import { isSmallMemory } from './small-memory.ts'

export interface ModelShelfParts {
  store: Store
  jobs: JobRunner
  model: LanguageModel
  modelStore: ModelStore
  activity: ModelActivity
  secrets: SecretKeeper
  settings: () => Settings
  /** Bytes of the computer's memory. */
  memory: () => { totalBytes: number; freeBytes: number }
  /** Whether a name is of a model that runs on somebody else's computer. */
  runsElsewhere: (model: { name: string }) => boolean
  /** The name a key is kept under: it belongs to one server. */
  keyName: (openaiUrl: string) => string
}

/** The models there are and could be, and what a person can do about them. One method a procedure of the contract. */
export interface ModelShelf {
  shelf(signal?: AbortSignal): Promise<Shelf>
  /** Throws `model-refused` for a model that runs elsewhere, unless that is allowed. */
  pull(input: { name: string }): Job
  /** Throws `model-missing`, `model-unreachable`. */
  remove(input: { name: string }): Promise<void>
  warmUp(): Job
  unload(): Promise<void>
  tryAgain(): Promise<ModelStatus>
  setKey(input: { key: string }): Promise<void>
  activity(signal?: AbortSignal): AsyncIterable<ModelCall[]>
}

export function makeModelShelf(parts: ModelShelfParts): ModelShelf {
  const { store, jobs, model, modelStore, activity, secrets, settings, memory } = parts

  function enqueue(request: JobRequest): Job {
    const { jobId } = store.transaction((db) => jobs.enqueue(db, request))
    jobs.wake()
    const job = jobs.get(jobId)
    if (!job) throw new StudyError('internal', 'The work could not be written down. Try again.')
    return job
  }

  return {
    async shelf(signal) {
      const [status, stored, key] = await Promise.all([
        model.status(signal),
        modelStore.list(signal),
        // A key that can't be opened is told by the status.
        secrets.read(parts.keyName(settings().openaiUrl)).catch(() => undefined),
      ])
      const bytes = memory()
      const installed = stored ?? []
      const loadedBytes = installed.reduce((sum, { loaded, byteSize }) => sum + (loaded ? byteSize : 0), 0)
      // What is loaded would be put away for another.
      const room = { ...bytes, freeBytes: bytes.freeBytes + loadedBytes }
      const describe = ({ licenceText, ...entry }: StoredModel): InstalledModel => {
        const licence = licenceText === undefined ? undefined : licenceName(licenceText)
        const speed = measureSpeed(store, entry.name)
        return {
          ...entry,
          fit: fitMemory(entry.byteSize, room),
          inUse: status.provider === 'ollama' && status.model === entry.name,
          ...(licence !== undefined && { licence }),
          ...(speed && { speed }),
        }
      }
      const recommended = recommendedModel(bytes.totalBytes)
      return {
        status,
        installed: installed
          .map(describe)
          .sort((a, b) => Number(b.inUse) - Number(a.inUse) || a.name.localeCompare(b.name)),
        suggested: MODEL_CATALOG.map((entry) => ({
          ...entry,
          fit: fitMemory(entry.byteSize, room),
          recommended: entry.name === recommended,
          installed: installed.some(({ name }) => name === entry.name),
        })),
        memory: { ...bytes, sparing: isSmallMemory(settings(), bytes.totalBytes) },
        key: { known: key !== undefined, keptIn: secrets.keptIn },
      }
    },
    pull({ name }) {
      if (parts.runsElsewhere({ name }) && !settings().allowCloudModels) {
        throw new StudyError(
          'model-refused',
          `${name} runs on somebody else's computer: your question and passages of your documents would be sent there. Nothing was downloaded. Choose a local model, or allow such models in Settings.`,
        )
      }
      return enqueue({ kind: PULL_MODEL, key: name, payload: { name }, title: name })
    },
    async remove({ name }) {
      await modelStore.remove(name)
      model.tryAgain?.()
    },
    warmUp: () => enqueue({ kind: WARM_UP_MODEL, key: 'in use', payload: {}, title: settings().chatModel || 'Ollama' }),
    unload: () => modelStore.unloadAll(),
    async tryAgain() {
      model.tryAgain?.()
      return model.status()
    },
    async setKey({ key }) {
      const name = parts.keyName(settings().openaiUrl)
      await (key === '' ? secrets.remove(name) : secrets.write(name, key))
      model.tryAgain?.()
    },
    activity: (signal) => activity.watch(signal),
  }
}
