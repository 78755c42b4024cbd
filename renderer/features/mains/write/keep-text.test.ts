import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Draft, keepText } from './keep-text.ts'

type Sent = Draft & { revision: number }

/** A keeper whose sends end when the test says so. */
function open() {
  const sent: Sent[] = []
  const ends: { resolve(): void; reject(error: Error): void }[] = []
  const states: { unsaved: boolean; failing: boolean }[] = []
  const naps: (() => void)[] = []
  const keeper = keepText({
    revision: 7,
    send: (draft) => {
      sent.push(draft)
      return new Promise<void>((resolve, reject) => ends.push({ resolve, reject }))
    },
    onChange: (state) => states.push(state),
    sleep: () => new Promise<void>((resolve) => naps.push(resolve)),
  })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return { keeper, sent, ends, states, naps, settle }
}

describe('keepText', () => {
  it('sends the first letter at once, and of those typed meanwhile only the newest', async () => {
    const { keeper, sent, ends, states, settle } = open()
    keeper.save({ text: 'a', elapsedMs: 1 })
    keeper.save({ text: 'ab', elapsedMs: 2 })
    keeper.save({ text: 'abc', elapsedMs: 3 })
    expect(sent).toEqual([{ text: 'a', elapsedMs: 1, revision: 8 }])
    ends[0]?.resolve()
    await settle()
    expect(sent.slice(1)).toEqual([{ text: 'abc', elapsedMs: 3, revision: 9 }])
    expect(states.at(-1)?.unsaved).toBe(true)
    ends[1]?.resolve()
    await settle()
    expect(states.at(-1)).toEqual({ unsaved: false, failing: false })
  })

  it('says when it can’t save, and saves the newest when it can again', async () => {
    const { keeper, sent, ends, states, naps, settle } = open()
    keeper.save({ text: 'a', elapsedMs: 1 })
    ends[0]?.reject(new Error('away'))
    await settle()
    expect(states.at(-1)).toEqual({ unsaved: true, failing: true })
    keeper.save({ text: 'ab', elapsedMs: 2 })
    naps[0]?.()
    await settle()
    expect(sent.at(-1)).toEqual({ text: 'ab', elapsedMs: 2, revision: 9 })
    ends[1]?.resolve()
    await settle()
    expect(states.at(-1)).toEqual({ unsaved: false, failing: false })
  })

  it('ends with the last text saved under the highest number, whatever fails on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ text: fc.string(), fails: fc.boolean() }), { minLength: 1 }),
        async (steps) => {
          const kept: Sent[] = []
          const failures = steps.map(({ fails }) => fails)
          const keeper = keepText({
            revision: 0,
            send: async (draft) => {
              if (failures.shift()) throw new Error('away')
              kept.push(draft)
            },
            onChange: () => {},
            sleep: async () => {},
          })
          for (const [i, { text }] of steps.entries()) keeper.save({ text, elapsedMs: i })
          while (kept.at(-1)?.elapsedMs !== steps.length - 1) {
            await new Promise((resolve) => setImmediate(resolve))
          }
          expect(kept.at(-1)?.text).toBe(steps.at(-1)?.text)
          expect(kept.at(-1)?.revision).toBe(Math.max(...kept.map(({ revision }) => revision)))
        },
      ),
      { numRuns: 50 },
    )
  })
})
