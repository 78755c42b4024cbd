import { describe, expect, it } from 'vitest'
import type { QuestionId, QuizId } from '#contract/ids.ts'
import { markPageRead } from '../store/quiz-reach.rows.ts'
import { readMaterialPages } from '../store/quizzes.rows.ts'
import { ALL_IDS, openQuizzes } from '../testing/open-quizzes.ts'
import { documentId } from '../testing/seed-library.ts'

type Opened = Awaited<ReturnType<typeof openQuizzes>>

const DAY_MS = 24 * 3_600_000
const failure = { code: 'not-enough-material' }

/** Takes a test and answers as told by each question's key; hands it in. */
function take({ quizzes, clock }: Opened, quizId: QuizId, choose: (key: number, at: number) => number | null) {
  const { attempt } = quizzes.begin({ quizId })
  quizzes.questions({ quizId }).forEach(({ id, answerIndex }, at) => {
    const chosenIndex = choose(answerIndex, at)
    if (chosenIndex === null) return
    quizzes.respond({
      attemptId: attempt.id,
      response: { questionId: id as QuestionId, chosenIndex, marked: false },
      elapsedMs: 0,
    })
  })
  clock.advance(1000)
  quizzes.submit({ attemptId: attempt.id, elapsedMs: 0 })
}

describe('a quiz from what was answered wrong', () => {
  it('says that nothing was wrong yet, also after blanks and right answers', async () => {
    const opened = await openQuizzes()
    const { quizzes } = opened
    expect(quizzes.reach().wrong).toEqual({ count: 0, documentIds: [] })
    await expect(opened.made({ only: 'wrong', documentIds: [] })).rejects.toMatchObject(failure)
    const quizId = await opened.made({ count: 6 })
    take(opened, quizId, (key, at) => (at < 3 ? key : null))
    expect(quizzes.reach().wrong.count).toBe(0)
    await expect(opened.made({ only: 'wrong' })).rejects.toThrow(/Take a test first/)
  })

  it('asks about the passages of the wrong ones alone, of whichever documents they stand in', async () => {
    const opened = await openQuizzes()
    const { quizzes, store } = opened
    const first = await opened.made({ count: 8 })
    take(opened, first, (key, at) => (at === 2 ? (key + 1) % 4 : key))
    const wrong = quizzes.questions({ quizId: first })[2]
    expect(quizzes.reach().wrong).toEqual({
      count: 1,
      documentIds: [...new Set([wrong?.source, ...(wrong?.otherSources ?? [])].map((each) => each?.documentId))],
    })
    const second = await opened.made({ only: 'wrong', documentIds: [], count: 3 })
    expect(quizzes.get({ quizId: second })).toMatchObject({ only: 'wrong' })
    const asked = quizzes.questions({ quizId: second })
    expect(asked.length).toBeGreaterThan(0)
    // Each stands in a passage that holds a source of the wrong question.
    const sources = [wrong?.source, ...(wrong?.otherSources ?? [])].flatMap((each) => each ?? [])
    const passages = sources.flatMap(({ documentId: id, page, startOffset, endOffset }) =>
      readMaterialPages(store.reader, id)
        .filter(({ pageNumber }) => pageNumber === page)
        .flatMap(({ chunks }) => chunks)
        .filter((chunk) => chunk.startOffset < endOffset && chunk.endOffset > startOffset)
        .map((chunk) => ({ id, page, ...chunk })),
    )
    for (const { source } of asked) {
      expect(
        passages.some(
          ({ id, page, startOffset, endOffset }) =>
            id === source?.documentId &&
            page === source.page &&
            startOffset <= source.startOffset &&
            source.endOffset <= endOffset,
        ),
      ).toBe(true)
    }
  })

  it('forgets what was answered right when asked again, and what was dropped from the key', async () => {
    const opened = await openQuizzes()
    const { quizzes } = opened
    const quizId = await opened.made({ count: 6 })
    take(opened, quizId, (key, at) => (at < 2 ? (key + 1) % 4 : key))
    expect(quizzes.reach().wrong.count).toBe(2)
    take(opened, quizId, (key, at) => (at === 0 ? (key + 1) % 4 : key))
    expect(quizzes.reach().wrong.count).toBe(1)
    quizzes.drop({ questionId: quizzes.questions({ quizId })[0]?.id as QuestionId })
    expect(quizzes.reach().wrong.count).toBe(0)
  })

  it('leaves out documents that are not chosen', async () => {
    const opened = await openQuizzes()
    const quizId = await opened.made({ count: 6, documentIds: [ALL_IDS[0] as never] })
    take(opened, quizId, (key) => (key + 1) % 4)
    await expect(opened.made({ only: 'wrong', documentIds: [ALL_IDS[1] as never] })).rejects.toMatchObject(failure)
  })
})

