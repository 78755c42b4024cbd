import { describe, expect, it, vi } from 'vitest'
import type { Answer, AskEvent } from '#contract/ask.ts'
import { AnswerId, ConversationId } from '#contract/ids.ts'
import { StudyError } from '../errors.ts'
import { makeAnswerCache } from '../models/answer-cache.ts'
import { systemClock } from '../ops/system-clock.ts'
import type { Embedder } from '../ports.ts'
import { ask, openAsker, readAnswer } from '../testing/open-asker.ts'
import { readChat } from '../testing/read-chat.ts'
import { documentId, type SeedDocument } from '../testing/seed-library.ts'
import { makeAsker } from './answer-question.ts'

const LIBRARY: SeedDocument[] = [
  {
    id: 'polity',
    title: 'Polity',
    pages: [
      'Members of the Rajya Sabha are elected for a term of six years. The powers of the Rajya Sabha protect the States.\n\nMembers of the Lok Sabha are elected for a term of five years.',
      'The Drafting Committee was chaired by B. R. Ambedkar, who piloted the draft Constitution.',
    ],
  },
  { id: 'soils', title: 'Soils', pages: ['Black soil holds water well and is best for growing cotton.'] },
]
const ALL = { query: '', limit: 50 }
const COTTON = 'Which soil is best for growing cotton?'
const WRITTEN = 'Black soil is best for growing cotton. '

/** Reads until the model has written, and leaves the stream hanging there. */
async function untilToken(stream: AsyncIterable<AskEvent>): Promise<AsyncIterator<AskEvent>> {
  const reader = stream[Symbol.asyncIterator]()
  for (;;) {
    const { value, done } = await reader.next()
    if (done) throw new Error('it ended before a word was written')
    if (value.type === 'token') return reader
  }
}

