import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { Job } from './jobs.ts'
import { ModelStatus } from './system.ts'
import { ModelFeature, ModelProvider } from './usage.ts'

/** How a model goes with this computer's memory: `tight` once other programs are closed. */
export const ModelFit = z.enum(['fits', 'tight', 'too-large'])
export type ModelFit = z.infer<typeof ModelFit>

/** Ollama's name of a model: letters, digits and . _ - / with an optional :tag. */
export const ModelName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[\w.-]+(?:[/:][\w.-]+)*$/)

export const InstalledModel = z.object({
  name: z.string(),
  byteSize: z.number(),
  /** Runs on this computer. */
  local: z.boolean(),
  fit: ModelFit,
  /** What its text says it is, by name; undefined where it says nothing that is known. */
  licence: z.string().optional(),
  parameters: z.string().optional(),
  quantization: z.string().optional(),
  writesText: z.boolean(),
  /** It is in memory now. */
  loaded: z.boolean(),
  /** Answers are written with it now. */
  inUse: z.boolean(),
  /** Tokens a second on this computer, by its newest calls. */
  speed: z.object({ promptPerSecond: z.number(), replyPerSecond: z.number(), callCount: z.number() }).optional(),
})
export type InstalledModel = z.infer<typeof InstalledModel>

export const SuggestedModel = z.object({
  name: z.string(),
  byteSize: z.number(),
  licence: z.string(),
  fit: ModelFit,
  /** The one to begin with on this computer. */
  recommended: z.boolean(),
  installed: z.boolean(),
  /** It answers Hindi well enough to be offered for it. */
  hindi: z.boolean(),
})
export type SuggestedModel = z.infer<typeof SuggestedModel>

export const ModelShelf = z.object({
  status: ModelStatus,
  /** Of the local Ollama, whoever writes the answers; empty when it does not answer. */
  installed: z.array(InstalledModel),
  suggested: z.array(SuggestedModel),
  memory: z.object({
    totalBytes: z.number(),
    freeBytes: z.number(),
    /** Memory is spared: one model at a time, embedding and writing by turns. */
    sparing: z.boolean(),
  }),
  /** Of the server that speaks OpenAI's HTTP. */
  key: z.object({ known: z.boolean(), keptIn: z.enum(['keychain', 'session']) }),
})
export type ModelShelf = z.infer<typeof ModelShelf>

/** A call that runs or waits. */
export const ModelCall = z.object({
  feature: ModelFeature,
  priority: z.enum(['question', 'bulk']),
  stage: z.enum(['waiting', 'starting', 'loading', 'reading', 'writing']),
  /** When the stage began. */
  sinceMs: z.number(),
  provider: ModelProvider.optional(),
  model: z.string().optional(),
  expectedMs: z.number().optional(),
})
export type ModelCall = z.infer<typeof ModelCall>

export const modelsContract = {
  shelf: oc.output(ModelShelf),
  /** Downloads a model: a job that goes on where it was, also after a stop. */
  pull: oc.input(z.object({ name: ModelName })).output(Job),
  /** Deletes it from Ollama's disk. */
  remove: oc.input(z.object({ name: ModelName })),
  /** Loads the model in use, so that the first answer need not wait for it: a job. */
  warmUp: oc.output(Job),
  /** Puts away all models that are in memory. */
  unload: oc,
  /** Forgets failures of late: the next call is tried at once. */
  tryAgain: oc.output(ModelStatus),
  /** For the server of the settings alone; an empty one forgets it. */
  setKey: oc.input(z.object({ key: z.string().trim().max(500) })),
  /** The calls that run or wait: now, then at every change. */
  activity: oc.output(eventIterator(z.array(ModelCall))),
}
