import { Ollama } from 'ollama'
import { StudyError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { unreachable } from './ollama-errors.ts'
import { makeOllamaFetch } from './ollama-fetch.ts'

/** Runs short requests to a server under one limit of time; the exchange ends with it. */
export async function probeOllama<T>(
  {
    url,
    clock,
    signal,
    limitMs,
  }: { url: string; clock: Pick<Clock, 'sleep'>; signal?: AbortSignal | undefined; limitMs: number },
  work: (client: Ollama) => Promise<T>,
): Promise<T> {
  const ending = new AbortController()
  const stop = () => ending.abort(signal?.reason)
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  const late = clock.sleep(limitMs, ending.signal).then(() => {
    const cause = Object.assign(new Error(`No answer within ${limitMs} ms.`), { code: 'ETIMEDOUT' })
    throw unreachable(url, 'ETIMEDOUT', cause)
  })
  late.catch(() => {})
  try {
    return await Promise.race([work(ollamaClient(url, ending.signal)), late])
  } catch (error) {
    if (signal?.aborted) throw new StudyError('cancelled', 'Stopped.', { cause: error })
    throw error
  } finally {
    signal?.removeEventListener('abort', stop)
    ending.abort()
  }
}

/** A client whose every exchange ends with the signal. */
export function ollamaClient(url: string, signal: AbortSignal): Ollama {
  return new Ollama({ host: url, fetch: makeOllamaFetch(signal) })
}
