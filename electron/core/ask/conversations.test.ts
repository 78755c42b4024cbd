import { describe, expect, it } from 'vitest'
import type { Answer, AskEvent } from '#contract/ask.ts'
import { AnswerId, ConversationId } from '#contract/ids.ts'
import { makeAnswerCache } from '../models/answer-cache.ts'
import { systemClock } from '../ops/system-clock.ts'
import { ask, openAsker, readAnswer } from '../testing/open-asker.ts'
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
    const left = await untilToken(asker.ask({ question: COTTON, engine: 'ollama', scope: {} }))
    // As if the last write before the crash had been this one: the clock of the drafts is the real one.
    store.transaction((db) => db.$client.prepare('UPDATE turns SET draft = ?').run(`${WRITTEN}It holds`))
    const after = reopen()
    await after.recover()
    const [conversation] = after.conversations(ALL)
    if (!conversation) throw new Error('the turn should be there')
    const [part] = after.conversation({ conversationId: conversation.id }).answers
    expect(part).toMatchObject({ partial: true, refused: false, failure: { code: 'model-cut-off' } })
    expect(part?.sentences[0]).toMatchObject({ text: WRITTEN.trim(), support: 'supported' })
    await left.return?.()
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

  it('stays when the model is away as it is to be written on', async () => {
    const { asker, server } = await openAsker(LIBRARY)
    server.script({ tokens: [WRITTEN], ending: 'cut' })
    const { answer: part } = await ask(asker, COTTON)
    server.script({ status: 500, error: 'out of memory' })
    const { answer } = await readAnswer(asker.resume({ answerId: part.id }))
    expect(answer).toMatchObject({ id: part.id, partial: true })
    const [kept] = asker.conversation(part).answers
    expect(kept?.sentences[0]?.text).toBe(WRITTEN.trim())
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
