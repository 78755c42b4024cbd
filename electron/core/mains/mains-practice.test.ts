import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JobId, MainsAnswerId } from '#contract/ids.ts'
import { StudyError } from '../errors.ts'
import { purgeMains } from '../store/mains.rows.ts'
import { openStore } from '../store/open-store.ts'
import { makeLibrarySyllabus } from '../syllabus/library-syllabus.ts'
import { readSyllabus } from '../syllabus/read-syllabus.ts'
import { driveJob } from '../testing/drive-job.ts'
import { openAsker } from '../testing/open-asker.ts'
import type { SeedDocument } from '../testing/seed-library.ts'
import { makeMainsPractice } from './mains-practice.ts'
import { readMainsData } from './read-mains-data.ts'

const RESOURCES = fileURLToPath(new URL('../../../resources/', import.meta.url))
const COURTS = [
  'Judicial review is the power of the Supreme Court to examine the constitutionality of any law. The Supreme Court protects Fundamental Rights through judicial review. The High Courts have the power of judicial review as well.',
  'Judicial activism began with public interest litigation in the Supreme Court. An independent judiciary must protect the rights of citizens against the power of the executive. Public interest litigation opened the courts to the poor.',
]
const LIBRARY: SeedDocument[] = [
  { id: 'courts', title: 'Courts', pages: COURTS.map((text) => ({ heading: 'The judiciary', text })) },
  {
    id: 'hindi',
    title: 'पंचायत',
    pages: [
      {
        heading: 'पंचायती राज',
        text: 'ग्राम सभा पंचायती राज की आधारशिला है। ग्राम सभा में गाँव के सभी मतदाता सदस्य होते हैं। पंचायती राज को संवैधानिक दर्जा 73वें संशोधन से मिला।',
      },
    ],
  },
]

async function open({ ollama = false } = {}) {
  const opened = await openAsker(LIBRARY, { ollama })
  const { store, ids, clock, model, searcher, embedder } = opened
  const queued: { kind: string; payload: unknown }[] = []
  const cancelled: JobId[] = []
  const jobs = {
    enqueue: (_db: unknown, request: { kind: string; payload: unknown }) => {
      queued.push(request)
      return { jobId: ids.next() as JobId, created: true }
    },
    wake: () => {},
    cancel: (jobId: JobId) => cancelled.push(jobId),
  }
  const syllabus = makeLibrarySyllabus({
    store,
    syllabus: readSyllabus(`${RESOURCES}syllabus`),
    // Terms alone: the words of a passage have no meaning to the embedder of tests.
    serving: () => undefined,
    jobs: () => jobs,
  })
  const data = readMainsData(`${RESOURCES}mains`)
  const make = (over = store) =>
    makeMainsPractice({ store: over, ids, clock, jobs: () => jobs, data, syllabus, searcher, embedder, model })
  const mains = make()
  /** Runs the job that was queued last. */
  async function run() {
    const request = queued.at(-1)
    const job = mains.jobs.find(({ kind }) => kind === request?.kind)
    if (!job) throw new Error('nothing is queued')
    return driveJob(store, job, job.payload.parse(request?.payload))
  }
  const add = (text = 'Discuss the significance of judicial review in India.') =>
    mains.addQuestion({ text, marks: 10, wordLimit: 150, minutes: 7 })
  return { ...opened, mains, make, queued, cancelled, run, add }
}

function write(
  mains: Awaited<ReturnType<typeof open>>['mains'],
  answerId: MainsAnswerId,
  text: string,
  elapsedMs = 60_000,
) {
  const { revision } = mains.answer({ answerId })
  return mains.save({ answerId, text, elapsedMs, revision: revision + 1 })
}

const ANSWER = `Judicial review lets the Supreme Court examine laws in India.
It has protected rights because no majority can pass a law against them.
However, it is slow, and critics say that judges are not elected.
Thus the significance of judicial review lies in its restraint.`

