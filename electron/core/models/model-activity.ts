import type { ModelCall } from '#contract/models.ts'
import { makeFeed } from '../ops/make-feed.ts'
import type { ChatEvent, Clock } from '../ports.ts'

/** The calls that run or wait, for whoever wants to see them. */
export interface ModelActivity {
  enter(call: Pick<ModelCall, 'feature' | 'priority'>): { follow(event: ChatEvent): void; leave(): void }
  now(): ModelCall[]
  /** What there is now, then every change, until the signal aborts. */
  watch(signal?: AbortSignal): AsyncIterable<ModelCall[]>
}

export function makeModelActivity(clock: Pick<Clock, 'nowMs'>): ModelActivity {
  const calls = new Map<symbol, ModelCall>()
  const feed = makeFeed<ModelCall[]>((_waiting, next) => next)
  const now = () => [...calls.values()]
  return {
    enter({ feature, priority }) {
      const key = Symbol()
      const set = (change: Partial<ModelCall>) => {
        const before = calls.get(key) ?? { feature, priority, stage: 'waiting', sinceMs: clock.nowMs() }
        calls.set(key, {
          ...before,
          sinceMs: change.stage === before.stage ? before.sinceMs : clock.nowMs(),
          ...change,
        })
        feed.publish(now())
      }
      set({})
      return {
        follow(event) {
          if (event.type === 'started') {
            const { provider, model, expected } = event
            set({ stage: 'starting', provider, model, ...(expected && { expectedMs: expected.totalMs }) })
          }
          if (event.type === 'loading' || event.type === 'reading') set({ stage: event.type })
          if (event.type === 'token' && calls.get(key)?.stage !== 'writing') set({ stage: 'writing' })
        },
        leave() {
          calls.delete(key)
          feed.publish(now())
        },
      }
    },
    now,
    async *watch(signal) {
      const changes = feed.subscribe(signal)
      yield now()
      yield* changes
    },
  }
}
