import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { fromFailure, StudyError } from '../errors.ts'
import type { Clock, DocumentExtractor, ExtractEvent, ExtractRequest } from '../ports.ts'
import type { ExtractCommand, ExtractReply, LostPage } from '../workers/extract.ts'
import { workerUrl } from '../workers/worker-url.ts'
import { keepWorker } from './keep-worker.ts'
import type { PdfEngine } from './pdf-reader.ts'

export interface ExtractorOptions {
  clock: Clock
  /** A page, or the opening of a file, that takes longer is given up. */
  pageTimeoutMs?: number
  /** Growth of the process's memory during one page, in bytes, after which the page is given up. */
  pageMemoryBytes?: number
  /** How long an idle thread is kept for the next document. */
  idleMs?: number
  startWorker?: () => Worker
}

/** A small nursery: a fifth less memory for the whole reading, at no cost in time (200 instead of 265 MB over ten chapters). */
const HEAP_LIMITS = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 8 }
const MEBIBYTE = 1024 * 1024
/** Events the thread may be ahead of the reader: enough to work on while pages are being committed. */
const AHEAD = 24
const SLOW_DISK_BYTES_PER_MS = 10_000
const COPIES_IN_MEMORY = 3
/** How often a page at work is looked at. */
const WATCH_EVERY_MS = 500

/** Why a page's thread was ended, or ended by itself. */
type Loss = 'time' | 'memory' | 'crash'

interface Lost {
  loss: Loss
  /** Undefined where the file was still being opened. */
  pageNumber: number | undefined
  engine: PdfEngine | undefined
  cause?: unknown
}

/**
 * Reads documents on one worker thread, one after the other. A page that takes
 * too long, or memory without end, costs its thread, not the document: the page
 * is told as failed and a new thread goes on with the next. Where that was PDFium's
 * doing, the page gets another try, it and the rest of the document with pdf.js
 * alone. Aborting ends the thread at once.
 */
