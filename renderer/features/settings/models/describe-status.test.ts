import { describe, expect, it } from 'vitest'
import { ModelProblem, type ModelStatus } from '#contract/system.ts'
import { en, hi } from '../../../strings/resources.ts'
import { describeStatus } from './describe-status.ts'

const away: ModelStatus = { state: 'unreachable', provider: 'ollama', url: '', models: [], message: '' }

describe('what is wrong with a model', () => {
  it('has a mend for every problem, in both languages', () => {
    for (const problem of ModelProblem.options) {
      for (const provider of ['ollama', 'openai'] as const) {
        for (const strings of [en, hi]) {
          const { headline, mend } = describeStatus({ ...away, provider, problem, os: 'win32' })
          const at = (key: string) =>
            key.split('.').reduce<unknown>((tree, name) => (tree as Record<string, unknown>)?.[name], strings)
          expect(at(headline), headline).toBeTypeOf('string')
          expect(at(mend ?? ''), mend).toBeTypeOf('string')
        }
      }
    }
  })

  it('is mended by a command on Linux, by hand elsewhere', () => {
    const stopped = { ...away, problem: 'not-running' as const }
    expect(describeStatus({ ...stopped, os: 'linux' }).command).toBe('systemctl start ollama')
    expect(describeStatus({ ...stopped, os: 'darwin' }).command).toBeUndefined()
    expect(describeStatus({ ...stopped, provider: 'openai', os: 'linux' }).command).toBeUndefined()
  })

  it('is nothing for one that is ready', () => {
    expect(describeStatus({ ...away, state: 'ready', model: 'm' })).toEqual({ headline: 'models.state.ready' })
  })
})
