import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepSending, type Saving } from './keep-sending.ts'

interface Answer {
  question: string
  choice: number
}

const answer = (question: string, choice: number): Answer => ({ question, choice })

/** A server that answers when told to. */
function heldServer() {
  const sent: Answer[] = []
  const held: { resolve(): void; reject(error: Error): void }[] = []
  return {
    sent,
    send: (item: Answer) => {
      sent.push(item)
      return new Promise<void>((resolve, reject) => held.push({ resolve, reject }))
    },
    async answer() {
      held.shift()?.resolve()
      await turn()
    },
    async fail() {
      held.shift()?.reject(new Error('lost'))
      await turn()
    },
  }
}
/** Lets everything that can go on go on. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

function setUp() {
  const server = heldServer()
  const states: Saving[] = []
  const naps: { ms: number; wake(): void }[] = []
  const keeper = keepSending<Answer>({
    keyOf: ({ question }) => question,
    send: server.send,
    onChange: (state) => states.push(state),
    sleep: (ms) => new Promise<void>((wake) => naps.push({ ms, wake })),
  })
  return { server, states, naps, keeper }
}

describe('keepSending', () => {
  it('sends at once, one after another', async () => {
    const { server, states, keeper } = setUp()
    keeper.save(answer('q1', 0))
    keeper.save(answer('q2', 1))
    expect(server.sent).toEqual([answer('q1', 0)])
    await server.answer()
    expect(server.sent).toEqual([answer('q1', 0), answer('q2', 1)])
    await server.answer()
    await keeper.settled()
    expect(states.at(-1)).toEqual({ unsavedCount: 0, isFailing: false })
  })

  it('sends only the newest of a question that changed while another was on its way', async () => {
    const { server, keeper } = setUp()
    keeper.save(answer('q1', 0))
    keeper.save(answer('q2', 1))
    keeper.save(answer('q2', 2))
    await server.answer()
    await server.answer()
    await keeper.settled()
    expect(server.sent).toEqual([answer('q1', 0), answer('q2', 2)])
  })

  it('sends a question again that changed while it was itself on its way', async () => {
    const { server, keeper } = setUp()
    keeper.save(answer('q1', 0))
    keeper.save(answer('q1', 3))
    await server.answer()
    await server.answer()
    await keeper.settled()
    expect(server.sent).toEqual([answer('q1', 0), answer('q1', 3)])
  })

  it('tries again, ever more patiently, until it is saved', async () => {
    const { server, states, naps, keeper } = setUp()
    keeper.save(answer('q1', 0))
    await server.fail()
    expect(states.at(-1)).toEqual({ unsavedCount: 1, isFailing: true })
    naps[0]?.wake()
    await turn()
    await server.fail()
    naps[1]?.wake()
    await turn()
    await server.answer()
    expect(naps.map(({ ms }) => ms)).toEqual([500, 1000])
    expect(server.sent).toHaveLength(3)
    expect(states.at(-1)).toEqual({ unsavedCount: 0, isFailing: false })
  })

  it('says so when asked to settle what cannot be saved', async () => {
    const { server, keeper } = setUp()
    keeper.save(answer('q1', 0))
    await server.fail()
    const settled = expect(keeper.settled()).rejects.toThrow('lost')
    await server.fail()
    await settled
  })

  it('has nothing to settle when nothing was changed', async () => {
    const { keeper } = setUp()
    await expect(keeper.settled()).resolves.toBeUndefined()
  })

  it('ends with the newest of each kept last, whatever fails on the way', async () => {
    const step = fc.record({ question: fc.constantFrom('q1', 'q2'), fails: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const kept = new Map<string, number>()
        const failures = steps.map(({ fails }) => fails)
        let saving: Saving | undefined
        const keeper = keepSending<Answer>({
          keyOf: ({ question }) => question,
          send: async ({ question, choice }) => {
            await turn()
            if (failures.shift()) throw new Error('away')
            kept.set(question, choice)
          },
          onChange: (now) => {
            saving = now
          },
          sleep: turn,
        })
        for (const [choice, { question }] of steps.entries()) {
          keeper.save(answer(question, choice))
          if (choice % 3 === 0) await turn()
        }
        while (saving?.unsavedCount !== 0) await turn()
        expect(kept).toEqual(new Map(steps.map(({ question }, choice) => [question, choice])))
      }),
      { numRuns: 50 },
    )
  })
})
