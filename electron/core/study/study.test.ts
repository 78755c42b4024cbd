import { describe, expect, it } from 'vitest'
import type { JobId } from '#contract/ids.ts'
import { purgeStudy } from '../store/study.rows.ts'
import { driveJob } from '../testing/drive-job.ts'
import { type OpenedAsker, openAsker } from '../testing/open-asker.ts'
import { documentId, type SeedDocument } from '../testing/seed-library.ts'
import { makeBriefs } from './briefs.ts'
import { makeCards } from './cards.ts'
import { MAKE_BRIEF, makeBriefJob } from './make-brief-job.ts'

const HOUSES = `The Rajya Sabha represents the States of India. Members of the Rajya Sabha are elected for a term of six years. The Rajya Sabha is never fully dissolved. One third of the members of the Rajya Sabha retire every second year. The Rajya Sabha protects the powers of the States.`
const LIBRARY: SeedDocument[] = [
  {
    id: 'polity',
    title: 'Polity',
    pages: [
      { heading: 'Two houses', text: HOUSES },
      {
        heading: 'Courts',
        text: 'A writ is an order of a court that protects a right. The Supreme Court was set up on 28 January 1950. Judicial review means the power of a court to examine a law. The courts of the States stand below the Supreme Court.',
      },
    ],
  },
  {
    id: 'notes',
    title: 'Notes',
    pages: [
      'The Rajya Sabha has twelve nominated members. The President nominates members of the Rajya Sabha from the arts.',
    ],
  },
  { id: 'soils', title: 'Soils', pages: ['Black soil holds water well and is best for growing cotton.'] },
]

async function openStudy({ ollama = false } = {}) {
  const opened = await openAsker(LIBRARY, { ollama })
  const { store, ids, clock, model, searcher, embedder } = opened
  const queued: { kind: string; payload: unknown }[] = []
  const jobs = {
    enqueue: (_db: unknown, request: { kind: string; payload: unknown }) => {
      queued.push(request)
      return { jobId: ids.next() as JobId, created: true }
    },
    wake: () => {},
    cancel: () => {},
  }
  const job = makeBriefJob({ store, searcher, model, embedder })
  return {
    ...opened,
    job,
    queued,
    briefs: makeBriefs({ store, ids, clock, jobs, model }),
    cards: makeCards({ store, ids, clock, model }),
    /** Runs what was queued last. */
    run: (options: Parameters<typeof driveJob>[3] = {}) =>
      driveJob(store, job, job.payload.parse(queued.at(-1)?.payload), options as never),
  }
}

const selection = (text: string, page = 1) => ({ documentId: documentId('polity'), page, text })
const quotesOf = ({ sentences }: { sentences: { text: string }[] }) => sentences.map(({ text }) => text)

