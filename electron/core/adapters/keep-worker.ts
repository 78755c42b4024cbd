import type { Worker } from 'node:worker_threads'
import type { Clock } from '../ports.ts'

/** Hands out one kind of worker thread, and keeps the last one for a while. */
export interface WorkerKeeper {
  /** A thread that is free, started where none is kept. It holds the process open. */
  take(): Worker
  /** Takes a thread back that is free again. It does not hold the process open. */
  giveBack(worker: Worker): void
  close(): Promise<void>
}

/**
 * Starting a thread and loading its engine costs a third of a second, and keeping
 * it costs its memory: a free one is kept for `idleMs`, then ended.
 */
export function keepWorker(options: {
  clock: Pick<Clock, 'sleep'>
  idleMs: number
  start: () => Worker
}): WorkerKeeper {
  let kept: { worker: Worker; retire: AbortController } | undefined
  let closed = false

  function letGo(): Worker | undefined {
    const worker = kept?.worker
    kept?.retire.abort()
    kept = undefined
    return worker
  }

  return {
    take() {
      const worker = letGo() ?? options.start()
      worker.removeAllListeners()
      worker.ref()
      return worker
    },
    giveBack(worker) {
      worker.removeAllListeners()
      if (kept || closed) {
        void worker.terminate()
        return
      }
      const mine = { worker, retire: new AbortController() }
      kept = mine
      const forget = () => {
        if (kept === mine) kept = undefined
      }
      // A thread that dies while it is idle is no loss.
      worker.once('error', forget)
      worker.once('exit', forget)
      worker.unref()
      options.clock.sleep(options.idleMs, mine.retire.signal).then(
        () => {
          forget()
          void worker.terminate()
        },
        () => {},
      )
    },
    async close() {
      closed = true
      await letGo()?.terminate()
    },
  }
}
