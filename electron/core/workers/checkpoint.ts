import { parentPort, workerData } from 'node:worker_threads'
import type { Failure } from '#contract/errors.ts'
import { toFailure } from '../errors.ts'
import { openLogCheckpointer } from '../store/checkpoint-log.ts'

export interface CheckpointWorkerData {
  databaseFile: string
}

/** To each message, whatever it is. */
export type CheckpointReply = { type: 'done' } | { type: 'failed'; failure: Failure }

/** The entry of a thread that waits for the disk so that no other one has to. */
const port = parentPort
if (!port) throw new Error('workers/checkpoint.ts runs as a worker thread only.')
const checkpointer = openLogCheckpointer((workerData as CheckpointWorkerData).databaseFile)
port.on('message', () => {
  const reply = (message: CheckpointReply) => port.postMessage(message)
  try {
    checkpointer.run()
    reply({ type: 'done' })
  } catch (error) {
    reply({ type: 'failed', failure: toFailure(error) })
  }
})
