import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import type { JobDefinition, JobRequest } from '../jobs/job-definition.ts'
import { waitForModel } from '../jobs/wait-for-model.ts'
import type { LibraryMatcher } from './match-library.ts'

export const MATCH_SYLLABUS = 'match-syllabus'

const Payload = z.object({})

/**
 * The job that matches a large library with the syllabus: after the first import of many documents, or when
 * the syllabus or the embedding model changed. Each step is committed with where it ended, so that a stop costs one step.
 */
export function makeMatchSyllabusJob(parts: { matcher: LibraryMatcher }): JobDefinition<z.infer<typeof Payload>> {
  return {
    kind: MATCH_SYLLABUS,
    payload: Payload,
    cursor: z.unknown(),
    limit: 1,
    priority: 4,
    heavy: true,
    maxAttempts: 3,
    async run(_payload, context) {
      let done = 0
      const tell = () =>
        context.progress({ stage: 'match', done, total: done + parts.matcher.pendingCount(), unit: 'chunks' })
      tell()
      try {
        for (let step = 1; ; step++) {
          context.signal.throwIfAborted()
          const slice = await parts.matcher.nextSlice(context.signal)
          if (!slice) return { type: 'done' }
          context.commit(slice.effects, null)
          done += slice.passageCount
          // Counting what is left takes longer than a step.
          if (step % 50 === 0) tell()
          await nextTurn()
        }
      } catch (error) {
        return waitForModel(error)
      }
    },
  }
}

export function matchSyllabusRequest(): JobRequest<z.infer<typeof Payload>> {
  return { kind: MATCH_SYLLABUS, key: 'library', payload: {}, title: 'Library' }
}
