import { describe, expect, it } from 'vitest'
import { examMinutes } from './test-duration.ts'

describe('examMinutes', () => {
  it.each([
    [100, 120],
    [10, 12],
    [5, 6],
    [1, 2],
    [0, 1],
  ])('%i questions have %i minutes', (questionCount, minutes) => {
    expect(examMinutes(questionCount)).toBe(minutes)
  })

  it('follows the exam', () => {
    expect(examMinutes(15, { questionCount: 150, durationMs: 7_200_000 })).toBe(12)
  })
})