describe('a summary', () => {
  it('takes of each section the sentences that stand for it, verbatim and cited', async () => {
    const { briefs, run, queued } = await openStudy()
    const begun = await briefs.summarise({ documentId: documentId('polity'), engine: 'auto' })
    expect(begun).toMatchObject({ kind: 'summary', title: 'Polity', engine: 'extractive', status: 'making' })
    expect(queued[0]?.kind).toBe(MAKE_BRIEF)
    const { result, progress } = await run()
    expect(result?.type).toBe('done')
    expect(progress.at(-1)).toMatchObject({ done: 2, total: 2, stage: 'summarise' })
    const brief = briefs.brief({ briefId: begun.id })
    expect(brief.status).toBe('ready')
    expect(brief.sections.map(({ title }) => title)).toEqual(['Two houses', 'Courts'])
    expect(HOUSES).toContain(brief.sections[0]?.sentences[0]?.text)
    const numbers = brief.sections.flatMap(({ sentences }) => sentences.flatMap(({ citations }) => citations))
    expect(numbers).toEqual(brief.citations.map(({ number }) => number))
    expect(briefs.briefs().map(({ id }) => id)).toEqual([begun.id])
  })

  it('of three sections or more begins with the whole in short, in sentences of theirs', async () => {
    const { briefs, run, store } = await openStudy()
    const third = 'A treaty binds the Union of India alone. The Union of India signs a treaty with another country.'
    store.transaction((db) =>
      db.$client.exec(
        `INSERT INTO pages (document_id, page_number, width, height, status, text, boxes, headings)
         VALUES ('polity', 3, 0, 0, 'text', '${third}', x'', '[]');
         INSERT INTO chunks (document_id, ordinal, page_number, start_offset, end_offset, heading, text, text_hash, token_count)
         VALUES ('polity', 9, 3, 0, ${third.length}, 'Treaties', '${third}', 'treaties', 20)`,
      ),
    )
    const { id } = await briefs.summarise({ documentId: documentId('polity'), engine: 'auto' })
    await run()
    const [short, ...sections] = briefs.brief({ briefId: id }).sections
    expect(sections.map(({ title }) => title)).toEqual(['Two houses', 'Courts', 'Treaties'])
    expect(short).toMatchObject({ isShort: true, title: '' })
    const all = sections.flatMap(({ sentences }) => sentences)
    for (const sentence of short?.sentences ?? []) expect(all).toContainEqual(sentence)
  })

  it('is of one chapter where one is named', async () => {
    const { briefs, run } = await openStudy()
    expect(briefs.chapters({ documentId: documentId('polity') })).toEqual(['Two houses', 'Courts'])
    const { id } = await briefs.summarise({ documentId: documentId('polity'), chapter: 'Courts', engine: 'auto' })
    await run()
    const { sections, citations } = briefs.brief({ briefId: id })
    expect(sections).toHaveLength(1)
    expect(citations.every(({ page }) => page === 2)).toBe(true)
  })

  it('is written by a model, and what its section does not carry is left out', async () => {
    const { briefs, run, server } = await openStudy({ ollama: true })
    server.script(
      { tokens: ['Members of the Rajya Sabha are elected for a term of six years. Bananas are yellow and sweet.'] },
      { tokens: ['Nothing of this stands anywhere at all.'] },
    )
    const { id } = await briefs.summarise({ documentId: documentId('polity'), engine: 'auto' })
    await run()
    const { sections, engine, model } = briefs.brief({ briefId: id })
    expect({ engine, model }).toEqual({ engine: 'ollama', model: 'llama3.2:3b' })
    expect(sections[0] && quotesOf(sections[0])).toEqual([
      'Members of the Rajya Sabha are elected for a term of six years.',
    ])
    // What the model made of the second section is not in it: its own sentences stand in.
    expect(sections[1]?.sentences[0]?.support).toBe('supported')
  })

  it('goes on from the section it was stopped at, and does none twice', async () => {
    const { briefs, run } = await openStudy()
    const { id } = await briefs.summarise({ documentId: documentId('polity'), engine: 'auto' })
    const stopping = new AbortController()
    const first = await run({ signal: stopping.signal, onCommit: () => stopping.abort() })
    expect(first.error).toBeDefined()
    expect(briefs.brief({ briefId: id }).sections).toHaveLength(1)
    await run({ cursor: first.cursor as never })
    expect(briefs.brief({ briefId: id }).sections.map(({ title }) => title)).toEqual(['Two houses', 'Courts'])
  })

  it('waits for a model that is away, and is deleted and brought back', async () => {
    const { briefs, run, store } = await openStudy()
    const { id } = await briefs.summarise({ documentId: documentId('polity'), engine: 'ollama' })
    expect((await run()).result?.type).toBe('snooze')
    briefs.deleteBrief({ briefId: id })
    expect(briefs.briefs()).toEqual([])
    expect(briefs.restoreBrief({ briefId: id }).id).toBe(id)
    briefs.deleteBrief({ briefId: id })
    store.transaction(purgeStudy)
    expect(() => briefs.restoreBrief({ briefId: id })).toThrow('no longer there')
  })
})

describe('a comparison', () => {
  it('sets side by side what each document says, and says where one says nothing', async () => {
    const { briefs, run } = await openStudy()
    const ids = [documentId('polity'), documentId('notes')]
    const { id } = await briefs.compare({ documentIds: ids, topic: 'members of the Rajya Sabha', engine: 'auto' })
    await run()
    const { sections, citations } = briefs.brief({ briefId: id })
    expect(sections.map(({ title, sentences }) => [title, sentences.length > 0])).toEqual([
      ['Polity', true],
      ['Notes', true],
    ])
    expect(citations.find(({ number }) => number === sections[1]?.sentences[0]?.citations[0])?.documentId).toBe('notes')

    const other = [documentId('polity'), documentId('soils')]
    const { id: half } = await briefs.compare({
      documentIds: other,
      topic: 'members of the Rajya Sabha',
      engine: 'auto',
    })
    await run()
    expect(briefs.brief({ briefId: half }).sections[1]?.sentences).toEqual([])
    await expect(async () =>
      briefs.compare({ documentIds: [documentId('soils'), documentId('soils')], topic: 'soil', engine: 'auto' }),
    ).rejects.toMatchObject({ code: 'bad-input' })
  })

  it('fails plainly where neither document says anything', async () => {
    const { briefs, run } = await openStudy()
    const ids = [documentId('polity'), documentId('soils')]
    const { id } = await briefs.compare({ documentIds: ids, topic: 'tungsten filaments', engine: 'auto' })
    expect((await run()).result).toMatchObject({ type: 'failed', error: { code: 'not-enough-material' } })
    expect(briefs.brief({ briefId: id })).toMatchObject({ status: 'failed', note: expect.stringContaining('Neither') })
  })
})

