import { describe, expect, it, vi } from 'vitest'
import type { ChatEvent, ChatRequest, LanguageModel } from '../ports.ts'
import type { ManualClock } from './manual-clock.ts'
import { readChat, readUntilFailure, textOf } from './read-chat.ts'
import type { ScriptedServer } from './serve-script.ts'

/** What the scripted server of a model must know to do. */
interface ProvingStep<Ending> {
  tokens?: readonly string[]
  holdHeaders?: boolean
  ending?: Ending | 'silence'
}

interface Proving<Ending> {
  server: Omit<ScriptedServer<ProvingStep<Ending>>, keyof AsyncDisposable> & {
    readonly calls: readonly { abandoned: boolean }[]
  }
  clock: ManualClock
  model: LanguageModel
}

export const ASK: ChatRequest = { messages: [{ role: 'user', content: 'Why?' }], maxTokens: 50 }
export const JSON_ASK: ChatRequest = {
  ...ASK,
  format: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
}

/** What every language model does, whatever its server speaks. `broken`: endings after which a reply is no whole one. */
export function proveLanguageModel<Ending extends string>(
  open: () => Promise<Proving<Ending>>,
  broken: readonly Ending[],
): void {
  const allAbandoned = (server: Proving<Ending>['server']) => () =>
    server.calls.length > 0 && server.calls.every(({ abandoned }) => abandoned)

  describe('a language model', () => {
    it('says when the limit ended the reply', async () => {
      const { server, model } = await open()
      server.script({ tokens: ['a ', 'b ', 'c '] })
      const { text, done } = await readChat(model.chat({ ...ASK, maxTokens: 2 }))
      expect(text).toBe('a b ')
      expect(done).toMatchObject({ type: 'done', reachedLimit: true })
    })

    it('runs one call after the other, and tells the waiting ones', async () => {
      const { server, model } = await open()
      server.script({ holdHeaders: true, tokens: ['first'] }, { tokens: ['second'] })
      const first = readChat(model.chat(ASK))
      await server.until(() => server.holdingCount === 1)
      const second = readChat(model.chat(ASK))
      server.release()
      expect((await first).text).toBe('first')
      const { text, events } = await second
      expect(text).toBe('second')
      expect(events.slice(0, 2)).toMatchObject([{ type: 'queued', ahead: 1 }, { type: 'started' }])
      expect(server.mostAtOnce).toBe(1)
    })

    it('ends the work in the server when it is stopped before the headers came', async () => {
      const { server, model } = await open()
      server.script({ holdHeaders: true })
      const stopping = new AbortController()
      const reading = readUntilFailure(model, { ...ASK, signal: stopping.signal })
      await server.until(() => server.holdingCount === 1)
      stopping.abort()
      expect((await reading).error).toMatchObject({ code: 'cancelled' })
      await server.until(allAbandoned(server))
    })

    it('ends the work in the server when it is stopped in the middle of the reply', async () => {
      const { server, model } = await open()
      server.script({ tokens: ['One '], ending: 'silence' })
      const stopping = new AbortController()
      const events: ChatEvent[] = []
      const reading = (async () => {
        for await (const event of model.chat({ ...ASK, signal: stopping.signal })) {
          events.push(event)
          if (event.type === 'token') stopping.abort()
        }
      })()
      await expect(reading).rejects.toMatchObject({ code: 'cancelled' })
      expect(textOf(events)).toBe('One ')
      await server.until(allAbandoned(server))
    })

    it('ends the work in the server when the reader leaves the loop', async () => {
      const { server, model } = await open()
      server.script({ tokens: ['One '], ending: 'silence' })
      for await (const event of model.chat(ASK)) if (event.type === 'token') break
      await server.until(allAbandoned(server))
    })

    it('gives up on silence in the middle, in the server too; what was written was handed over', async () => {
      const { server, clock, model } = await open()
      server.script({ tokens: ['Half '], ending: 'silence' })
      const events = model.chat(ASK)[Symbol.asyncIterator]()
      let value: ChatEvent
      do value = (await events.next()).value
      while (value.type !== 'token')
      expect(value.text).toBe('Half ')
      const next = events.next()
      clock.advance(59_000)
      clock.advance(1_000)
      await expect(next).rejects.toMatchObject({ code: 'model-cut-off' })
      await server.until(allAbandoned(server))
    })

    it.each(broken)('never takes a broken answer for a whole one: %s', async (ending) => {
      const { server, model } = await open()
      const print = vi.spyOn(console, 'warn')
      server.script({ tokens: ['Half ', 'an '], ending })
      const { text, error } = await readUntilFailure(model, ASK)
      expect(error).toMatchObject({ code: 'model-cut-off' })
      expect('Half an ').toContain(text)
      expect(print).not.toHaveBeenCalled()
    })
  })
}
