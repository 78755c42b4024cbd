import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JobId, QuestionId, QuizId } from '#contract/ids.ts'
import { contract } from '#contract/index.ts'
import { Attempt, OpenQuestion, Question, QuizSummary, Score } from '#contract/quiz.ts'
import type { JobRequest } from '../jobs/job-definition.ts'
import type { LanguageModel } from '../ports.ts'
import { ALL_IDS, openQuizzes, WISH } from '../testing/open-quizzes.ts'
import { absentModel, countingIds, SHIPPED_EXAMS, SHIPPED_STYLES } from '../testing/quiz-bench.ts'
import { documentId, removeSeededDocument } from '../testing/seed-library.ts'
import { makeQuizzes } from './quizzes.ts'

const nameOf = (id: string) => SHIPPED_EXAMS.get(id)?.name ?? ''

describe('making a quiz', () => {
  it('queues it at once, and it becomes ready with questions as the contract has them', async () => {
    const { quizzes, jobs } = await openQuizzes()
    const created = await quizzes.create({ ...WISH, documentIds: [...ALL_IDS] })
    expect(QuizSummary.parse(created)).toMatchObject({
      status: 'making',
      engine: 'rules',
      title: 'Parliament and the Union executive, Rivers and rain +1',
      requestedCount: 8,
      questionCount: 0,
      durationMs: 8 * 72_000,
      documentIds: ALL_IDS,
    })
    jobs.start()
    await jobs.finished(created.jobId as JobId)
    const ready = quizzes.get({ quizId: created.id })
    expect(QuizSummary.parse(ready)).toMatchObject({ status: 'ready', questionCount: 8 })
    const questions = quizzes.questions({ quizId: created.id })
    expect(questions.map((question) => Question.parse(question))).toHaveLength(8)
    expect(quizzes.list().map(({ id }) => id)).toEqual([created.id])
  })

  it('takes the model for “auto” where one is ready, and the rules where none is', async () => {
    const ready: LanguageModel = {
      ...absentModel,
      status: async () => ({ state: 'ready', url: '', models: [], message: '' }),
    }
    const engineOf = async (model: LanguageModel) => {
      const { quizzes } = await openQuizzes({ model })
      return (await quizzes.create({ ...WISH, documentIds: [...ALL_IDS], engine: 'auto' })).engine
    }
    expect(await engineOf(ready)).toBe('ollama')
    expect(await engineOf(absentModel)).toBe('rules')
  })

  it('refuses documents that are not there or not read yet, and makes nothing', async () => {
    const { quizzes, store } = await openQuizzes()
    await expect(quizzes.create({ ...WISH, documentIds: [documentId('gone')] })).rejects.toMatchObject({
      code: 'not-found',
    })
    store.transaction((db) => db.$client.exec("UPDATE documents SET status = 'importing' WHERE id = 'history'"))
    await expect(quizzes.create({ ...WISH, documentIds: [...ALL_IDS] })).rejects.toMatchObject({
      code: 'not-ready',
      message: expect.stringContaining('The freedom movement'),
    })
    expect(quizzes.list()).toEqual([])
  })

  it('offers every style and every exam, the one that quizzes follow first', async () => {
    const { quizzes } = await openQuizzes()
    expect(quizzes.exams().map(({ id }) => id)).toEqual([
      'upsc-gs1',
      ...[...SHIPPED_EXAMS.keys()].filter((id) => id !== 'upsc-gs1').sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
    ])
    expect(quizzes.styles().map(({ id }) => id)).toEqual([...SHIPPED_STYLES.keys()])
  })

  it('refuses a level that no question of the style can have, and names those it can', async () => {
    const { quizzes } = await openQuizzes()
    const wish = { style: 'how-many', difficulty: 'medium' } as const
    await expect(quizzes.create({ ...WISH, documentIds: [...ALL_IDS], ...wish })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('they are hard'),
    })
    expect(quizzes.list()).toEqual([])
    expect(quizzes.styles().find(({ id }) => id === 'how-many')?.levels).toEqual(['hard'])
  })

  it('leaves no quiz behind when it can’t be queued', async () => {
    const { store, clock } = await openQuizzes()
    const jobs = {
      enqueue: (_: unknown, __: JobRequest): never => {
        throw new Error('the queue is broken')
      },
      wake: () => {},
      cancel: () => {},
    }
    const quizzes = makeQuizzes({
      syllabus: { passagesOf: async () => ({ passages: [], isComplete: true }) },
      store,
      ids: countingIds(),
      clock,
      jobs,
      model: absentModel,
      embedder: () => undefined,
      styles: SHIPPED_STYLES,
      exams: SHIPPED_EXAMS,
    })
    await expect(quizzes.create({ ...WISH, documentIds: [...ALL_IDS] })).rejects.toThrow('broken')
    expect(quizzes.list()).toEqual([])
  })

  it('is stopped by the person with what is there kept, and taken all the same', async () => {
    const { quizzes, jobs } = await openQuizzes()
    const { id, jobId } = await quizzes.create({ ...WISH, documentIds: [...ALL_IDS] })
    expect(() => quizzes.begin({ quizId: id })).toThrow(expect.objectContaining({ code: 'not-ready' }))
    jobs.cancel(jobId as JobId)
    expect(quizzes.get({ quizId: id })).toMatchObject({ status: 'cancelled', note: '0 of 8: stopped.' })
    expect(() => quizzes.begin({ quizId: id })).toThrow(expect.objectContaining({ code: 'not-ready' }))
  })

  it('goes with its attempts and its job when it is deleted', async () => {
    const { quizzes, jobs, store, made } = await openQuizzes()
    const done = await made()
    quizzes.begin({ quizId: done })
    const { id, jobId } = await quizzes.create({ ...WISH, documentIds: [...ALL_IDS] })
    quizzes.delete({ quizId: id })
    quizzes.delete({ quizId: done })
    expect(['done', 'cancelled']).toContain(jobs.get(jobId as JobId)?.state)
    expect(quizzes.list()).toEqual([])
    for (const table of ['questions', 'attempts', 'responses', 'quiz_documents']) {
      expect(store.reader.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0)
    }
    expect(() => quizzes.get({ quizId: done })).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  it('keeps its questions and their sources when the documents are gone', async () => {
    const { quizzes, store, made } = await openQuizzes()
    const quizId = await made()
    const before = quizzes.questions({ quizId })
    for (const id of ALL_IDS) removeSeededDocument(store, id)
    expect(quizzes.questions({ quizId })).toEqual(before)
    expect(before.every(({ source }) => source?.title !== '' && source?.path !== '' && source?.quote !== '')).toBe(true)
    expect(quizzes.get({ quizId }).documentIds).toEqual(ALL_IDS)
  })
})

describe('taking a quiz', () => {
  it('shows no key before it is handed in', async () => {
    const { quizzes, made } = await openQuizzes()
    const { attempt, questions } = quizzes.begin({ quizId: await made() })
    expect(Attempt.parse(attempt)).toMatchObject({ elapsedMs: 0, durationMs: 8 * 72_000, responses: [] })
    expect(attempt.scheme).toMatchObject({ correctUnits: 72, wrongUnits: -24, blankUnits: 0 })
    expect(questions).toHaveLength(8)
    for (const question of questions) {
      expect(OpenQuestion.strict().parse(question)).toEqual(question)
      expect(Object.keys(question)).not.toContain('answerIndex')
    }
    expect(() => quizzes.review({ attemptId: attempt.id })).toThrow(expect.objectContaining({ code: 'not-ready' }))
  })

  it('goes on with the open attempt at the same second, after the app was closed', async () => {
    const first = await openQuizzes()
    const quizId = await first.made()
    const { attempt, questions } = first.quizzes.begin({ quizId })
    const [one, two] = questions
    const respond = (questionId: QuestionId, chosenIndex: number | null, elapsedMs: number, marked = false) =>
      first.quizzes.respond({ attemptId: attempt.id, response: { questionId, chosenIndex, marked }, elapsedMs })
    respond(one?.id as QuestionId, 2, 5_000)
    respond(two?.id as QuestionId, null, 9_000, true)
    first.quizzes.tick({ attemptId: attempt.id, elapsedMs: 12_345 })
    await first.jobs.stop()

    const again = await openQuizzes({ profileDir: first.profileDir })
    expect(again.quizzes.get({ quizId }).openAttemptId).toBe(attempt.id)
    const resumed = again.quizzes.begin({ quizId })
    expect(resumed.questions).toEqual(questions)
    expect(resumed.attempt).toMatchObject({
      id: attempt.id,
      elapsedMs: 12_345,
      responses: [
        { questionId: one?.id, chosenIndex: 2, marked: false },
        { questionId: two?.id, chosenIndex: null, marked: true },
      ],
    })
  })

  it('scores exactly, hands the same score out again, and then takes no more answers', async () => {
    const { quizzes, made, clock } = await openQuizzes()
    const quizId = await made()
    const { attempt, questions } = quizzes.begin({ quizId })
    const keys = quizzes.questions({ quizId }).map(({ answerIndex }) => answerIndex)
    questions.slice(0, 6).forEach(({ id }, at) => {
      const key = keys[at] ?? 0
      const chosenIndex = at < 4 ? key : (key + 1) % 4
      quizzes.respond({
        attemptId: attempt.id,
        response: { questionId: id, chosenIndex, marked: false },
        elapsedMs: at * 1000,
      })
    })
    clock.advance(60_000)
    const submitted = quizzes.submit({ attemptId: attempt.id, elapsedMs: 60_000 })
    expect(Score.parse(submitted.score)).toEqual({
      scoreUnits: 4 * 72 - 2 * 24,
      maxUnits: 576,
      correctCount: 4,
      wrongCount: 2,
      blankCount: 2,
      droppedCount: 0,
    })
    clock.advance(5_000)
    expect(quizzes.submit({ attemptId: attempt.id, elapsedMs: 65_000 })).toEqual(submitted)
    const [first] = questions
    expect(() =>
      quizzes.respond({
        attemptId: attempt.id,
        response: { questionId: first?.id as QuestionId, chosenIndex: 0, marked: false },
        elapsedMs: 1,
      }),
    ).toThrow(expect.objectContaining({ code: 'bad-input', message: expect.stringContaining('handed in') }))
    quizzes.tick({ attemptId: attempt.id, elapsedMs: 99_000 })
    const review = quizzes.review({ attemptId: attempt.id })
    expect(review).toMatchObject({ score: submitted.score, attempt: submitted.attempt })
    expect(review.questions.map(({ answerIndex }) => answerIndex)).toEqual(keys)
    expect(review.quiz.lastAttempt).toMatchObject({ id: attempt.id, scoreUnits: 240, maxUnits: 576 })
    expect(review.quiz.openAttemptId).toBeUndefined()
    // A second attempt is a new one.
    expect(quizzes.begin({ quizId }).attempt.id).not.toBe(attempt.id)
  })

  it('lets time neither go back nor past the end, whatever the window says', async () => {
    const { quizzes, made } = await openQuizzes()
    const quizId = await made({ durationMs: 600_000 })
    const { attempt } = quizzes.begin({ quizId })
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900_000 }), { maxLength: 12 }), (ticks) => {
        let last = quizzes.begin({ quizId }).attempt.elapsedMs
        for (const elapsedMs of ticks) {
          quizzes.tick({ attemptId: attempt.id, elapsedMs })
          const now = quizzes.begin({ quizId }).attempt.elapsedMs
          expect(now).toBe(Math.max(last, Math.min(elapsedMs, 600_000)))
          last = now
        }
      }),
      { numRuns: 30 },
    )
  })

  it('refuses answers that can’t be: a foreign question, an option that is not there, an attempt that is gone', async () => {
    const { quizzes, made } = await openQuizzes()
    const quizId = await made()
    const { attempt, questions } = quizzes.begin({ quizId })
    const [first] = questions
    const respond =
      (questionId: string, chosenIndex: number, attemptId: string = attempt.id) =>
      () =>
        quizzes.respond({
          attemptId: attemptId as never,
          response: { questionId: questionId as QuestionId, chosenIndex, marked: false },
          elapsedMs: 0,
        })
    expect(respond('other', 0)).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect(respond(first?.id ?? '', 4)).toThrow(expect.objectContaining({ code: 'bad-input' }))
    expect(respond(first?.id ?? '', 0, 'gone')).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect(() => quizzes.begin({ quizId: 'gone' as QuizId })).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect(quizzes.begin({ quizId }).attempt.responses).toEqual([])
  })

  it('has a method for every procedure of the contract', async () => {
    const { quizzes } = await openQuizzes()
    expect(Object.keys(quizzes).sort()).toEqual(Object.keys(contract.quiz).sort())
  })
})
