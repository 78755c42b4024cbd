import { describe, expect, it } from 'vitest'
import { QuestionId } from '#contract/ids.ts'
import type { Response } from '#contract/quiz.ts'
import { keepResponses } from './keep-responses.ts'

const answer = (question: string, chosenIndex: number | null): Response => ({
  questionId: QuestionId.parse(question),
  chosenIndex,
  marked: false,
})

/** A server that answers when told to. */
function heldServer() {
  const sent: Response[] = []
  const held: { resolve(): void; reject(error: Error): void }[] = []
  return {
    sent,
    send: (response: Response) => {
      sent.push(response)
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
  const states: { unsaved: number; failing: boolean }[] = []
  const naps: { ms: number; wake(): void }[] = []
  const keeper = keepResponses({
    send: server.send,
    onChange: (state) => states.push(state),
    sleep: (ms) => new Promise<void>((wake) => naps.push({ ms, wake })),
  })
  return { server, states, naps, keeper }
}

describe('keepResponses', () => {
  it('sends at once, one after another', async () => {
    const { server, states, keeper } = setUp()
    keeper.save(answer('q1', 0))
    keeper.save(answer('q2', 1))
    expect(server.sent).toEqual([answer('q1', 0)])
    await server.answer()
    expect(server.sent).toEqual([answer('q1', 0), answer('q2', 1)])
    await server.answer()
    await keeper.settled()
    expect(states.at(-1)).toEqual({ unsaved: 0, failing: false })
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
    expect(states.at(-1)).toEqual({ unsaved: 1, failing: true })
    naps[0]?.wake()
    await turn()
    await server.fail()
    naps[1]?.wake()
    await turn()
    await server.answer()
    expect(naps.map(({ ms }) => ms)).toEqual([500, 1000])
    expect(server.sent).toHaveLength(3)
    expect(states.at(-1)).toEqual({ unsaved: 0, failing: false })
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
})
