import { parentPort, workerData } from 'node:worker_threads'
import type { Failure } from '#contract/errors.ts'
import { StudyError, toFailure } from '../errors.ts'
import { checkDatabase, copyDatabase } from '../store/copy-database.ts'

export type DatabaseTask = { type: 'copy'; from: string; to: string } | { type: 'check'; file: string }

export type DatabaseReply =
  | { type: 'progress'; doneBytes: number; totalBytes: number }
  | { type: 'copied' }
  | { type: 'sound'; version: number }
  | { type: 'failed'; failure: Failure }

async function answer(task: DatabaseTask, tell: (reply: DatabaseReply) => void): Promise<DatabaseReply> {
  if (task.type === 'copy') {
    await copyDatabase(task.from, task.to, (doneBytes, totalBytes) => tell({ type: 'progress', doneBytes, totalBytes }))
    return { type: 'copied' }
  }
  const found = checkDatabase(task.file)
  if ('version' in found) return { type: 'sound', version: found.version }
  const message = `The backup's database is damaged (${found.damage}). Nothing was replaced. Use another backup.`
  return { type: 'failed', failure: toFailure(new StudyError('backup-damaged', message)) }
}

/** The entry of a thread that does one task and ends. */
const port = parentPort
if (!port) throw new Error('workers/copy-database.ts runs as a worker thread only.')
const tell = (reply: DatabaseReply) => port.postMessage(reply)
answer(workerData as DatabaseTask, tell).then(tell, (error) => tell({ type: 'failed', failure: toFailure(error) }))