describe('writing an answer', () => {
  it('is kept letter by letter and second by second, over any end of the app', async () => {
    const { mains, make, store, add } = await open()
    const question = add()
    const { id: answerId } = mains.begin({ questionId: question.id })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { minLength: 1, maxLength: 6 }),
        async (typed) => {
          let text = ''
          for (const [i, more] of typed.entries()) {
            text += more
            const before = mains.answer({ answerId })
            const saved = mains.save({
              answerId,
              text,
              elapsedMs: before.elapsedMs + 1000 * i,
              revision: before.revision + 1,
            })
            expect(saved.revision).toBe(before.revision + 1)
            // Another connection to the same file, as after the process was killed.
            const later = openStore({ profileDir: store.file.replace(/\/[^/]+$/, '') })
            try {
              const again = make(later).begin({ questionId: question.id })
              expect([again.id, again.text, again.elapsedMs]).toEqual([answerId, text, before.elapsedMs + 1000 * i])
            } finally {
              later.close()
            }
          }
        },
      ),
      { numRuns: 8 },
    )
  })

  it('lets no late save take the place of a newer one, and no time go back', async () => {
    const { mains, add } = await open()
    const { id: answerId } = mains.begin({ questionId: add().id })
    mains.save({ answerId, text: 'newer', elapsedMs: 9000, revision: 5 })
    const late = mains.save({ answerId, text: 'old', elapsedMs: 4000, revision: 4 })
    expect(late.revision).toBe(5)
    mains.save({ answerId, text: 'newest', elapsedMs: 2000, revision: 6 })
    expect(mains.answer({ answerId })).toMatchObject({ text: 'newest', elapsedMs: 9000, revision: 6, wordCount: 1 })
  })

  it('has one open answer a question, and none is changed after it was handed in', async () => {
    const { mains, add } = await open()
    const question = add()
    const { id: answerId } = mains.begin({ questionId: question.id })
    expect(mains.questions()[0]?.openAnswerId).toBe(answerId)
    await mains.submit({ answerId })
    expect(() => mains.save({ answerId, text: 'more', elapsedMs: 0, revision: 99 })).toThrow(StudyError)
    const next = mains.begin({ questionId: question.id })
    expect(next.id).not.toBe(answerId)
    expect(mains.questions()[0]).toMatchObject({ answerCount: 1, openAnswerId: next.id })
  })
})

describe('evaluating an answer', () => {
  it('checks at once, and finds what the library says, each sentence with its page', async () => {
    const { mains, run, add } = await open()
    const { id: answerId } = mains.begin({ questionId: add().id })
    write(mains, answerId, ANSWER)
    const submitted = await mains.submit({ answerId })
    expect(submitted.evaluation?.checks).toHaveLength(10)
    expect(submitted.evaluation?.rubric.state).toBe('none')
    expect(submitted.question.nodeId).toBe('gs2-executive-judiciary')
    expect((await run()).result?.type).toBe('done')
    const points = mains.answer({ answerId }).evaluation?.points
    expect(points?.state).toBe('done')
    expect(points?.points.length).toBeGreaterThan(0)
    for (const { citation } of points?.points ?? []) {
      expect(COURTS[citation.page - 1]).toContain(citation.quote)
    }
    // Handed in twice, it is what it was.
    expect((await mains.submit({ answerId })).submittedAtMs).toBe(submitted.submittedAtMs)
  })

  it('answers a Hindi question with Hindi sentences', async () => {
    const { mains, run, add } = await open()
    const { id: answerId } = mains.begin({ questionId: add('पंचायती राज में ग्राम सभा के महत्व पर चर्चा कीजिए।').id })
    write(mains, answerId, 'ग्राम सभा पंचायती राज की आधारशिला है।\nइसमें सभी मतदाता होते हैं।\nअतः इसे मज़बूत करना चाहिए।')
    await mains.submit({ answerId })
    await run()
    const points = mains.answer({ answerId }).evaluation?.points.points ?? []
    expect(points.length).toBeGreaterThan(0)
    expect(points.every(({ citation }) => /[\u0900-\u097f]/.test(citation.quote))).toBe(true)
    expect(points.some(({ covered }) => covered)).toBe(true)
  })

  it('ticks only what a verbatim quote of the answer carries, and counts what it drops', async () => {
    const { mains, run, add, server } = await open({ ollama: true })
    const { id: answerId } = mains.begin({ questionId: add().id })
    write(mains, answerId, ANSWER)
    expect((await mains.submit({ answerId })).evaluation?.rubric.state).toBe('waiting')
    const ticks = [
      { point: 1, quote: 'It has protected rights because no majority can pass a law against them.' },
      { point: 2, quote: 'critics say that all judges are corrupt and must be elected' },
      { point: 3, quote: 'judges are' },
      { point: 1, quote: 'However, it is slow, and critics say' },
      { point: 40, quote: 'However, it is slow, and critics say' },
      { point: 4, quote: ANSWER },
    ]
    server.script({ tokens: [JSON.stringify({ ticks })] })
    expect((await run()).result?.type).toBe('done')
    const rubric = mains.answer({ answerId }).evaluation?.rubric
    expect(rubric?.state).toBe('done')
    expect(rubric?.droppedCount).toBe(5)
    const ticked = rubric?.points.filter((point) => point.ticked) ?? []
    expect(ticked.map(({ quote }) => quote)).toEqual([ticks[0]?.quote])
    const [{ place } = {}] = ticked
    expect(ANSWER.slice(place?.start, place?.end)).toBe(ticks[0]?.quote)
    // No mark anywhere: the model was asked for none.
    expect(JSON.stringify(server.calls.at(-1)?.body.format)).not.toMatch(/mark|score/)
  })

  it('takes a reply that is no list for a failure, keeps the checks, and can be asked again', async () => {
    const { mains, run, add, server } = await open({ ollama: true })
    const { id: answerId } = mains.begin({ questionId: add().id })
    write(mains, answerId, ANSWER)
    await mains.submit({ answerId })
    server.script({ tokens: ['{"ticks": "all of them"}'] })
    expect((await run()).result).toMatchObject({ type: 'failed', error: { code: 'model-bad-output' } })
    expect(mains.answer({ answerId }).evaluation).toMatchObject({
      rubric: { state: 'failed' },
      points: { state: 'done' },
    })
    expect((await mains.evaluateAgain({ answerId })).evaluation?.rubric.state).toBe('waiting')
    server.script({ tokens: ['{"ticks": []}'] })
    await run()
    expect(mains.answer({ answerId }).evaluation?.rubric).toMatchObject({ state: 'done', droppedCount: 0 })
  })

  it('waits while the model’s server is away, with what the library says kept', async () => {
    const { mains, run, add, server } = await open({ ollama: true })
    const { id: answerId } = mains.begin({ questionId: add().id })
    write(mains, answerId, ANSWER)
    await mains.submit({ answerId })
    await server[Symbol.asyncDispose]()
    expect((await run()).result).toMatchObject({ type: 'snooze', error: { code: 'model-unreachable' } })
    expect(mains.answer({ answerId }).evaluation).toMatchObject({
      points: { state: 'done' },
      rubric: { state: 'waiting' },
    })
  })
})