export function makeExtractor(options: ExtractorOptions): DocumentExtractor {
  const { clock, pageTimeoutMs = 20_000, pageMemoryBytes = 1024 * MEBIBYTE, idleMs = 30_000 } = options
  const startWorker = options.startWorker ?? (() => new Worker(workerUrl('extract'), { resourceLimits: HEAP_LIMITS }))
  const workers = keepWorker({ clock, idleMs, start: startWorker })
  let turn: Promise<void> = Promise.resolve()
  const closing = new AbortController()

  async function* extract(request: ExtractRequest, signal: AbortSignal): AsyncGenerator<ExtractEvent> {
    const stop = AbortSignal.any([signal, closing.signal])
    // One thread at a time: on two cores the other one embeds what was read before.
    const before = turn
    const { promise: done, resolve: release } = Promise.withResolvers<void>()
    turn = before.then(() => done)
    try {
      await Promise.race([before, rejectOnAbort(stop)])
      const lostPages: LostPage[] = []
      // A file that is not there has no size; the thread says so in its own words.
      const byteSize = statSync(request.path, { throwIfNoEntry: false })?.size ?? 0
      let { fromPage } = request
      let isOpen = false
      let withPdfium = true
      for (;;) {
        const attempt = runWorker({ ...request, fromPage }, { byteSize, lostPages, withPdfium }, stop)
        try {
          for await (const event of attempt.events) {
            if (event.type === 'opened') {
              if (isOpen) continue
              isOpen = true
            } else {
              fromPage = (event.type === 'page' ? event.page.pageNumber : event.pageNumber) + 1
            }
            yield event
          }
        } finally {
          attempt.finish()
        }
        const lost = attempt.lost()
        if (!lost) return
        if (lost.engine === 'pdfium') {
          withPdfium = false
          continue
        }
        if (lost.pageNumber === undefined) throw unopenable(lost.loss, lost.cause)
        lostPages.push({
          type: 'page-failed',
          pageNumber: lost.pageNumber,
          failure: explainLoss(lost.loss, lost.pageNumber, pageTimeoutMs),
        })
      }
    } catch (error) {
      throw stop.aborted ? stopped(stop.reason) : error
    } finally {
      release()
    }
  }

  function runWorker(
    request: ExtractRequest,
    file: { byteSize: number; lostPages: LostPage[]; withPdfium: boolean },
    stop: AbortSignal,
  ) {
    const worker = workers.take()
    const send = (command: ExtractCommand) => worker.postMessage(command)
    const queue: ExtractEvent[] = []
    let wake = () => {}
    /** The page at work, or the opening of the file; undefined while the thread waits for the reader. */
    let atWork: (Pick<Lost, 'pageNumber' | 'engine'> & { untilMs: number; mostBytes: number }) | undefined
    let state: 'running' | 'ended' | { error: StudyError } | Lost = 'running'
    const watching = new AbortController()

    const settle = (next: typeof state) => {
      if (state === 'running') state = next
      watching.abort()
      wake()
    }
    const begin = ({ pageNumber, engine, opens = false }: Omit<Extract<ExtractReply, { type: 'begin' }>, 'type'>) => {
      // A large file may take as long to open as an old disk needs to read it, and some copies of it in memory.
      const extraBytes = opens ? file.byteSize : 0
      atWork = {
        pageNumber,
        engine,
        untilMs: clock.monotonicMs() + pageTimeoutMs + extraBytes / SLOW_DISK_BYTES_PER_MS,
        mostBytes: process.memoryUsage.rss() + pageMemoryBytes + extraBytes * COPIES_IN_MEMORY,
      }
    }
    const lostTo = (loss: Loss, cause?: unknown): Lost => ({
      loss,
      pageNumber: atWork?.pageNumber,
      engine: atWork?.engine,
      cause,
    })
    const giveUp = (loss: Loss) => {
      settle(lostTo(loss))
      void worker.terminate()
    }
    const watch = async () => {
      for (;;) {
        await clock.sleep(Math.min(WATCH_EVERY_MS, pageTimeoutMs), watching.signal)
        // What the thread said while this one was busy is heard first.
        await new Promise(setImmediate)
        if (!atWork || state !== 'running') continue
        if (clock.monotonicMs() >= atWork.untilMs) giveUp('time')
        else if (process.memoryUsage.rss() > atWork.mostBytes) giveUp('memory')
      }
    }
    const onAbort = () => {
      settle({ error: stopped(stop.reason) })
      void worker.terminate()
    }

    worker.on('message', (reply: ExtractReply) => {
      if (reply.type === 'begin') {
        begin(reply)
        return
      }
      atWork = undefined
      if (reply.type === 'event') {
        queue.push(reply.event)
        // Reading goes on by itself until the reader is too far behind; then there is nothing to watch.
        wake()
      } else if (reply.type === 'end') settle('ended')
      else settle({ error: fromFailure(reply.failure) })
    })
    worker.on('error', (error) => {
      const isMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
      settle(lostTo(isMemory ? 'memory' : 'crash', error))
    })
    worker.on('exit', () => settle(lostTo('crash')))
    stop.addEventListener('abort', onAbort, { once: true })
    begin({ opens: true })
    watch().catch(() => {})
    send({ type: 'extract', request, lostPages: file.lostPages, withPdfium: file.withPdfium, ahead: AHEAD })

    async function* events(): AsyncGenerator<ExtractEvent> {
      for (;;) {
        const event = queue.shift()
        if (event) {
          send({ type: 'more', count: 1 })
          yield event
        } else if (state === 'running') {
          await new Promise<void>((resolve) => (wake = resolve))
        } else {
          if (typeof state === 'object' && 'error' in state) throw state.error
          return
        }
      }
    }

    return {
      events: events(),
      lost: () => (typeof state === 'object' && 'loss' in state ? state : undefined),
      /** The thread is free again, or gone. */
      finish() {
        stop.removeEventListener('abort', onAbort)
        watching.abort()
        const isFree = state === 'ended' || (typeof state === 'object' && 'error' in state && !stop.aborted)
        if (isFree) workers.giveBack(worker)
        else void worker.terminate()
      },
    }
  }

  return {
    extract,
    async close() {
      closing.abort(new StudyError('cancelled', 'The app is closing. What was finished before is kept.'))
      await turn
      await workers.close()
    },
  }
}

function explainLoss(loss: Loss, pageNumber: number, pageTimeoutMs: number) {
  const why = {
    time: `took more than ${Math.round(pageTimeoutMs / 1000)} s to read`,
    memory: 'needed more memory than one page may take',
    crash: 'could not be read: the reader stopped on it',
  }[loss]
  return {
    code: 'page-timeout' as const,
    message: `Page ${pageNumber} ${why} and was left out. The other pages were read.`,
    page: pageNumber,
  }
}

function unopenable(loss: Loss, cause: unknown): StudyError {
  if (loss === 'crash') {
    return new StudyError('internal', 'The reader stopped unexpectedly. The file was kept; try the import again.', {
      cause,
    })
  }
  const why =
    loss === 'memory' ? 'needs more memory than a file may take' : 'could not be opened in the time a file may take'
  return new StudyError(
    'file-damaged',
    `This file ${why}, so nothing in it was read. The file was kept as it is. Download or copy it again and import that copy.`,
  )
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function stopped(reason: unknown): StudyError {
  return reason instanceof StudyError
    ? reason
    : new StudyError('cancelled', 'Reading was stopped. The pages finished before are kept.', { cause: reason })
}
