import { Worker } from 'node:worker_threads'
import { fromFailure, StudyError } from '../errors.ts'
import type { DatabaseReply, DatabaseTask } from '../workers/copy-database.ts'
import { workerUrl } from '../workers/worker-url.ts'

export type ByteProgress = (doneBytes: number, totalBytes: number) => void

/** Copies and checks of whole databases, each on a thread of its own. Both throw the signal's reason when it aborts. */
export interface DatabaseCopier {
  /** Copies a database in use as it is at one moment, to a file that is not there. Throws `disk-full`. */
  copy(from: string, to: string, options: { signal: AbortSignal; onProgress: ByteProgress }): Promise<void>
  /** The migration of a sound database that nobody uses. Throws `backup-damaged`. */
  check(file: string, signal: AbortSignal): Promise<number>
}

export const databaseCopier: DatabaseCopier = {
  async copy(from, to, { signal, onProgress }) {
    await runTask({ type: 'copy', from, to }, signal, onProgress)
  },
  async check(file, signal) {
    const reply = await runTask({ type: 'check', file }, signal)
    return reply.type === 'sound' ? reply.version : 0
  },
}

async function runTask(task: DatabaseTask, signal: AbortSignal, onProgress?: ByteProgress): Promise<DatabaseReply> {
  signal.throwIfAborted()
  const worker = new Worker(workerUrl('copy-database'), { workerData: task })
  const { promise, resolve, reject } = Promise.withResolvers<DatabaseReply>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  worker.once('error', reject)
  worker.once('exit', () => reject(new StudyError('internal', 'Copying the database stopped unexpectedly. Try again.')))
  worker.on('message', (reply: DatabaseReply) => {
    if (reply.type === 'progress') onProgress?.(reply.doneBytes, reply.totalBytes)
    else if (reply.type === 'failed') reject(fromFailure(reply.failure))
    else resolve(reply)
  })
  try {
    return await promise
  } finally {
    signal.removeEventListener('abort', onAbort)
    // Not waited for: it ends when SQLite has ended the step that it is in.
    void worker.terminate()
  }
}
