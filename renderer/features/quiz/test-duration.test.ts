import { describe, expect, it } from 'vitest'
import { defaultMinutes } from './test-duration.ts'

describe('defaultMinutes', () => {
  it.each([
    [100, 120],
    [10, 12],
    [5, 6],
    [1, 2],
    [0, 1],
  ])('%i questions have %i minutes', (questionCount, minutes) => {
    expect(defaultMinutes(questionCount)).toBe(minutes)
  })
})
