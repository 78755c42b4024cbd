import { Worker } from 'node:worker_threads'
import type { OcrLanguage } from '#contract/documents.ts'
import { fromFailure, StudyError } from '../errors.ts'
import type { Clock, RecognisedPage, RecogniseRequest, TextRecogniser } from '../ports.ts'
import type { RecogniseReply } from '../workers/recognise.ts'
import { workerUrl } from '../workers/worker-url.ts'
import { keepWorker } from './keep-worker.ts'
import { installedOcrLanguages, missingData } from './tesseract.ts'

export interface RecogniserOptions {
  clock: Clock
  /** A page that takes longer, in all languages tried, is given up. */
  pageTimeoutMs?: number
  /** Growth of the process's memory during one page, in bytes, after which the page is given up. */
  pageMemoryBytes?: number
  /** How long an idle thread is kept for the next page. */
  idleMs?: number
  /** Found among the installed packages where it is not given. */
  languages?: readonly OcrLanguage[]
  startWorker?: () => Worker
}

const HEAP_LIMITS = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 16 }
const MEBIBYTE = 1024 * 1024
const WATCH_EVERY_MS = 500

/**
 * Recognises pages on one worker thread, one after the other. A page that takes
 * too long, or memory without end, costs its thread: the next page gets a new
 * one. Aborting ends the thread at once.
 */
export function makeRecogniser(options: RecogniserOptions): TextRecogniser {
  const { clock, pageTimeoutMs = 120_000, pageMemoryBytes = 1024 * MEBIBYTE, idleMs = 15_000 } = options
  const startWorker = options.startWorker ?? (() => new Worker(workerUrl('recognise'), { resourceLimits: HEAP_LIMITS }))
  const workers = keepWorker({ clock, idleMs, start: startWorker })
  const languages = options.languages ?? installedOcrLanguages()
  const closing = new AbortController()
  let turn: Promise<unknown> = Promise.resolve()

  async function runOnWorker(request: RecogniseRequest, stop: AbortSignal): Promise<RecognisedPage> {
    if (stop.aborted) throw stopped(stop.reason)
    const worker = workers.take()
    const { promise, resolve, reject } = Promise.withResolvers<RecognisedPage>()
    const over = new AbortController()
    let isFree = false
    const onAbort = () => reject(stopped(stop.reason))
    stop.addEventListener('abort', onAbort, { once: true })
    worker.once('error', (cause) => reject(crashed(request.pageNumber, cause)))
    worker.once('exit', () => reject(crashed(request.pageNumber, undefined)))
    worker.once('message', (reply: RecogniseReply) => {
      isFree = true
      if ('page' in reply) resolve(reply.page)
      else reject(fromFailure(reply.failure))
    })
    const watch = async () => {
      const untilMs = clock.monotonicMs() + pageTimeoutMs
      const mostBytes = process.memoryUsage.rss() + pageMemoryBytes
      for (;;) {
        await clock.sleep(Math.min(WATCH_EVERY_MS, pageTimeoutMs), over.signal)
        if (clock.monotonicMs() >= untilMs) reject(exceeded(request.pageNumber, `more than ${pageTimeoutMs / 1000} s`))
        else if (process.memoryUsage.rss() > mostBytes) reject(exceeded(request.pageNumber, 'too much memory'))
      }
    }
    watch().catch(() => {})
    worker.postMessage(request)
    try {
      return await promise
    } finally {
      over.abort()
      stop.removeEventListener('abort', onAbort)
      if (isFree) workers.giveBack(worker)
      else await worker.terminate()
    }
  }

  return {
    languages,
    recognise(request, signal) {
      const stop = AbortSignal.any([signal, closing.signal])
      const missing = request.languages.find((language) => !languages.includes(language))
      if (missing) return Promise.reject(missingData(missing))
      const mine = turn.then(() => runOnWorker(request, stop))
      turn = mine.catch(() => {})
      return mine
    },
    async close() {
      closing.abort()
      await turn
      await workers.close()
    },
  }
}

function exceeded(page: number, what: string): StudyError {
  return new StudyError(
    'page-timeout',
    `Recognising page ${page} took ${what} and was given up. The other pages go on.`,
    {
      page,
    },
  )
}

function crashed(page: number, cause: unknown): StudyError {
  return new StudyError('page-timeout', `Page ${page} could not be recognised: the reader stopped on it.`, {
    page,
    cause,
  })
}

function stopped(cause: unknown): StudyError {
  return cause instanceof StudyError
    ? cause
    : new StudyError('cancelled', 'Recognition was stopped. The pages finished before are kept.', { cause })
}
