import { describe, expect, it } from 'vitest'
import type { ModelStatus } from '#contract/system.ts'
import { modelChoices } from './model-choices.ts'

const status: ModelStatus = {
  state: 'ready',
  url: 'http://127.0.0.1:11434',
  models: [
    { name: 'qwen3:4b', byteSize: 2_500_000_000, local: true },
    { name: 'big:cloud', byteSize: 0, local: false },
    { name: 'llama3.2:3b', byteSize: 2_000_000_000, local: true },
  ],
  message: '',
}

describe('modelChoices', () => {
  it('puts the automatic choice first and models that run elsewhere last', () => {
    expect(modelChoices(status, '').map(({ value }) => value)).toEqual(['', 'llama3.2:3b', 'qwen3:4b', 'big:cloud'])
  })

  it('keeps a chosen model that is not installed any more, and says so', () => {
    expect(modelChoices(status, 'gone:1b').at(-1)).toMatchObject({ value: 'gone:1b', installed: false })
    expect(modelChoices(undefined, 'gone:1b').map(({ value }) => value)).toEqual(['', 'gone:1b'])
  })
})