describe('a conversation', () => {
  it('completes a follow-up from the turn before it, and says how', async () => {
    const { asker } = await openAsker(LIBRARY, { ollama: false })
    const { answer: first } = await ask(asker, 'For what term are members of the Rajya Sabha elected?')
    const { conversationId } = first
    const { answer, events } = await ask(asker, 'What about the Lok Sabha?', { conversationId })
    expect(answer).toMatchObject({
      conversationId,
      question: 'What about the Lok Sabha?',
      asked: 'For what term are members of the Lok Sabha elected?',
      answer: 'Members of the Lok Sabha are elected for a term of five years. [1]',
    })
    expect(events).toContainEqual({ type: 'rewritten', asked: answer.asked })
    const { conversation, answers } = asker.conversation({ conversationId })
    expect(answers.map(({ id }) => id)).toEqual([first.id, answer.id])
    expect(conversation).toMatchObject({
      title: first.question,
      turnCount: 2,
      last: { citationCount: 1, refused: false },
    })
  })

  it('has a model complete a follow-up in one short call', async () => {
    const { asker, server } = await openAsker(LIBRARY)
    server.script({ tokens: ['Members of the Rajya Sabha are elected for a term of six years.'] })
    const { answer: first } = await ask(asker, 'For what term are members of the Rajya Sabha elected?')
    server.script(
      { tokens: ['For what term are members of the Lok Sabha elected?'] },
      { tokens: ['Members of the Lok Sabha are elected for a term of five years.'] },
    )
    const { answer } = await ask(asker, 'And the Lok Sabha?', { conversationId: first.conversationId })
    expect(answer.asked).toBe('For what term are members of the Lok Sabha elected?')
    expect(server.calls[1]?.body.options?.num_predict).toBeLessThanOrEqual(60)
    expect(server.calls[2]?.body.messages?.at(-1)?.content).toContain(answer.asked)
  })

  it('takes the rules where what the model made of a follow-up is not of the conversation', async () => {
    const { asker, server } = await openAsker(LIBRARY)
    server.script({ tokens: ['Members of the Rajya Sabha are elected for a term of six years.'] })
    const { answer: first } = await ask(asker, 'For what term are members of the Rajya Sabha elected?')
    server.script({ tokens: ['Who won the cricket world cup in 2011?'] }, { tokens: ['NOT IN SOURCES'] })
    const { answer } = await ask(asker, 'What about the Lok Sabha?', { conversationId: first.conversationId })
    expect(answer.asked).toBe('For what term are members of the Lok Sabha elected?')
  })

  it('asks no model to complete what stands alone', async () => {
    const { asker, server } = await openAsker(LIBRARY)
    server.script({ tokens: [WRITTEN] })
    const { answer: first } = await ask(asker, COTTON)
    const { answer } = await ask(asker, 'Who chaired the Drafting Committee?', { conversationId: first.conversationId })
    expect(answer.asked).toBeUndefined()
    expect(server.calls).toHaveLength(2)
  })

  it('puts a new answer in the place of the one it replaces', async () => {
    const { asker } = await openAsker(LIBRARY, { ollama: false })
    const { answer: first } = await ask(asker, COTTON)
    const { conversationId } = first
    const { answer: second } = await ask(asker, 'Who chaired the Drafting Committee?', { conversationId })
    const { answer: again } = await ask(asker, COTTON, { conversationId, replaces: first.id })
    expect(asker.conversation({ conversationId }).answers.map(({ id }) => id)).toEqual([again.id, second.id])
  })

  it('answers from a selection alone', async () => {
    const { asker } = await openAsker(LIBRARY, { ollama: false })
    const selection = {
      documentId: documentId('polity'),
      page: 1,
      text: 'Members of the Lok Sabha are elected\nfor a term of five years.',
    }
    const { answer } = await ask(asker, 'For what term are members elected?', { scope: { selection } })
    expect(answer.citations.map(({ quote }) => quote)).toEqual([
      'Members of the Lok Sabha are elected for a term of five years.',
    ])
    const elsewhere = { ...selection, text: 'Words that no page of this holds.' }
    await expect(ask(asker, 'What is this?', { scope: { selection: elsewhere } })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('is listed newest first, found by its words, renamed, deleted and brought back', async () => {
    const { asker, reopen } = await openAsker(LIBRARY, { ollama: false })
    const { answer: soil } = await ask(asker, COTTON)
    const { answer: chair } = await ask(asker, 'Who chaired the Drafting Committee?')
    expect(asker.conversations(ALL).map(({ id }) => id)).toEqual([chair.conversationId, soil.conversationId])
    expect(asker.conversations({ ...ALL, query: 'black wat' }).map(({ id }) => id)).toEqual([soil.conversationId])
    expect(asker.rename({ conversationId: soil.conversationId, title: 'Geography' }).title).toBe('Geography')
    expect(asker.conversations({ ...ALL, query: 'geogr' })).toHaveLength(1)

    asker.delete({ conversationId: soil.conversationId })
    expect(asker.conversations(ALL).map(({ id }) => id)).toEqual([chair.conversationId])
    expect(asker.conversations({ ...ALL, query: 'cotton' })).toEqual([])
    expect(() => asker.conversation({ conversationId: soil.conversationId })).toThrow('no longer there')
    expect(asker.restore({ conversationId: soil.conversationId }).title).toBe('Geography')

    asker.delete({ conversationId: soil.conversationId })
    const later = reopen()
    await later.recover()
    expect(() => later.restore({ conversationId: soil.conversationId })).toThrow('no longer there')
    expect(() => later.rename({ conversationId: ConversationId.parse('none'), title: 'x' })).toThrow('no longer there')
  })
})

describe('a part of an answer', () => {
  it('is stopped by its id, and its stream ends with it', async () => {
    const { asker, server } = await openAsker(LIBRARY)
    server.script({ tokens: [WRITTEN], ending: 'silence' })
    let answer: Answer | undefined
    let id: AnswerId | undefined
    for await (const event of asker.ask({ question: COTTON, engine: 'ollama', scope: {} })) {
      if (event.type === 'begun') id = event.answerId
      if (event.type === 'token' && id) asker.stop({ answerId: id })
      if (event.type === 'answer') answer = event.answer
    }
    expect(answer).toMatchObject({ id, partial: true, failure: { code: 'cancelled' } })
    asker.stop({ answerId: AnswerId.parse('nobody') })
  })

  it('is on the disk while the model writes, and a start after a crash marks it', async () => {
    const { asker, server, reopen, store } = await openAsker(LIBRARY)
    server.script({ tokens: [WRITTEN, 'It holds'], ending: 'silence' })
    const leaving = new AbortController()
    const left = await untilToken(asker.ask({ question: COTTON, engine: 'ollama', scope: {} }, leaving.signal))
    const draft = store.reader.$client.prepare('SELECT draft FROM turns').pluck()
    // The stream is read no further: what came is written all the same.
    const rest = left.next()
    await vi.waitFor(() => expect(draft.get()).toBe(`${WRITTEN}It holds`), { timeout: 10_000 })
    const after = reopen()
    await after.recover()
    const [conversation] = after.conversations(ALL)
    if (!conversation) throw new Error('the turn should be there')
    const [part] = after.conversation({ conversationId: conversation.id }).answers
    expect(part).toMatchObject({ partial: true, refused: false, failure: { code: 'model-cut-off' } })
    expect(part?.sentences[0]).toMatchObject({ text: WRITTEN.trim(), support: 'supported' })
    leaving.abort()
    await rest
  })

  it('is written on by the model from where it stopped', async () => {
    const { asker, server } = await openAsker(LIBRARY)
    server.script({ tokens: [WRITTEN], ending: 'cut' })
    const { answer: part } = await ask(asker, COTTON)
    expect(part.partial).toBe(true)
    server.script({ tokens: ['Black soil holds water well.'] })
    const { answer, events } = await readAnswer(asker.resume({ answerId: part.id }))
    expect(answer).toMatchObject({ id: part.id, partial: false, refused: false })
    expect(answer.failure).toBeUndefined()
    expect(answer.sentences.map(({ text }) => text)).toEqual([WRITTEN.trim(), 'Black soil holds water well.'])
    expect(server.calls.at(-1)?.body.messages?.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user'])
    expect(events[0]).toMatchObject({ type: 'begun', answerId: part.id })
    expect(asker.conversation(answer).answers).toEqual([answer])
    expect(() => asker.resume({ answerId: part.id })).toThrow('whole')
  })

  it('is written on from its last whole sentence, and what the model repeats is left out', async () => {
    const { asker, server } = await openAsker(LIBRARY)
    server.script({ tokens: [WRITTEN, 'Black soil ho'], ending: 'cut' })
    const { answer: part } = await ask(asker, COTTON)
    expect(part.sentences.at(-1)?.text).toBe('Black soil ho')
    server.script({ tokens: [WRITTEN, 'Black soil holds water well.'] })
    const { answer, events } = await readAnswer(asker.resume({ answerId: part.id }))
    expect(server.calls.at(-1)?.body.messages?.at(-2)?.content).toBe(WRITTEN.trim())
    expect(events.find(({ type }) => type === 'token')).toMatchObject({ text: WRITTEN })
    expect(answer.sentences.map(({ text }) => text)).toEqual([WRITTEN.trim(), 'Black soil holds water well.'])
  })

  it.each([
    { what: 'falls before its first word', script: { status: 500, error: 'out of memory' } },
    { what: 'is away', script: undefined },
  ])('stays whole, with the reason, when the model $what as it is to be written on', async ({ script }) => {
    const { asker, server } = await openAsker(LIBRARY)
    server.script({ tokens: [WRITTEN, 'Black soil ho'], ending: 'cut' })
    const { answer: part } = await ask(asker, COTTON)
    if (script) server.script(script)
    else await server[Symbol.asyncDispose]()
    const { answer } = await readAnswer(asker.resume({ answerId: part.id }))
    expect(answer).toEqual({ ...part, failure: expect.objectContaining({ code: 'model-unreachable' }) })
    expect(asker.conversation(part).answers).toEqual([answer])
  })

  it('is checked by words alone where the embedding model went away with the server', async () => {
    const parts = await openAsker(LIBRARY)
    const { server } = parts
    const embedder = parts.embedder()
    if (!embedder) throw new Error('there should be an embedder')
    const leaving: Embedder = {
      ...embedder,
      embed: async (...given) => {
        if (server.calls.length > 0) throw new StudyError('model-unreachable', 'Nothing answers.')
        return embedder.embed(...given)
      },
    }
    const asker = makeAsker({ ...parts, embedder: () => leaving })
    server.script({ tokens: [WRITTEN], ending: 'cut' })
    const { answer } = await ask(asker, COTTON)
    expect(answer).toMatchObject({ partial: true, failure: { code: 'model-cut-off' } })
    expect(answer.sentences).toMatchObject([{ text: WRITTEN.trim(), support: 'supported' }])
    expect(asker.conversation(answer).answers).toEqual([answer])
  })

  it('is no turn to others while it is being written', async () => {
    const { asker, server } = await openAsker(LIBRARY)
    server.script({ tokens: [WRITTEN], ending: 'silence' })
    const stream = await untilToken(asker.ask({ question: COTTON, engine: 'ollama', scope: {} }))
    const [{ id: conversationId } = { id: ConversationId.parse('none') }] = asker.conversations(ALL)
    expect(asker.conversation({ conversationId }).answers).toEqual([])
    await stream.return?.()
    expect(asker.conversation({ conversationId }).answers).toMatchObject([{ partial: true }])
    // As soon as its answer is told, before the stream has ended.
    for await (const event of asker.ask({ question: COTTON, engine: 'extractive', scope: {}, conversationId })) {
      if (event.type === 'answer') expect(asker.conversation({ conversationId }).answers).toHaveLength(2)
    }
  })
})

describe('a model that others use too', () => {
  it('is waited for in a line that is told, also to complete a follow-up, and can be left', async () => {
    const { asker, server, model } = await openAsker(LIBRARY)
    const { answer } = await ask(asker, 'Who chaired the Drafting Committee?', { engine: 'extractive' })
    server.script({ holdHeaders: true })
    const other = readChat(model.chat({ messages: [{ role: 'user', content: 'Why?' }], maxTokens: 5 }))
    await server.until(() => server.holdingCount === 1)
    const told: AskEvent[] = []
    const { conversationId } = answer
    const asking = asker.ask({ question: 'What did he pilot?', engine: 'ollama', scope: {}, conversationId })
    const left = (async () => {
      let id: AnswerId | undefined
      for await (const event of asking) {
        told.push(event)
        if (event.type === 'begun') id = event.answerId
        if (event.type === 'stage' && event.stage === 'waiting' && id) asker.stop({ answerId: id })
      }
    })()
    await expect(left).rejects.toMatchObject({ code: 'cancelled' })
    expect(told.at(-1)).toEqual({ type: 'stage', stage: 'waiting', ahead: 1 })
    expect(asker.conversation({ conversationId }).answers).toEqual([answer])
    server.release()
    await other
    expect(server.calls).toHaveLength(1)
  })

  it('has the machine to itself from the search to the last check', async () => {
    const parts = await openAsker(LIBRARY)
    const told: string[] = []
    const answering = () => {
      told.push('rest')
      return () => told.push('go on')
    }
    const asker = makeAsker({ ...parts, answering })
    parts.server.script({ tokens: [WRITTEN] })
    for await (const event of asker.ask({ question: COTTON, engine: 'ollama', scope: {} })) {
      if (event.type === 'passages' || event.type === 'answer') told.push(event.type)
    }
    expect(told).toEqual(['rest', 'passages', 'answer', 'go on'])
    told.length = 0
    await ask(asker, COTTON, { engine: 'extractive' })
    expect(told).toEqual([])
  })
})

describe('a reply that was kept', () => {
  it('is not asked for again, but is when the answer is to be made anew', async () => {
    const parts = await openAsker(LIBRARY)
    const { store, server } = parts
    const ledger = { cacheHit: () => {} }
    const asker = makeAsker({ ...parts, cache: makeAnswerCache({ store, clock: systemClock, ledger }) })
    server.script({ tokens: [WRITTEN] })
    const { answer: first } = await ask(asker, COTTON)
    const { answer: second } = await ask(asker, COTTON)
    expect(second.sentences).toEqual(first.sentences)
    expect(server.calls).toHaveLength(1)
    await ask(asker, COTTON, { conversationId: second.conversationId, replaces: second.id })
    expect(server.calls).toHaveLength(2)
  })
})
