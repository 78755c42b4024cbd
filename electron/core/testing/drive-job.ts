import { JobId } from '#contract/ids.ts'
import type { JobProgress } from '#contract/jobs.ts'
import type { JobContext, JobDefinition, JobResult } from '../jobs/job-definition.ts'
import type { Store } from '../store/open-store.ts'

export interface DrivenRun<Cursor> {
  /** How the body ended; undefined when it threw. */
  result: JobResult | undefined
  error: unknown
  /** Of the last commit. */
  cursor: Cursor | undefined
  progress: JobProgress[]
  commitCount: number
}

/**
 * Runs a job's body once as the runner does, without its queue: commits are
 * transactions, and a result's effects are committed with it. `onCommit` hears of
 * each commit after it and may abort.
 */
export async function driveJob<Payload, Cursor>(
  store: Store,
  definition: JobDefinition<Payload, Cursor>,
  payload: Payload,
  options: {
    cursor?: Cursor | undefined
    signal?: AbortSignal
    onCommit?: (commitCount: number, cursor: Cursor) => void
    onProgress?: (progress: JobProgress) => void
  } = {},
): Promise<DrivenRun<Cursor>> {
  const run: DrivenRun<Cursor> = {
    result: undefined,
    error: undefined,
    cursor: options.cursor,
    progress: [],
    commitCount: 0,
  }
  const signal = options.signal ?? new AbortController().signal
  const context: JobContext<Cursor> = {
    jobId: JobId.parse('driven'),
    attempt: 1,
    cursor: options.cursor,
    signal,
    commit(effects, cursor) {
      signal.throwIfAborted()
      store.transaction(effects)
      run.cursor = definition.cursor.parse(JSON.parse(JSON.stringify(cursor)))
      run.commitCount++
      options.onCommit?.(run.commitCount, cursor)
    },
    progress(progress) {
      run.progress.push(progress)
      options.onProgress?.(progress)
    },
  }
  try {
    run.result = await definition.run(payload, context)
  } catch (error) {
    run.error = error
    return run
  }
  const { result } = run
  if ((result.type === 'done' || result.type === 'failed') && result.effects) store.transaction(result.effects)
  return run
}