describe('a quiz from this week', () => {
  it('asks about pages read in the last seven days, and no others', async () => {
    const opened = await openQuizzes()
    const { quizzes, store, clock } = opened
    clock.advance(30 * DAY_MS)
    expect(quizzes.reach().week).toEqual({ count: 0, documentIds: [] })
    await expect(opened.made({ only: 'week', documentIds: [] })).rejects.toMatchObject(failure)
    const read = { documentId: documentId('polity'), pageNumber: 1 }
    store.transaction((db) => markPageRead(db, { ...read, readAtMs: clock.nowMs() }))
    clock.advance(6 * DAY_MS)
    expect(quizzes.reach().week).toEqual({ count: 1, documentIds: [read.documentId] })
    const quizId = await opened.made({ only: 'week', documentIds: [], count: 4 })
    const asked = quizzes.questions({ quizId })
    expect(asked.length).toBeGreaterThan(0)
    expect(new Set(asked.map(({ source }) => `${source?.documentId} ${source?.page}`))).toEqual(new Set(['polity 1']))
    clock.advance(2 * DAY_MS)
    expect(quizzes.reach().week.count).toBe(0)
  })

  it('counts every page of a document that was added in them', async () => {
    const opened = await openQuizzes()
    opened.store.transaction((db) =>
      db.$client.prepare("UPDATE documents SET created_at_ms = ? WHERE id = 'geography'").run(opened.clock.nowMs()),
    )
    const { week } = opened.quizzes.reach()
    expect(week.documentIds).toEqual(['geography'])
    expect(week.count).toBeGreaterThan(0)
  })
})

describe('a quiz of one head of the syllabus', () => {
  it('asks about passages of that head alone, in whichever document they stand', async () => {
    const opened = await openQuizzes()
    const quizId = await opened.made({ syllabusId: 'prelims-polity', documentIds: [], count: 4 })
    expect(opened.quizzes.get({ quizId })).toMatchObject({ syllabusId: 'prelims-polity' })
    const asked = opened.quizzes.questions({ quizId })
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.every(({ source }) => source?.documentId !== 'geography')).toBe(true)
  })

  it('says when no passage belongs to it, and when there is no such head', async () => {
    const { made } = await openQuizzes()
    await expect(made({ syllabusId: 'prelims-economy-banking' })).rejects.toMatchObject(failure)
    await expect(made({ syllabusId: 'astrology' })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('how hard a quiz is', () => {
  it.each(['easy', 'medium', 'hard'] as const)('has questions of the wished level alone: %s', async (difficulty) => {
    const opened = await openQuizzes()
    const quizId = await opened.made({ difficulty, count: 4 })
    const asked = opened.quizzes.questions({ quizId })
    expect(asked.length).toBeGreaterThan(0)
    expect(new Set(asked.map((question) => question.difficulty))).toEqual(new Set([difficulty]))
  })

  it('mixes levels, and takes another level rather than none', async () => {
    const opened = await openQuizzes()
    const quizId = await opened.made({ difficulty: 'mixed', count: 10 })
    const levels = opened.quizzes.questions({ quizId }).map(({ difficulty }) => difficulty)
    expect(levels).toHaveLength(10)
    expect(new Set(levels).size).toBe(3)
    expect(levels.filter((level) => level === 'hard').length).toBeLessThanOrEqual(4)
  })

  it('refuses a level that a style never has', async () => {
    const { made } = await openQuizzes()
    await expect(made({ style: 'negative', difficulty: 'hard' })).rejects.toMatchObject({ code: 'bad-input' })
  })
})
