import { describe, expect, it } from 'vitest'
import type { Answer, AskEvent } from '#contract/ask.ts'
import { readPageText } from '../store/search.rows.ts'
import { ask, openAsker } from '../testing/open-asker.ts'
import type { ScriptedOllama } from '../testing/scripted-ollama.ts'
import { documentId, type SeedDocument } from '../testing/seed-library.ts'

const LIBRARY: SeedDocument[] = [
  {
    id: 'polity',
    title: 'Polity',
    pages: [
      'The President of India is elected for a period of five years. Members of the Rajya Sabha are elected for\na term of six years.\n\nQ. Why is the Rajya Sabha a permanent house?',
      {
        heading: 'Making of the Constitution',
        text: 'The Drafting Committee was set up on 29 August 1947. It was chaired by B. R. Ambedkar, who piloted the draft Constitution.',
      },
    ],
  },
  {
    id: 'soils',
    title: 'Soils',
    pages: ['Black soil holds water well and is best for growing cotton. It is found on the Deccan plateau.'],
  },
  { id: 'hindi', title: 'पंचायत', pages: ['ग्राम सभा पंचायती राज की आधारशिला है। पंचायतों का कार्यकाल पाँच वर्ष का होता है।'] },
]

const setUp = (options?: { ollama?: boolean }) => openAsker(LIBRARY, options)

const ALL = { query: '', limit: 10 }

const streamed = (events: AskEvent[]) => events.map((event) => (event.type === 'token' ? event.text : '')).join('')
const chats = (server: ScriptedOllama) => server.calls.filter(({ body }) => (body.messages?.length ?? 0) > 0)

