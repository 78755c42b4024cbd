import { describe, expect, it } from 'vitest'
import { DEFAULT_EXAM } from '#contract/quiz.ts'
import { openQuizBench, SHIPPED_EXAMS } from '../testing/quiz-bench.ts'
import { GEOGRAPHY, HISTORY, POLITY } from '../testing/study-prose.ts'
import type { ExamProfile } from './exam-profiles.ts'
import { makeQuestionExchange, outcomeOf } from './exchange-questions.ts'
import { readWholeQuestions } from './to-quiz.ts'

async function openExchange() {
  const bench = await openQuizBench({ documents: [POLITY, GEOGRAPHY, HISTORY] })
  const { store, ids, clock } = bench
  const exchange = makeQuestionExchange({
    store,
    ids,
    clock,
    embedder: () => undefined,
    examOf: (id) => SHIPPED_EXAMS.get(id) as ExamProfile,
  })
  const quizId = bench.addQuiz({ count: 6 })
  await bench.make(quizId)
  const wholeOf = (id: typeof quizId) => readWholeQuestions(store.reader, id)
  return { bench, exchange, quizId, wholeOf }
}

describe('questions that leave and come back', () => {
  it.each(['json', 'csv'] as const)('are the same in another library, as %s', async (format) => {
    const { exchange, quizId, wholeOf } = await openExchange()
    const before = wholeOf(quizId)
    const { fileName, text } = exchange.exportQuestions({ quizId, format })
    expect(fileName).toBe(`Practice.${format}`)
    const other = await openQuizBench({})
    const there = makeQuestionExchange({
      ...other,
      embedder: () => undefined,
      examOf: () => SHIPPED_EXAMS.get(DEFAULT_EXAM) as ExamProfile,
    })
    const { quiz, importedCount, duplicates, problems } = await outcomeOf(there.importQuestions({ fileName, text }))
    expect({ importedCount, duplicates, problems }).toEqual({
      importedCount: before.length,
      duplicates: [],
      problems: [],
    })
    expect(quiz).toMatchObject({ title: 'Practice', engine: 'imported', status: 'ready', examId: 'upsc-gs1' })
    const after = quiz ? readWholeQuestions(other.store.reader, quiz.id) : []
    const content = ({ stem, statements, prompt, options, answerIndex, style }: (typeof before)[number]) => ({
      stem,
      statements,
      prompt,
      options,
      answerIndex,
      style,
    })
    expect(after.map(content)).toEqual(before.map(content))
    // Where they stood is told, but opens nothing.
    expect(after.every(({ source, explanation }) => source === undefined && explanation.includes('p. '))).toBe(true)
  })

  it('are told as duplicates where they are there already, and twice in one file', async () => {
    const { exchange, quizId, wholeOf } = await openExchange()
    const { fileName, text } = exchange.exportQuestions({ quizId, format: 'json' })
    const again = await outcomeOf(exchange.importQuestions({ fileName, text }))
    expect(again.quiz).toBeUndefined()
    expect(again.duplicates).toHaveLength(wholeOf(quizId).length)
    const twice = 'question,option_a,option_b,answer\nWhat is a zila parishad?,A,B,a\nWhat is a zila parishad ?,A,B,a\n'
    expect(await outcomeOf(exchange.importQuestions({ fileName: 'x.csv', text: twice }))).toMatchObject({
      importedCount: 1,
      duplicates: [{ number: 2 }],
    })
  })

  it('change nothing when none can be used', async () => {
    const { bench, exchange } = await openExchange()
    const count = () => bench.store.reader.$client.prepare('SELECT count(*) FROM quizzes').pluck().get()
    const before = count()
    const text = 'question,option_a,option_b,answer\nOne?,x,y,e\n'
    await expect(outcomeOf(exchange.importQuestions({ fileName: 'x.csv', text }))).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('Nothing was imported'),
    })
    expect(count()).toBe(before)
  })

  it('tell how far they are, and leave everything as it was when stopped', async () => {
    const { bench, exchange } = await openExchange()
    const count = () => bench.store.reader.$client.prepare('SELECT count(*) FROM questions').pluck().get()
    const before = count()
    const rows = Array.from({ length: 40 }, (_, at) => `"Which number is ${'x'.repeat(at)}${at}?",A,B,a`)
    const text = ['question,option_a,option_b,answer', ...rows].join('\n')
    const stop = new AbortController()
    const seen: number[] = []
    const read = async () => {
      for await (const event of exchange.importQuestions({ fileName: 'x.csv', text }, stop.signal)) {
        if (event.type !== 'progress') throw new Error('it went on to its end')
        seen.push(event.done / event.total)
        if (seen.length === 2) stop.abort()
      }
    }
    await expect(read()).rejects.toMatchObject({ name: 'AbortError' })
    expect(seen).toEqual([0, 16 / 40])
    expect(count()).toBe(before)
    expect((await outcomeOf(exchange.importQuestions({ fileName: 'x.csv', text }))).importedCount).toBeGreaterThan(1)
  })
})
