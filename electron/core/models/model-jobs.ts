import { z } from 'zod'
import { ModelName } from '#contract/models.ts'
import { toStudyError } from '../errors.ts'
import type { JobDefinition, JobResult } from '../jobs/job-definition.ts'
import type { LanguageModel, ModelStore } from '../ports.ts'

export const PULL_MODEL = 'pull-model'
export const WARM_UP_MODEL = 'warm-up-model'

const PullPayload = z.object({ name: ModelName })
const NO_CURSOR = z.null()
const OFFLINE_AGAIN_MS = 60_000

/** The job that downloads a model. Where it stands is the server's to know: a next run goes on from there. */
export function makePullModelJob({
  store,
  pulled,
}: {
  store: ModelStore
  /** The model is there. */
  pulled: () => void
}): JobDefinition<z.infer<typeof PullPayload>, null> {
  return {
    kind: PULL_MODEL,
    payload: PullPayload,
    cursor: NO_CURSOR,
    limit: 1,
    priority: 6,
    maxAttempts: 10,
    async run({ name }, { signal, progress }): Promise<JobResult> {
      try {
        for await (const { stage, doneBytes, totalBytes } of store.pull(name, signal)) {
          // The check of what came is the end of the download, to whoever waits for it.
          progress({
            stage: stage === 'verify' ? 'download' : stage,
            done: doneBytes,
            total: totalBytes,
            unit: 'bytes',
          })
        }
        pulled()
        return { type: 'done' }
      } catch (thrown) {
        const error = toStudyError(thrown)
        switch (error.code) {
          case 'model-unreachable':
          case 'model-busy':
            return { type: 'snooze', error, afterMs: OFFLINE_AGAIN_MS }
          case 'model-cut-off':
            return { type: 'retry', error }
          case 'disk-full':
          case 'model-refused':
            return { type: 'park', error }
          case 'cancelled':
            throw error
          default:
            return { type: 'failed', error }
        }
      }
    },
  }
}

/** The job that loads the model in use into memory. */
export function makeWarmUpJob({ model }: { model: LanguageModel }): JobDefinition<Record<string, never>, null> {
  return {
    kind: WARM_UP_MODEL,
    payload: z.object({}).strict() as z.ZodType<Record<string, never>>,
    cursor: NO_CURSOR,
    limit: 1,
    priority: 7,
    maxAttempts: 1,
    async run(_payload, { signal }): Promise<JobResult> {
      try {
        const request = { messages: [], maxTokens: 0, feature: 'warm-up', priority: 'question', signal } as const
        for await (const _event of model.chat(request));
        return { type: 'done' }
      } catch (thrown) {
        const error = toStudyError(thrown)
        if (error.code === 'cancelled') throw error
        return { type: 'failed', error }
      }
    },
  }
}
