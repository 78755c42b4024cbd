import { create } from 'zustand'
import type { Answer, AskEvent } from '#contract/ask.ts'
import { client, failureOf } from '../../client/index.ts'
import { type Asking, beginAsking, followAsking, type Question } from './asking.ts'

/** Tokens are shown together this often: a screen needs no more, and a small machine writes on meanwhile. */
const SHOW_EVERY_MS = 60
/** How often, and how far apart, a stopped answer is looked for in the history. */
const PARTIAL_TRIES = 10
const PARTIAL_WAIT_MS = 200

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
      if (events.length > 0) show((asking) => events.reduce(followAsking, asking))
    }
    try {
      const { documentIds, collectionIds } = question.scope
      const events = await client.ask.ask(
        {
          question: question.question,
          engine: question.engine,
          scope: { documentIds: [...documentIds], collectionIds: [...collectionIds] },
        },
        { signal },
      )
      for await (const event of events) {
        waiting.push(event)
        if (event.type === 'token') timer ??= setTimeout(flush, SHOW_EVERY_MS)
        else flush()
      }
      flush()
      if (get().asking?.phase === 'running') throw new Error('The answer ended before it was whole.')
    } catch (error) {
      flush()
      if (!signal.aborted) show((asking) => ({ ...asking, phase: 'failed', failure: failureOf(error) }))
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
      abort?.abort()
      void findPartial(asking).then(
        (answer) =>
          set(({ asking: now }) =>
            now?.startedAtMs === asking.startedAtMs && now.phase === 'stopping'
              ? {
                  asking: answer
                    ? { ...now, phase: 'answered', answer }
                    : { ...now, phase: 'failed', failure: { code: 'cancelled', message: '' } },
                }
              : {},
          ),
        (error: unknown) =>
          set(({ asking: now }) => (now ? { asking: { ...now, phase: 'failed', failure: failureOf(error) } } : {})),
      )
    },
    forget() {
      abort?.abort()
      set({ asking: undefined })
    },
  }
})

/** The part that was kept of a stopped answer; undefined when it was stopped before a word was written. */
async function findPartial(asking: Asking): Promise<Answer | undefined> {
  for (let attempt = 0; attempt < PARTIAL_TRIES; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, PARTIAL_WAIT_MS))
    const [newest] = await client.ask.history({ limit: 1 })
    // The window and the core share one computer's clock.
    if (newest?.question === asking.question && newest.createdAtMs >= asking.startedAtMs) return newest
  }
  return undefined
}
