import { oc } from '@orpc/contract'
import { z } from 'zod'
import { ModelProvider } from './usage.ts'

export const ThemeChoice = z.enum(['auto', 'light', 'dark'])
export const Language = z.enum(['en', 'hi'])
export type Language = z.infer<typeof Language>

/** A change of some settings: no defaults, so that what is not named stays. */
export const SettingsPatch = z
  .object({
    theme: ThemeChoice,
    language: Language,
    ollamaUrl: z.url({ protocol: /^https?$/ }),
    /** Empty: the best of the models that are there. */
    chatModel: z.string(),
    /** Models that run on somebody else's machine are refused unless this is on. */
    allowCloudModels: z.boolean(),
    /** Who writes answers and questions; `extractive` means no language model at all. */
    provider: ModelProvider,
    /** Where a server that speaks OpenAI's HTTP answers, its /v1 included. */
    openaiUrl: z.url({ protocol: /^https?$/ }),
    /** Empty: the first that the server lists. */
    openaiModel: z.string(),
    /** `auto` spares memory where the computer has 8 GB or less. */
    memoryMode: z.enum(['auto', 'sparing', 'free']),
    /** Limits a local day; a provider without an entry has none. */
    dailyLimits: z.partialRecord(
      ModelProvider,
      z.object({ tokens: z.number().int().positive().optional(), rupees: z.number().positive().optional() }),
    ),
    /** What the person pays for a million tokens; a model without an entry costs nothing. */
    prices: z.array(
      z.object({
        provider: ModelProvider,
        model: z.string(),
        inputRupees: z.number().nonnegative(),
        outputRupees: z.number().nonnegative(),
      }),
    ),
    /** auto: rests on a low battery · rest: until the person says otherwise · always: whatever the battery says. */
    heavyWork: z.enum(['auto', 'rest', 'always']),
    /** What the person wants to pass an exam with, in per cent of its marks, by exam. */
    cutoffs: z.record(z.string(), z.number().min(0).max(100)),
    /** The welcome page was left. */
    welcomed: z.boolean(),
  })
  .partial()
export type SettingsPatch = z.infer<typeof SettingsPatch>

/** Kept in the profile. */
export const Settings = SettingsPatch.required()
export type Settings = z.infer<typeof Settings>

/** What a newcomer has. */
export const DEFAULT_SETTINGS: Settings = {
  theme: 'auto',
  language: 'en',
  ollamaUrl: 'http://127.0.0.1:11434',
  chatModel: '',
  allowCloudModels: false,
  provider: 'ollama',
  openaiUrl: 'http://127.0.0.1:1234/v1',
  openaiModel: '',
  memoryMode: 'auto',
  dailyLimits: {},
  prices: [],
  heavyWork: 'auto',
  cutoffs: {},
  welcomed: false,
}

/** Exactly what keeps a model server from answering; the mend depends on it and on the system. */
export const ModelProblem = z.enum([
  'not-installed',
  'not-running',
  'port-taken',
  'port-reserved',
  'no-such-host',
  'too-slow',
  'broken-connection',
  'too-old',
  'foreign-host',
  'no-model',
  'model-gone',
  'not-a-writer',
  'leaves-computer',
  'key-missing',
  'key-refused',
  'key-unsafe',
  'turned-off',
])
export type ModelProblem = z.infer<typeof ModelProblem>

/**
 * What answers questions now. `state` other than ready carries the reason and the mend in `message`.
 * `resting`: calls failed again and again, and none is tried for a while. `off`: the person wants no model.
 */
export const ModelStatus = z.object({
  state: z.enum(['ready', 'unreachable', 'no-model', 'too-old', 'refused', 'resting', 'off']),
  provider: ModelProvider.optional(),
  /** Where state is not ready. */
  problem: ModelProblem.optional(),
  /** The system it runs on, where that decides the mend. */
  os: z.enum(['linux', 'darwin', 'win32']).optional(),
  /** How long a resting server is left alone yet. */
  retryInMs: z.number().optional(),
  url: z.string(),
  version: z.string().optional(),
  /** The model in use. */
  model: z.string().optional(),
  /** How long its longest answer takes on this computer, by its newest calls; undefined while too few were measured. */
  answerMs: z.number().optional(),
  models: z.array(z.object({ name: z.string(), byteSize: z.number(), local: z.boolean() })),
  message: z.string(),
})
export type ModelStatus = z.infer<typeof ModelStatus>

export const Health = z.object({
  /** Which host runs: the Electron shell, a browser on the web host, or the command line. */
  host: z.enum(['electron', 'web', 'cli']),
  version: z.string(),
  nodeVersion: z.string(),
  platform: z.string(),
  profileDir: z.string(),
  databaseVersion: z.number().int(),
  documentCount: z.number().int(),
  pageCount: z.number().int(),
  chunkCount: z.number().int(),
  embedding: z.object({
    state: z.enum(['ready', 'missing']),
    name: z.string().optional(),
    dimension: z.number().int().optional(),
    message: z.string().optional(),
  }),
  index: z.object({
    state: z.enum(['ready', 'catching-up', 'rebuilding', 'absent']),
    vectorCount: z.number().int(),
    pendingCount: z.number().int(),
  }),
  model: ModelStatus,
  residentBytes: z.number(),
})
export type Health = z.infer<typeof Health>

export const systemContract = {
  health: oc.output(Health),
  modelStatus: oc.output(ModelStatus),
  settings: oc.output(Settings),
  updateSettings: oc.input(SettingsPatch).output(Settings),
}
