import { oc } from '@orpc/contract'
import { z } from 'zod'

/** Who writes: a local Ollama, a server that speaks OpenAI's HTTP, or the documents' own sentences. */
export const ModelProvider = z.enum(['ollama', 'openai', 'extractive'])
export type ModelProvider = z.infer<typeof ModelProvider>

/** What a model was called for. */
export const ModelFeature = z.enum([
  'ask',
  'rewrite',
  'quiz',
  'summary',
  'explain',
  'flashcards',
  'compare',
  'mains',
  'warm-up',
  'other',
])
export type ModelFeature = z.infer<typeof ModelFeature>

/** Calls of one day by one model for one feature, added up. */
export const UsageRow = z.object({
  /** The local date, YYYY-MM-DD. */
  day: z.string(),
  provider: ModelProvider,
  /** Empty where the call failed before its model was known. */
  model: z.string(),
  feature: ModelFeature,
  callCount: z.number().int(),
  /** Answers that came from the cache: no model was called. */
  cacheHitCount: z.number().int(),
  failedCount: z.number().int(),
  promptTokens: z.number().int(),
  replyTokens: z.number().int(),
  durationMs: z.number(),
  rupees: z.number(),
})
export type UsageRow = z.infer<typeof UsageRow>

/** What a provider used today, and where it stops. */
export const ProviderToday = z.object({
  provider: ModelProvider,
  tokens: z.number().int(),
  rupees: z.number(),
  limits: z.object({ tokens: z.number().int().positive().optional(), rupees: z.number().positive().optional() }),
  /** A limit is reached: no more calls until `resetsAtMs`. */
  stopped: z.boolean(),
})
export type ProviderToday = z.infer<typeof ProviderToday>

export const UsageReport = z.object({
  /** Oldest day first. */
  rows: z.array(UsageRow),
  /** The local date, YYYY-MM-DD. */
  today: z.string(),
  providers: z.array(ProviderToday),
  /** The coming local midnight. */
  resetsAtMs: z.number(),
  /** Answers kept for the same question with the same passages and model. */
  cachedAnswerCount: z.number().int(),
})
export type UsageReport = z.infer<typeof UsageReport>

export const usageContract = {
  /** The last `days` days, today among them. */
  report: oc.input(z.object({ days: z.number().int().min(1).max(366).default(30) })).output(UsageReport),
  /** Forgets the kept answers; tells how many. The figures of usage stay. */
  clearCache: oc.output(z.object({ forgottenCount: z.number().int() })),
}
