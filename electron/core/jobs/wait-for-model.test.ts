import { expect, it } from 'vitest'
import { StudyError } from '../errors.ts'
import { waitForModel } from './wait-for-model.ts'

it.each([
  ['model-unreachable', 'snooze'],
  ['model-busy', 'snooze'],
  ['budget-reached', 'snooze'],
  ['model-missing', 'park'],
  ['model-refused', 'park'],
  ['key-refused', 'park'],
] as const)('work without its model waits: %s', (code, type) => {
  const error = new StudyError(code, 'away')
  expect(waitForModel(error)).toMatchObject({ type, error })
})

it('all else is a failure of its own', () => {
  const error = new StudyError('prompt-too-long', 'too long')
  expect(() => waitForModel(error)).toThrow(error)
})