describe('flashcards', () => {
  it('leave out by rules the date, number or term that a sentence settles', async () => {
    const { cards } = await openStudy()
    const made = await cards.makeCards({
      selection: selection(
        'The Supreme Court was set up on 28 January 1950. Judicial review means the power of a court to examine a law.',
        2,
      ),
      engine: 'auto',
    })
    expect(made.map(({ front, back, kind, engine }) => ({ front, back, kind, engine }))).toEqual([
      {
        front: 'The Supreme Court was set up on _____.',
        back: '28 January 1950',
        kind: 'cloze',
        engine: 'rules',
      },
      {
        front: '_____ means the power of a court to examine a law.',
        back: 'Judicial review',
        kind: 'cloze',
        engine: 'rules',
      },
    ])
    expect(made[0]?.source).toMatchObject({
      title: 'Polity',
      page: 2,
      quote: 'The Supreme Court was set up on 28 January 1950.',
    })
  })

  it('say so where what is marked settles nothing', async () => {
    const { cards } = await openStudy()
    const making = cards.makeCards({ selection: selection('The courts of the States', 2), engine: 'auto' })
    await expect(making).rejects.toMatchObject({ code: 'not-enough-material' })
    expect(cards.cards({ query: '' })).toEqual([])
  })

  it('of a model are kept only where their quote and their answer stand in the passage', async () => {
    const { cards, server } = await openStudy({ ollama: true })
    const good = {
      quote: 'Members of the Rajya Sabha are elected for a term of six years.',
      question: 'How long is the term of a member of the upper house?',
      answer: 'six years',
    }
    const invented = { ...good, quote: 'Members of the Rajya Sabha are elected for life by the King.' }
    const wrong = { ...good, answer: 'nine years' }
    const given = { ...good, question: 'Is six years the term?' }
    server.script({ tokens: [JSON.stringify({ cards: [good, invented, wrong, given] })] })
    const made = await cards.makeCards({ selection: selection(HOUSES), engine: 'auto' })
    expect(made.map(({ front, back, engine, model }) => [front, back, engine, model])).toEqual([
      [good.question, 'six years', 'ollama', 'llama3.2:3b'],
    ])
    server.script({ tokens: ['{"cards":['], doneReason: 'length' })
    await expect(cards.makeCards({ selection: selection(HOUSES), engine: 'ollama' })).rejects.toMatchObject({
      code: 'model-bad-output',
    })
  })

  it('are listed, searched, edited, deleted, brought back and exported', async () => {
    const { cards, store }: OpenedAsker & Awaited<ReturnType<typeof openStudy>> = await openStudy()
    await cards.makeCards({
      selection: selection('The Supreme Court was set up on 28 January 1950.', 2),
      engine: 'auto',
    })
    const [card] = cards.cards({ query: 'supreme', documentId: documentId('polity') })
    if (!card) throw new Error('it should be found')
    expect(cards.cards({ query: 'cotton' })).toEqual([])
    expect(cards.updateCard({ cardId: card.id, front: '=1+1, "when"?', back: 'In 1950' }).back).toBe('In 1950')
    expect(cards.cardsCsv({})).toBe(
      '\ufefffront,back,document,page,quote\r\n"\'=1+1, ""when""?",In 1950,Polity,2,The Supreme Court was set up on 28 January 1950.\r\n',
    )
    cards.deleteCards({ cardIds: [card.id] })
    expect(cards.cards({ query: '' })).toEqual([])
    expect(cards.restoreCards({ cardIds: [card.id] })).toHaveLength(1)
    cards.deleteCards({ cardIds: [card.id] })
    store.transaction(purgeStudy)
    expect(cards.restoreCards({ cardIds: [card.id] })).toEqual([])
  })
})
