import type { Worker } from 'node:worker_threads'
import { fromFailure, StudyError } from '../errors.ts'
import type { AnswerJudge, Embedder, EmbedOptions } from '../ports.ts'
import type { Embedded, EmbedReply, EmbedRequest, EmbedRole, EmbedWork } from '../workers/embed.ts'
import { makeNativeRunGate, type NativeRunGate, shutNativeRunGate } from './native-run-gate.ts'

export interface EmbedWorkerPoolOptions {
  /** Starts a thread that speaks the protocol of workers/embed.ts and makes its native calls through `gate`. */
  startWorker: (gate: NativeRunGate) => Worker
  /** Most threads at a time. */
  workerCount: number
}

export type EmbedWorkerPool = Required<Omit<Embedder, 'identity'>> & AnswerJudge

/** Far longer than loading the model or embedding one text takes. */
const EXIT_WAIT_MS = 5_000

type WorkerState = 'loading' | 'idle' | 'busy'

/** One call: which texts are out, which are back. */
interface EmbedCall {
  work: readonly EmbedWork[]
  answers: Embedded[EmbedRole][]
  nextIndex: number
  missingCount: number
  settle(error?: StudyError): void
}

/** A thread and the text it has: at most one, so that what comes next is decided at the last moment. */
interface PooledWorker {
  worker: Worker
  gate: NativeRunGate
  state: WorkerState
  /** The text it works on; its call may be over (stopped, failed) before the answer comes. */
  current?: { call: EmbedCall; index: number }
  crash?: unknown
}

/**
 * Embeds texts on worker threads. The queue stays on this side: a 'question'
 * goes before every waiting 'bulk' text, and a stopped call's texts are dropped
 * unsent. Threads start when there is work for them (the first by `warm` too), let the process end while
 * they are idle, and are replaced when they crash; the call whose text was on a
 * crashed thread fails with `internal`.
 *
 * Nothing here ends a thread by force, because one stopped inside the native
 * library aborts the whole process; where the process exits first (`process.exit`,
 * an uncaught error), the text at work is waited for. See native-run-gate.ts.
 */
