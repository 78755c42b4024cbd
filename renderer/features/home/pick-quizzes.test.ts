import { describe, expect, it } from 'vitest'
import { QuizSummary } from '#contract/quiz.ts'
import { pickQuizzes } from './pick-quizzes.ts'

function quiz(title: string, createdAtMs: number, more: Record<string, unknown> = {}): QuizSummary {
  return QuizSummary.parse({
    id: title,
    title,
    style: 'mixed',
    difficulty: 'exam',
    only: 'all',
    examId: 'upsc-gs1',
    engine: 'rules',
    status: 'ready',
    requestedCount: 10,
    questionCount: 10,
    droppedCount: 0,
    documentIds: ['d'],
    durationMs: 720_000,
    createdAtMs,
    ...more,
  })
}

const taken = { lastAttempt: { id: 'a', scoreUnits: 10, maxUnits: 120, submittedAtMs: 1 } }

describe('pickQuizzes', () => {
  it('puts what is begun before what is new, and what is done last', () => {
    const picked = pickQuizzes(
      [
        quiz('done', 9, taken),
        quiz('making', 8, { status: 'making' }),
        quiz('new', 7),
        quiz('begun', 1, { openAttemptId: 'o' }),
      ],
      10,
    )
    expect(picked.map(({ title }) => title)).toEqual(['begun', 'new', 'making', 'done'])
  })

  it('leaves out what failed, and keeps to the limit', () => {
    const picked = pickQuizzes([quiz('failed', 9, { status: 'failed' }), quiz('old', 1), quiz('new', 2)], 1)
    expect(picked.map(({ title }) => title)).toEqual(['new'])
  })
})