describe('answers from the library’s own sentences', () => {
  it('are verbatim, with the place of each on its page', async () => {
    const { asker, store } = await setUp({ ollama: false })
    const { answer, events } = await ask(asker, 'For what term are members of the Rajya Sabha elected?')
    expect(answer).toMatchObject({ engine: 'extractive', refused: false, partial: false })
    expect(answer.answer).toBe('Members of the Rajya Sabha are elected for a term of six years. [1]')
    const [citation] = answer.citations
    expect(citation).toMatchObject({
      number: 1,
      documentId: 'polity',
      title: 'Polity',
      page: 1,
      path: '/books/polity.txt',
    })
    const page = readPageText(store.reader, documentId('polity'), 1) ?? ''
    const there = page.slice(citation?.startOffset, citation?.endOffset)
    expect(there).toContain('\n')
    expect(citation?.quote).toBe(there.replace(/\s+/g, ' '))
    expect(streamed(events)).toBe(answer.answer)
    expect(events.map(({ type }) => type)).toEqual(['begun', 'stage', 'passages', 'stage', 'token', 'answer'])
  })

  it('never give an exercise back as an answer', async () => {
    const { asker } = await setUp({ ollama: false })
    const { answer } = await ask(asker, 'Why is the Rajya Sabha a permanent house?')
    expect(answer.answer).not.toContain('Why is')
  })

  it('are refused where the library has none, with the nearest passages', async () => {
    const { asker } = await setUp({ ollama: false })
    const { answer } = await ask(asker, 'What is the boiling point of tungsten?')
    expect(answer).toMatchObject({ refused: true, citations: [], sentences: [] })
    expect(answer.passages.length).toBeGreaterThan(0)
  })

  it('answer Hindi in Hindi, and refuse in it', async () => {
    const { asker } = await setUp({ ollama: false })
    const { answer } = await ask(asker, 'पंचायतों का कार्यकाल कितने वर्ष का होता है?')
    expect(answer.answer).toBe('पंचायतों का कार्यकाल पाँच वर्ष का होता है। [1]')
    expect((await ask(asker, 'टंगस्टन का क्वथनांक कितना है?')).answer).toMatchObject({
      refused: true,
      answer: expect.stringContaining('दस्तावेज़ों'),
    })
  })

  it('stay in their scope', async () => {
    const { asker } = await setUp({ ollama: false })
    const scope = { documentIds: [documentId('soils')] }
    const { answer } = await ask(asker, 'For what term are members of the Rajya Sabha elected?', { scope })
    expect(answer.refused).toBe(true)
    expect(answer.passages.every((passage) => passage.documentId === 'soils')).toBe(true)
  })

  it('stop when told to, and leave nothing', async () => {
    const { asker } = await setUp({ ollama: false })
    await expect(ask(asker, 'Which soil is best for cotton?', {}, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(asker.conversations(ALL)).toEqual([])
  })
})

describe('answers a model writes', () => {
  it('are held against the sources, sentence by sentence', async () => {
    const { asker, server } = await setUp()
    server.script({
      tokens: [
        'Members of the Rajya Sabha are elected for a term of six years [7]. ',
        'Members of the Rajya Sabha are elected for a term of nine years [1]. ',
        'Cricket was invented in Sussex by shepherds [2].',
      ],
    })
    const { answer, events } = await ask(asker, 'For what term are members of the Rajya Sabha elected?')
    expect(answer).toMatchObject({ engine: 'ollama', model: 'llama3.2:3b', refused: false, partial: false })
    expect(answer.sentences).toEqual([
      { text: 'Members of the Rajya Sabha are elected for a term of six years.', support: 'supported', citations: [1] },
      {
        text: 'Members of the Rajya Sabha are elected for a term of nine years.',
        support: 'weak',
        citations: [1],
      },
      { text: 'Cricket was invented in Sussex by shepherds.', support: 'unsupported', citations: [] },
    ])
    expect(answer.citations[0]?.quote).toBe('Members of the Rajya Sabha are elected for a term of six years.')
    expect(streamed(events)).toContain('six years [7].')
    const stages = events.flatMap((event) => (event.type === 'stage' ? [event.stage] : []))
    expect(stages).toEqual(['searching', 'reading', 'loading', 'reading', 'writing', 'checking'])
  })

  it('see numbered sources after fixed rules, within the context', async () => {
    const { asker, server } = await setUp()
    await ask(asker, 'Which soil is best for growing cotton?')
    const [system, user] = chats(server)[0]?.body.messages ?? []
    expect(system?.role).toBe('system')
    expect(user?.content).toMatch(/^Sources:\n\n\[1\] \(Soils, page 1\)\nBlack soil holds water well/)
    expect(user?.content).toMatch(/Question: Which soil is best for growing cotton\?$/)
  })

  it('become a refusal when the model says so or nothing of it is in the sources', async () => {
    const { asker, server } = await setUp()
    for (const reply of ['NOT IN SOURCES', 'Sourdough needs flour and patience.']) {
      server.script({ tokens: [reply] })
      const { answer } = await ask(asker, 'Which soil is best for growing cotton?')
      expect(answer).toMatchObject({ engine: 'ollama', refused: true, citations: [] })
      expect(answer.passages[0]?.documentId).toBe('soils')
    }
  })

  it('are not asked for where the library has nothing near', async () => {
    const { asker, server } = await setUp()
    const { answer } = await ask(asker, 'What is the boiling point of tungsten?')
    expect(answer.refused).toBe(true)
    expect(chats(server)).toEqual([])
  })

  it.each(['cut', 'error-line', 'no-done'] as const)(
    'are kept as a part when the model dies in the middle: %s',
    async (ending) => {
      const { asker, server } = await setUp()
      server.script({ tokens: ['Black soil is best for growing cotton. ', 'It is found'], ending })
      const { answer } = await ask(asker, 'Which soil is best for growing cotton?')
      expect(answer).toMatchObject({ partial: true, refused: false, failure: { code: 'model-cut-off' } })
      expect(answer.sentences[0]?.text).toBe('Black soil is best for growing cotton.')
      expect(asker.conversation(answer).answers).toEqual([answer])
    },
  )

  it('are kept as a part when they are stopped, and the model stops', async () => {
    const { asker, server } = await setUp()
    server.script({ tokens: ['Black soil is best for growing cotton. '], ending: 'silence' })
    const stopping = new AbortController()
    let answer: Answer | undefined
    for await (const event of asker.ask(
      { question: 'Which soil is best for growing cotton?', engine: 'ollama', scope: {} },
      stopping.signal,
    )) {
      if (event.type === 'token') stopping.abort()
      if (event.type === 'answer') answer = event.answer
    }
    expect(answer).toMatchObject({ partial: true, failure: { code: 'cancelled' } })
    expect(answer?.sentences[0]?.support).toBe('supported')
    await server.until(() => chats(server)[0]?.abandoned === true)
  })

  it('are kept as a part when the reader goes away', async () => {
    const { asker, server } = await setUp()
    server.script({ tokens: ['Black soil is best for growing cotton. '], ending: 'silence' })
    for await (const event of asker.ask({
      question: 'Which soil is best for growing cotton?',
      engine: 'ollama',
      scope: {},
    })) {
      if (event.type === 'token') break
    }
    const [conversation] = asker.conversations(ALL)
    if (!conversation) throw new Error('the part should be kept')
    expect(asker.conversation({ conversationId: conversation.id }).answers).toMatchObject([
      { partial: true, failure: { code: 'cancelled' } },
    ])
    await server.until(() => chats(server)[0]?.abandoned === true)
  })

  it('give way to the library’s own sentences when the model fails before its first word', async () => {
    const { asker, server } = await setUp()
    server.script({ status: 500, error: 'out of memory' })
    const { answer } = await ask(asker, 'Which soil is best for growing cotton?')
    expect(answer).toMatchObject({ engine: 'extractive', refused: false, partial: false })
    expect(answer.failure).toMatchObject({
      code: 'model-unreachable',
      message: expect.stringContaining('out of memory'),
    })
    await expect(ask(asker, 'Which soil is best for growing cotton?', { engine: 'ollama' })).rejects.toMatchObject({
      code: 'model-unreachable',
    })
  })

  it('fail plainly when a model was asked for and none is there', async () => {
    const { asker } = await setUp({ ollama: false })
    await expect(ask(asker, 'Which soil is best for growing cotton?', { engine: 'ollama' })).rejects.toMatchObject({
      code: 'model-unreachable',
    })
  })
})