export function makeEmbedWorkerPool({ startWorker, workerCount }: EmbedWorkerPoolOptions): EmbedWorkerPool {
  const calls = { question: [] as EmbedCall[], bulk: [] as EmbedCall[] }
  const workers = new Set<PooledWorker>()
  const exits = new Set<Promise<void>>()
  let mostWorkers = workerCount
  let closing: Promise<void> | undefined

  /** Embeds texts for one purpose; answers come in the texts' order. */
  function run<Role extends EmbedRole>(
    work: readonly (EmbedWork & { as: Role })[],
    options: EmbedOptions = {},
  ): Promise<Embedded[Role][]> {
    const { signal, priority = 'bulk' } = options
    if (closing) return Promise.reject(closed())
    if (signal?.aborted) return Promise.reject(stopped(signal))
    if (work.length === 0) return Promise.resolve([])

    const { promise, resolve, reject } = Promise.withResolvers<Embedded[Role][]>()
    const onAbort = () => call.settle(stopped(signal))
    const call: EmbedCall = {
      work,
      answers: new Array(work.length),
      nextIndex: 0,
      missingCount: work.length,
      settle(error) {
        signal?.removeEventListener('abort', onAbort)
        remove(calls[priority], call)
        if (error) reject(error)
        else resolve(call.answers as Embedded[Role][])
      },
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    calls[priority].push(call)
    dispatch()
    return promise
  }

  function unsettledCalls(): EmbedCall[] {
    return [...calls.question, ...calls.bulk]
  }

  function nextCall(): EmbedCall | undefined {
    return unsettledCalls().find((call) => call.nextIndex < call.work.length)
  }

  function dispatch(): void {
    for (const pooled of workers) {
      const call = pooled.state === 'idle' ? nextCall() : undefined
      if (call) sendNext(pooled, call)
    }
    if (workers.size >= mostWorkers) return
    const waitingCount = unsettledCalls().reduce((count, call) => count + call.work.length - call.nextIndex, 0)
    const loadingCount = [...workers].filter((pooled) => pooled.state === 'loading').length
    const startCount = Math.min(mostWorkers - workers.size, waitingCount - loadingCount)
    for (let i = 0; i < startCount; i++) addWorker()
  }

  function sendNext(pooled: PooledWorker, call: EmbedCall): void {
    const index = call.nextIndex++
    pooled.current = { call, index }
    setState(pooled, 'busy')
    send(pooled.worker, { type: 'embed', work: call.work[index] as EmbedWork })
  }

  /** Only an idle thread may be ended with the process: see above. A closing one is waited for. */
  function setState(pooled: PooledWorker, state: WorkerState): void {
    pooled.state = state
    if (state === 'idle' && !closing) pooled.worker.unref()
    else pooled.worker.ref()
  }

  function addWorker(): void {
    if (workers.size === 0) process.on('exit', shutGates)
    const gate = makeNativeRunGate()
    const worker = startWorker(gate)
    const pooled: PooledWorker = { worker, gate, state: 'loading' }
    const exit = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
    workers.add(pooled)
    exits.add(exit)
    worker.on('message', (reply: EmbedReply) => onReply(pooled, reply))
    worker.once('error', (error) => {
      pooled.crash = error
    })
    worker.once('exit', () => {
      exits.delete(exit)
      onExit(pooled)
    })
  }

  function shutGates(): void {
    for (const { gate } of workers) shutNativeRunGate(gate, EXIT_WAIT_MS)
  }

  function onReply(pooled: PooledWorker, reply: EmbedReply): void {
    if (reply.type === 'load-failed') {
      onLoadFailed(pooled, fromFailure(reply.failure))
      return
    }
    const { current } = pooled
    delete pooled.current
    setState(pooled, 'idle')
    if (current && reply.type === 'embedded') addAnswer(current.call, current.index, reply.result)
    if (current && reply.type === 'failed') current.call.settle(fromFailure(reply.failure))
    if (!closing) dispatch()
  }

  function addAnswer(call: EmbedCall, index: number, answer: Embedded[EmbedRole]): void {
    call.answers[index] = answer
    if (--call.missingCount === 0) call.settle()
  }

  /** With another thread at work the queue goes on without this one; otherwise nothing is left to answer it. */
  function onLoadFailed(pooled: PooledWorker, error: StudyError): void {
    forget(pooled)
    if (workers.size > 0) mostWorkers = workers.size
    else for (const call of unsettledCalls()) call.settle(error)
  }

  function onExit(pooled: PooledWorker): void {
    if (!workers.has(pooled)) return
    const crash = new StudyError('internal', 'The embedding worker stopped unexpectedly. Try again.', {
      cause: pooled.crash,
    })
    if (pooled.state === 'loading') {
      onLoadFailed(pooled, crash)
      return
    }
    forget(pooled)
    pooled.current?.call.settle(crash)
    if (!closing) dispatch()
  }

  function forget(pooled: PooledWorker): void {
    workers.delete(pooled)
    if (workers.size === 0) process.off('exit', shutGates)
  }

  async function finish(): Promise<void> {
    for (const call of unsettledCalls()) call.settle(closed())
    for (const { worker } of workers) {
      worker.ref()
      send(worker, { type: 'close' })
    }
    await Promise.all(exits)
  }

  return {
    embed: (texts, options) => run(toWork('whole', texts), options),
    embedPassages: (texts, options) => run(toWork('passage', texts), options),
    async embedQuestion(text, options) {
      const [embedded] = await run(toWork('question', [text]), { ...options, priority: 'question' })
      return embedded as Embedded['question']
    },
    embedTokens: (texts, options) =>
      run(
        texts.map(({ text, cuts }) => ({ as: 'tokens', text, cuts })),
        options,
      ),
    warm() {
      if (!closing && workers.size === 0) addWorker()
    },
    judge: (pairs, options) =>
      run(
        pairs.map((pair) => ({ as: 'judgement', pair })),
        { ...options, priority: 'question' },
      ),
    rest() {
      for (const pooled of workers) {
        if (pooled.state !== 'idle') continue
        forget(pooled)
        pooled.worker.ref()
        send(pooled.worker, { type: 'close' })
      }
    },
    close() {
      closing ??= finish()
      return closing
    },
  }
}

const toWork = <Role extends 'whole' | 'passage' | 'question'>(as: Role, texts: readonly string[]) =>
  texts.map((text) => ({ as, text }))

function send(worker: Worker, request: EmbedRequest): void {
  worker.postMessage(request)
}

function remove<T>(list: T[], item: T): void {
  const index = list.indexOf(item)
  if (index >= 0) list.splice(index, 1)
}

function stopped(signal: AbortSignal | undefined): StudyError {
  return new StudyError('cancelled', 'Embedding was stopped. What was finished before is kept.', {
    cause: signal?.reason,
  })
}

function closed(): StudyError {
  return new StudyError('cancelled', 'The app is closing. What was finished before is kept.')
}
