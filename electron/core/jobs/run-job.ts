import type { JobProgress } from '#contract/jobs.ts'
import { StudyError } from '../errors.ts'
import type { WriteDb } from '../store/connection.ts'
import { changeJob } from '../store/jobs.rows.ts'
import type { JobRow } from '../store/jobs.schema.ts'
import type { Store } from '../store/open-store.ts'
import type { AnyJobDefinition, JobContext } from './job-definition.ts'
import { judgeError, type RunnerVerdict } from './retry-policy.ts'
import { progressToKeep } from './to-job.ts'

export interface RunJobDeps {
  store: Pick<Store, 'transaction'>
  signal: AbortSignal
  /** The newest progress, for a step to keep. */
  latestProgress(): JobProgress | undefined
  onProgress(progress: JobProgress): void
  /** After a step was committed: children may be waiting. */
  onCommit(row: JobRow): void
}

/**
 * Runs the body of a claimed job once and says what is to become of it; writes nothing but the
 * body's own steps. Never throws: a payload or cursor that can't be read is `dead`, an error is judged
 * by its code, and whatever a body does when it is asked to stop counts as stopped.
 */
export async function runJob(deps: RunJobDeps, definition: AnyJobDefinition, row: JobRow): Promise<RunnerVerdict> {
  const { signal } = deps
  const input = readInput(definition, row)
  if (input instanceof StudyError) return { type: 'dead', error: input }
  const steps = takeSteps(deps, row)
  const context: JobContext<unknown> = {
    jobId: row.id,
    attempt: row.attempts,
    cursor: input.cursor,
    failedChildren: row.failedChildren,
    signal,
    commit: steps.commit,
    progress: (progress) => {
      if (steps.open) deps.onProgress(progress)
    },
  }
  try {
    const verdict = await definition.run(input.payload, context)
    const gaveUp = verdict.type === 'retry' || (verdict.type === 'failed' && verdict.error.code === 'cancelled')
    return signal.aborted && gaveUp ? { type: 'release' } : verdict
  } catch (error) {
    return signal.aborted ? { type: 'release' } : judgeError(error)
  } finally {
    steps.open = false
  }
}

function readInput(definition: AnyJobDefinition, row: JobRow): { payload: unknown; cursor: unknown } | StudyError {
  try {
    return {
      payload: definition.payload.parse(JSON.parse(row.payload)),
      cursor: row.cursor === null ? undefined : definition.cursor.parse(JSON.parse(row.cursor)),
    }
  } catch (cause) {
    const message = 'What this job was to do can’t be read by this version of Abhyas. It was set aside, not lost.'
    return new StudyError('internal', message, { cause })
  }
}

/** The steps of one run. Closed when the body has returned: what it left behind must not write any more. */
function takeSteps({ store, latestProgress, onCommit }: RunJobDeps, row: JobRow) {
  let cursor = row.cursor
  const steps = {
    open: true,
    commit(effects: Parameters<JobContext<unknown>['commit']>[0], next: unknown): void {
      const json = JSON.stringify(next)
      const progress = latestProgress()
      const step = (db: WriteDb) => {
        const fenced =
          steps.open &&
          changeJob(db, row, {
            cursor: json,
            ...(progress ? { progress: progressToKeep(progress) } : {}),
            // A step forward clears a job of the crashes before it: what crashes again will do so without one.
            ...(json === cursor ? {} : { crashCount: 0 }),
          })
        if (!fenced) {
          throw new StudyError('cancelled', 'The job was stopped before this step; the steps before it are kept.')
        }
        effects(db)
        return fenced
      }
      // The disk is not waited for: a step that a power cut takes is done again, and the heartbeat brings it down within seconds.
      const committed = store.transaction(step, { durable: false })
      cursor = json
      onCommit(committed)
    },
  }
  return steps
}
