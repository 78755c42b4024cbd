import { describe, expect, it } from 'vitest'
import { STUDY_ERROR_CODES } from '#contract/error-codes.ts'
import type { JobId } from '#contract/ids.ts'
import { StudyError, type StudyErrorCode } from '../errors.ts'
import { crashDelayMs, judgeError, retryDelayMs } from './retry-policy.ts'

describe('judgeError', () => {
  it.each<[StudyErrorCode, string]>([
    ['model-unreachable', 'snooze'],
    ['model-busy', 'snooze'],
    ['disk-full', 'snooze'],
    ['model-missing', 'park'],
    ['embedding-model-missing', 'park'],
    ['prompt-too-long', 'given-up'],
    ['file-encrypted', 'given-up'],
    ['bad-input', 'given-up'],
    ['model-bad-output', 'retry'],
    ['page-timeout', 'retry'],
    ['internal', 'retry'],
  ])('%s → %s', (code, type) => {
    expect(judgeError(new StudyError(code, 'x')).type).toBe(type)
  })

  it('has a word for every code, and tries anything that is not ours again', () => {
    for (const code of STUDY_ERROR_CODES) expect(judgeError(new StudyError(code, 'x')).type).toMatch(/./)
    expect(judgeError(new TypeError('x is undefined'))).toMatchObject({ type: 'retry', error: { code: 'internal' } })
    expect(judgeError('a string')).toMatchObject({ type: 'retry' })
    expect(judgeError(undefined)).toMatchObject({ type: 'retry' })
    expect(judgeError(Object.assign(new Error(), { code: 'ENOSPC' }))).toMatchObject({ type: 'snooze' })
    expect(judgeError(Object.assign(new Error(), { code: 'SQLITE_BUSY_SNAPSHOT' }))).toMatchObject({ type: 'release' })
  })
})

describe('the waits', () => {
  const ids = Array.from({ length: 200 }, (_, n) => `job-${n}` as JobId)

  it('double up to ten minutes, spread over a fifth, the same for the same job', () => {
    for (const id of ids) {
      const waits = Array.from({ length: 12 }, (_, n) => retryDelayMs(id, n + 1))
      waits.forEach((ms, n) => {
        const most = Math.min(2000 * 2 ** n, 600_000)
        expect(ms).toBeGreaterThanOrEqual(most * 0.8 - 1)
        expect(ms).toBeLessThanOrEqual(most)
      })
      expect(retryDelayMs(id, 3)).toBe(waits[2])
    }
    expect(new Set(ids.map((id) => retryDelayMs(id, 5))).size).toBeGreaterThan(150)
  })

  it('are none after a first crash', () => {
    for (const id of ids) {
      expect(crashDelayMs(id, 1)).toBe(0)
      expect(crashDelayMs(id, 2)).toBeGreaterThanOrEqual(10_000)
    }
  })
})