describe('questions', () => {
  it('are read for their directive and head, and no question is kept twice', async () => {
    const { mains, add } = await open()
    expect(add()).toMatchObject({
      directive: 'discuss',
      language: 'en',
      origin: 'own',
      nodeId: 'gs2-executive-judiciary',
    })
    expect(() => add('  discuss the SIGNIFICANCE of judicial review in India ')).toThrow('already')
    expect(() =>
      mains.addQuestion({ text: 'Discuss floods.', marks: 10, wordLimit: 150, minutes: 7, nodeId: 'gone' }),
    ).toThrow('syllabus')
  })

  it('are made from what the library speaks of, with the sentences kept as evidence', async () => {
    const { mains } = await open()
    const { questions } = await mains.makeQuestions({ nodeId: 'gs2-executive-judiciary', count: 6, engine: 'rules' })
    expect(questions.length).toBeGreaterThanOrEqual(4)
    for (const { text, origin, evidence, directive, nodeId } of questions) {
      expect(origin).toBe('rules')
      expect(nodeId).toBe('gs2-executive-judiciary')
      expect(directive).toBeDefined()
      expect(evidence.length).toBeGreaterThan(0)
      for (const { quote, page } of evidence) expect(COURTS[page - 1]).toContain(quote)
      // Nothing the library is silent on.
      expect(text).not.toMatch(/pressure group|bureaucracy|Governor/i)
    }
    expect(questions.map(({ text }) => text)).toContain('Discuss the significance of the Supreme Court.')
    expect(new Set(questions.map(({ directive }) => directive)).size).toBeGreaterThan(2)
    const more = await mains.makeQuestions({ nodeId: 'gs2-executive-judiciary', count: 3, engine: 'rules' })
    const texts = mains.questions().map(({ text }) => text)
    expect(new Set(texts).size).toBe(questions.length + more.questions.length)
  })

  it('are made in Hindi from Hindi passages, and not at all from nothing', async () => {
    const { mains } = await open()
    const { questions } = await mains.makeQuestions({ nodeId: 'gs2-union-states', count: 2, engine: 'rules' })
    expect(questions.every(({ language, text }) => language === 'hi' && /ग्राम सभा|पंचायती राज/.test(text))).toBe(true)
    await expect(mains.makeQuestions({ nodeId: 'gs3-disaster', count: 2, engine: 'rules' })).rejects.toMatchObject({
      code: 'not-enough-material',
    })
  })

  it('are written by a model only with a quote of the passage and a directive', async () => {
    const { mains, run, server } = await open({ ollama: true })
    const quote = 'Public interest litigation opened the courts to the poor.'
    const made = (reply: object) => [JSON.stringify(reply)]
    const ask = async (...replies: object[]) => {
      await mains.makeQuestions({ nodeId: 'gs2-executive-judiciary', count: 2, engine: 'model' })
      server.script(...replies.map((reply) => ({ tokens: made(reply) })))
      const { result, progress } = await run()
      // The page shows what the model does meanwhile.
      expect(progress.map(({ model }) => model?.step)).toContain('writing')
      return result
    }
    const question = 'Critically examine how far public interest litigation opened the courts to the poor.'
    const fabricated = { quote: 'The courts were opened to all by an act of 1976.', question }
    const withoutDirective = { quote, question: 'Public interest litigation, the courts and the poor in our time.' }
    expect(await ask(fabricated, withoutDirective)).toMatchObject({
      type: 'failed',
      error: { code: 'not-enough-material' },
    })
    expect(mains.questions()).toEqual([])
    // The same for both passages: its quote stands in one of them alone.
    expect(await ask({ quote, question }, { quote, question })).toEqual({ type: 'done' })
    expect(mains.questions()).toMatchObject([
      { text: question, origin: 'model', directive: 'critically-examine', evidence: [{ quote, page: 2 }] },
    ])
  })

  it('go out as JSON and CSV and come back the same', async () => {
    const { mains, add } = await open()
    add()
    add('पंचायती राज में “ग्राम सभा” के महत्व पर, उदाहरण सहित, चर्चा कीजिए।')
    const before = mains
      .questions()
      .map(({ text, marks, wordLimit, minutes, nodeId }) => ({ text, marks, wordLimit, minutes, nodeId }))
    for (const format of ['json', 'csv'] as const) {
      const { text } = mains.exportQuestions({ format })
      const { mains: other } = await open()
      expect(other.importQuestions({ text }).importedCount).toBe(2)
      const after = other.questions().map((question) => ({
        text: question.text,
        marks: question.marks,
        wordLimit: question.wordLimit,
        minutes: question.minutes,
        nodeId: question.nodeId,
      }))
      expect(after).toEqual(expect.arrayContaining(before))
      expect(other.importQuestions({ text })).toMatchObject({
        importedCount: 0,
        duplicates: [{ number: 1 }, { number: 2 }],
      })
    }
  })

  it('are filled in from their marks or words, and wrong ones told by number', async () => {
    const { mains } = await open()
    const outcome = mains.importQuestions({
      text: 'question,marks,words,source\nDiscuss the role of NGOs in India.,15,,UPSC 2020\nEvaluate land reforms in India.,,150,\nshort,10,150,\nDiscuss floods in cities.,many,,\n',
    })
    expect(outcome).toMatchObject({ importedCount: 2, problems: [{ number: 3 }, { number: 4 }] })
    const byText = Object.fromEntries(mains.questions().map((question) => [question.text.split(' ')[0], question]))
    expect(byText.Discuss).toMatchObject({
      marks: 15,
      wordLimit: 250,
      minutes: 11,
      source: 'UPSC 2020',
      origin: 'imported',
    })
    expect(byText.Evaluate).toMatchObject({ marks: 10, wordLimit: 150, minutes: 7 })
    expect(() => mains.importQuestions({ text: 'no,names\n1,2\n' })).toThrow('not a file of Mains questions')
  })
})

