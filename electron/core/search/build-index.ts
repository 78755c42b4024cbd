import { z } from 'zod'
import { StudyError } from '../errors.ts'
import type { JobContext, JobDefinition, JobRequest } from '../jobs/job-definition.ts'
import type { Clock } from '../ports.ts'
import type { LibraryIndex } from './library-index.ts'

export const BUILD_INDEX = 'build-index'

const LOOK_EVERY_MS = 500
const Payload = z.object({})

/**
 * The job that builds a large vector index that is missing or damaged, from the vectors in SQLite. Search compares
 * one by one until it is done. Stopped, it begins again: half a graph is of no use.
 */
export function makeBuildIndexJob(parts: {
  /** Of the model in use. */
  index: () => LibraryIndex | undefined
  clock: Pick<Clock, 'sleep'>
}): JobDefinition<z.infer<typeof Payload>> {
  return {
    kind: BUILD_INDEX,
    payload: Payload,
    cursor: z.unknown(),
    limit: 1,
    priority: 20,
    heavy: true,
    maxAttempts: 3,
    async run(_payload, context) {
      const index = parts.index()
      if (index) await followIndex(index, index.build(context.signal), parts.clock, context)
      return { type: 'done' }
    },
  }
}

export function buildIndexRequest(): JobRequest<z.infer<typeof Payload>> {
  return { kind: BUILD_INDEX, key: 'serving', payload: {}, title: 'Library' }
}

/** Tells how far an index is until `work` on it has ended. Throws what it throws, and `cancelled` when the job is stopped. */
export async function followIndex(
  index: Pick<LibraryIndex, 'status'>,
  work: Promise<void>,
  clock: Pick<Clock, 'sleep'>,
  context: Pick<JobContext<unknown>, 'progress' | 'signal'>,
): Promise<void> {
  let isDone = false
  const ended = work.finally(() => {
    isDone = true
  })
  ended.catch(() => {})
  while (!isDone) {
    const { vectorCount, pendingCount } = index.status()
    context.progress({ stage: 'index', done: vectorCount, total: vectorCount + pendingCount, unit: 'chunks' })
    await Promise.race([ended, clock.sleep(LOOK_EVERY_MS, context.signal)])
  }
  await ended
  if (context.signal.aborted) throw new StudyError('cancelled', 'Building the vector index was stopped.')
}
