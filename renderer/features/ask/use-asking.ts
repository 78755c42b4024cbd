import { create } from 'zustand'
import type { AskEvent } from '#contract/ask.ts'
import { client, failureOf } from '../../client/index.ts'
import { type Asking, beginAsking, followAsking, isRunning, type Question } from './asking.ts'

/** Tokens are shown together this often: a screen needs no more, and a small machine writes on meanwhile. */
const SHOW_EVERY_MS = 60

interface AskingState {
  /** The one question being answered, or answered last. */
  asking: Asking | undefined
  /** Asks; a question still being answered is stopped first. */
  ask(question: Question): void
  /** Stops the model; what it wrote is kept as a part. */
  stop(): void
  forget(): void
}

/**
 * The question being answered. It lives beside the page, so that looking at a
 * source in the reader and coming back finds the answer written on.
 */
export const useAsking = create<AskingState>((set, get) => {
  let abort: AbortController | undefined

  async function run(question: Question, signal: AbortSignal): Promise<void> {
    const mine = () => !signal.aborted || get().asking?.phase === 'stopping'
    const show = (change: (asking: Asking) => Asking) =>
      set(({ asking }) => (asking && mine() ? { asking: change(asking) } : {}))
    let waiting: AskEvent[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      clearTimeout(timer)
      timer = undefined
      const events = waiting
      waiting = []
      if (events.length > 0) {
        const nowMs = Date.now()
        show((asking) => events.reduce((shown, event) => followAsking(shown, event, nowMs), asking))
      }
    }
    try {
      const events = await begin(question, signal)
      for await (const event of events) {
        waiting.push(event)
        if (event.type === 'token') timer ??= setTimeout(flush, SHOW_EVERY_MS)
        else flush()
      }
      flush()
      if (isRunning(get().asking)) throw new Error('The answer ended before it was whole.')
    } catch (error) {
      flush()
      const failure = signal.aborted ? { code: 'cancelled' as const, message: '' } : failureOf(error)
      show((asking) => ({ ...asking, phase: 'failed', failure }))
    }
  }

  return {
    asking: undefined,
    ask(question) {
      abort?.abort()
      const mine = new AbortController()
      abort = mine
      set({ asking: beginAsking(question, Date.now()) })
      void run(question, mine.signal)
    },
    stop() {
      const { asking } = get()
      if (asking?.phase !== 'running') return
      set({ asking: { ...asking, phase: 'stopping' } })
      // The core ends the model and tells the part; before it has begun there is nothing to tell.
      if (asking.answerId) client.ask.stop({ answerId: asking.answerId }).catch(() => abort?.abort())
      else abort?.abort()
    },
    forget() {
      abort?.abort()
      set({ asking: undefined })
    },
  }
})

function begin({ question, engine, scope, ...rest }: Question, signal: AbortSignal) {
  const { selection, task, conversationId, replaces, resumes } = rest
  if (resumes) return client.ask.resume({ answerId: resumes }, { signal })
  const { documentIds, collectionIds } = scope
  return client.ask.ask(
    {
      question,
      engine,
      scope: selection ? { selection } : { documentIds: [...documentIds], collectionIds: [...collectionIds] },
      ...(task && { task }),
      ...(conversationId && { conversationId }),
      ...(replaces && { replaces }),
    },
    { signal },
  )
}
