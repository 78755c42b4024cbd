import { describe, expect, it } from 'vitest'
import type { ModelStatus } from '#contract/system.ts'
import { describeEngine } from './describe-engine.ts'

const ready: ModelStatus = {
  state: 'ready',
  url: 'http://127.0.0.1:11434',
  model: 'llama3.2:3b',
  models: [{ name: 'llama3.2:3b', byteSize: 2e9, local: true }],
  message: '',
}
const away: ModelStatus = { ...ready, state: 'unreachable', model: undefined, models: [] }

describe('describeEngine', () => {
  it('names the model where it is ready', () => {
    expect(describeEngine('auto', ready)).toEqual({ answers: 'model', model: 'llama3.2:3b', local: true })
    expect(describeEngine('ollama', ready)).toEqual({ answers: 'model', model: 'llama3.2:3b', local: true })
  })

  it('tells how long it takes here, where that was measured', () => {
    expect(describeEngine('auto', { ...ready, answerMs: 61_000 })).toMatchObject({ answerMs: 61_000 })
  })

  it('does not claim that a cloud model runs on this computer', () => {
    const models = [{ name: 'llama3.2:3b', byteSize: 0, local: false }]
    expect(describeEngine('auto', { ...ready, models })).toMatchObject({ answers: 'model', local: false })
  })

  it('falls back to sentences with the reason, but only where it may', () => {
    expect(describeEngine('auto', away)).toEqual({ answers: 'sentences', why: 'unreachable' })
    expect(describeEngine('ollama', away)).toEqual({ answers: 'away', why: 'unreachable' })
  })

  it('needs no model for sentences', () => {
    expect(describeEngine('extractive', away)).toEqual({ answers: 'sentences', why: undefined })
    expect(describeEngine('extractive', undefined)).toEqual({ answers: 'sentences', why: undefined })
  })

  it('waits for the status', () => {
    expect(describeEngine('auto', undefined)).toEqual({ answers: 'unknown' })
  })
})
