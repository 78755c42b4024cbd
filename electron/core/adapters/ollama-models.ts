import { totalmem } from 'node:os'
import { z } from 'zod'
import type { ModelProblem, ModelStatus, Settings } from '#contract/system.ts'
import { MODEL_CATALOG } from '../models/model-catalog.ts'

/** Below it, Ollama lets a request read the machine's files, and has no `truncate` and `shift`. */
const LEAST_VERSION = [0, 17, 1] as const

/** GET /api/tags, the part that matters; older servers send no capabilities. */
export const Tags = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      size: z.number().default(0),
      digest: z.string().default(''),
      remote_model: z.string().optional(),
      remote_host: z.string().optional(),
      capabilities: z.array(z.string()).optional(),
      details: z
        .object({
          family: z.string().optional(),
          parameter_size: z.string().optional(),
          quantization_level: z.string().optional(),
        })
        .loose()
        .optional(),
    }),
  ),
})
export type ListedModel = z.infer<typeof Tags>['models'][number]

/** The person may have much more on disk than fits in memory. */
const MEMORY_SHARE = 0.6

export function isOldVersion(version: string): boolean {
  return compareVersions(version, LEAST_VERSION) < 0
}

/**
 * From 0.12.4 to 0.31.1 /api/chat ignores `format` when thinking is turned off on
 * a model that can think; /api/generate applies it always.
 */
export function chatIgnoresFormat(version: string): boolean {
  return compareVersions(version, [0, 12, 4]) >= 0 && compareVersions(version, [0, 31, 1]) <= 0
}

/**
 * Models whose name or entry says that they run elsewhere. The server reads the ending
 * of a name in any case and without blanks around it (internal/modelref), so this must too.
 */
export function runsElsewhere({
  name,
  remote_host,
  remote_model,
}: Pick<ListedModel, 'name' | 'remote_host' | 'remote_model'>): boolean {
  return /[:-]\s*cloud$/i.test(name.trim()) || Boolean(remote_host) || Boolean(remote_model)
}

/**
 * What to use, and where that can't be, why and what to do. `model` is set when
 * state is `ready`.
 */
export function chooseModel(
  found: { url: string; version: string; models: ListedModel[] },
  { chatModel, allowCloudModels }: Pick<Settings, 'chatModel' | 'allowCloudModels'>,
): ModelStatus {
  const models = found.models.map((model) => ({ name: model.name, byteSize: model.size, local: !runsElsewhere(model) }))
  const about = { provider: 'ollama' as const, url: found.url, version: found.version, models }
  const failing = (state: ModelStatus['state'], problem: ModelProblem, message: string): ModelStatus => ({
    state,
    problem,
    ...about,
    message,
  })
  const ready = (model: string): ModelStatus => ({ state: 'ready', ...about, message: `${model} is ready.`, model })
  if (isOldVersion(found.version)) {
    return failing(
      'too-old',
      'too-old',
      `Ollama ${found.version} is too old: ${LEAST_VERSION.join('.')} or newer is needed, since older ones can be made to read files of this computer. Update Ollama, then try again.`,
    )
  }
  if (chatModel !== '') {
    const wanted = chatModel.trim().toLowerCase()
    const chosen = found.models.find(({ name }) => [wanted, `${wanted}:latest`].includes(name.toLowerCase()))
    if (!chosen && !runsElsewhere({ name: chatModel })) {
      return failing(
        'no-model',
        'model-gone',
        `The model ${chatModel} is not in Ollama. Download it in Settings → Models (or "ollama pull ${chatModel}"), or choose another model in Settings.`,
      )
    }
    if (runsElsewhere(chosen ?? { name: chatModel }) && !allowCloudModels) {
      return failing(
        'refused',
        'leaves-computer',
        `${chatModel} runs on somebody else's computer: your question and passages of your documents would be sent there. Choose a local model, or allow such models in Settings.`,
      )
    }
    if (chosen && !runsElsewhere(chosen) && !writesText(chosen)) {
      return failing(
        'no-model',
        'not-a-writer',
        `${chatModel} turns text into vectors and can't write answers. Choose another model in Settings.`,
      )
    }
    return ready(chosen?.name ?? chatModel)
  }
  const best = bestModel(found.models.filter((model) => !runsElsewhere(model) && writesText(model)))
  if (!best) {
    return failing(
      'no-model',
      'no-model',
      'Ollama has no model that can write answers on this computer. Download one in Settings → Models (or "ollama pull llama3.2:3b", 2 GB).',
    )
  }
  return ready(best.name)
}

function bestModel(models: ListedModel[]): ListedModel | undefined {
  const suggested = MODEL_CATALOG.map(({ name }) => models.find((model) => model.name === name)).find((model) => model)
  if (suggested) return suggested
  const bySize = models.toSorted((a, b) => b.size - a.size)
  return bySize.find(({ size }) => size <= totalmem() * MEMORY_SHARE) ?? bySize.at(-1)
}

export function writesText({ capabilities, details }: ListedModel): boolean {
  if (capabilities) return capabilities.includes('completion')
  return !/bert/i.test(details?.family ?? '')
}

/** A development build calls itself 0.0.0: newer than any release. */
function compareVersions(version: string, than: readonly number[]): number {
  const parts = (version.match(/\d+/g) ?? []).slice(0, 3).map(Number)
  if (parts.length < 3 || parts.every((part) => part === 0)) return 1
  for (let i = 0; i < 3; i++) {
    const difference = (parts[i] ?? 0) - (than[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
