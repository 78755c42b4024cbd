import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { fromFailure, StudyError } from '../errors.ts'
import type { Log } from '../ops/open-log.ts'
import type { Clock } from '../ports.ts'
import type { CheckpointReply, CheckpointWorkerData } from '../workers/checkpoint.ts'
import { workerUrl } from '../workers/worker-url.ts'
import { keepWorker } from './keep-worker.ts'

export interface CheckpointerOptions {
  clock: Pick<Clock, 'sleep'>
  databaseFile: string
  log?: Pick<Log, 'warn'>
  /** Commits between two checkpoints: those of an import are of some 100 kB each. */
  everyCommits?: number
  startWorker?: () => Worker
}

/** Brings a store's log into its database on a thread of its own: see `StoreOptions.committed`. */
export interface Checkpointer {
  committed(): void
  /** Waits for the one under way. To be closed before the store, which brings in what is left. */
  close(): Promise<void>
}

/**
 * SQLite writes the pages of a long log into the database within a commit, and waits for the disk twice: on a laptop's
 * old disk a good part of a second, for which the thread that serves the window would stand still.
 */
export function makeCheckpointer(options: CheckpointerOptions): Checkpointer {
  const { clock, databaseFile, log, everyCommits = 32 } = options
  const workerData: CheckpointWorkerData = { databaseFile }
  const startWorker = options.startWorker ?? (() => new Worker(workerUrl('checkpoint'), { workerData }))
  const workers = keepWorker({ clock, idleMs: 30_000, start: startWorker })
  let commitCount = 0
  let running: Promise<void> | undefined
  let closed = false

  async function run(): Promise<void> {
    const worker = workers.take()
    try {
      worker.postMessage('run')
      const answered = once(worker, 'message') as Promise<[CheckpointReply]>
      const [reply] = await Promise.race([answered, once(worker, 'exit').then(gone)])
      if (reply.type === 'failed') throw fromFailure(reply.failure)
      workers.giveBack(worker)
    } catch (error) {
      void worker.terminate()
      // Nothing is lost: the log holds it, and the store brings in a log that has become too long by itself.
      log?.warn({ err: error }, 'the database’s log could not be brought into it')
    }
  }

  function runIfDue(): void {
    if (commitCount < everyCommits || running || closed) return
    commitCount = 0
    running = run().finally(() => {
      running = undefined
      // What was committed meanwhile would wait for a commit that may not come.
      runIfDue()
    })
  }

  return {
    committed() {
      commitCount++
      runIfDue()
    },
    async close() {
      closed = true
      await running
      await workers.close()
    },
  }
}

function gone(): never {
  throw new StudyError('internal', 'The thread that brings in the database’s log stopped unexpectedly.')
}