describe('the history', () => {
  it('shows answers with their verdicts and the trend of each check; what is deleted can come back', async () => {
    const { mains, add, cancelled, store } = await open()
    const question = add()
    const handIn = async (text: string) => {
      const { id } = mains.begin({ questionId: question.id })
      write(mains, id, text)
      await mains.submit({ answerId: id })
      return id
    }
    const first = await handIn('Short.')
    for (let i = 0; i < 5; i++) await handIn(ANSWER)
    const { answers, trends } = mains.answers()
    expect(answers).toHaveLength(6)
    const conclusion = trends.find(({ id }) => id === 'conclusion')
    expect(conclusion).toMatchObject({ recentShare: 1, earlierShare: 0 })
    expect(conclusion?.verdicts).toHaveLength(6)
    mains.deleteAnswer({ answerId: first })
    expect(cancelled).toHaveLength(1)
    expect(mains.answers().answers).toHaveLength(5)
    mains.restoreAnswer({ answerId: first })
    expect(mains.answers().answers).toHaveLength(6)
    mains.deleteQuestion({ questionId: question.id })
    expect(mains.questions()).toEqual([])
    // Its answers stay, and the question with them.
    store.transaction(purgeMains)
    expect(mains.answer({ answerId: first }).question.text).toBe(question.text)
  })

  it('goes out as Markdown in both languages, with the quotes and their pages', async () => {
    const { mains, add, run } = await open()
    const { id: answerId } = mains.begin({ questionId: add().id })
    write(mains, answerId, ANSWER)
    await mains.submit({ answerId })
    await run()
    const { text, fileName } = mains.exportAnswer({ answerId, language: 'en' })
    expect(text).toContain(ANSWER)
    expect(text).toMatch(/\*\*Length\*\* \(Not met\)/)
    expect(text).toMatch(/“.+” \(Courts, page \d\)/)
    expect(text).toContain('It is no mark.')
    expect(fileName).toMatch(/^mains-answer-\d{4}-\d\d-\d\d\.md$/)
    expect(mains.exportAnswer({ answerId, language: 'hi' }).text).toContain('पुस्तकालय क्या कहता है')
  })
})
