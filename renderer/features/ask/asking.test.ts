import { describe, expect, it } from 'vitest'
import type { AskEvent } from '#contract/ask.ts'
import { AnswerId } from '#contract/ids.ts'
import { beginAsking, followAsking } from './asking.ts'

const question = { question: 'Why?', engine: 'auto', scope: { documentIds: [], collectionIds: [] } } as const
const follow = (events: AskEvent[]) =>
  events.reduce((asking, event) => followAsking(asking, event, 9), beginAsking(question, 5))

describe('followAsking', () => {
  it('begins with the search', () => {
    expect(follow([])).toMatchObject({ phase: 'running', stage: 'searching', text: '', startedAtMs: 5 })
  })

  it('keeps how long the model will take, counted from when it began', () => {
    const asking = follow([
      { type: 'stage', stage: 'reading', expectedMs: 50_000 },
      { type: 'stage', stage: 'loading' },
      { type: 'stage', stage: 'writing' },
    ])
    expect(asking).toMatchObject({ stage: 'writing', expected: { fromMs: 9, durationMs: 50_000 } })
  })

  it('keeps the place behind other calls while it waits, and only then', () => {
    const waiting: AskEvent[] = [
      { type: 'stage', stage: 'waiting', ahead: 2 },
      { type: 'stage', stage: 'waiting', ahead: 1 },
    ]
    expect(follow(waiting)).toMatchObject({ stage: 'waiting', ahead: 1 })
    expect(follow([...waiting, { type: 'stage', stage: 'reading' }])).toMatchObject({ stage: 'reading', ahead: 0 })
  })

  it('writes on from what was there when a part is continued, though the model reads again', () => {
    const events: AskEvent[] = [
      { type: 'token', text: 'Six years. ' },
      { type: 'stage', stage: 'reading' },
      { type: 'token', text: 'One third retire.' },
    ]
    const resumed = beginAsking({ ...question, resumes: AnswerId.parse('a-1') }, 5)
    const shown = events.reduce((asking, event) => followAsking(asking, event, 9), resumed)
    expect(shown.text).toBe('Six years. One third retire.')
  })

  it('gathers tokens in order', () => {
    const asking = follow([
      { type: 'passages', passages: [], engine: 'ollama' },
      { type: 'stage', stage: 'writing' },
      { type: 'token', text: 'It ' },
      { type: 'token', text: 'is.' },
    ])
    expect(asking).toMatchObject({ stage: 'writing', answeredBy: 'ollama', text: 'It is.' })
  })

  it('begins anew when the model reads again', () => {
    const asking = follow([
      { type: 'token', text: 'Wrong' },
      { type: 'stage', stage: 'reading' },
      { type: 'token', text: 'Right' },
    ])
    expect(asking.text).toBe('Right')
  })

  it('ends with the answer, and keeps what went wrong in it', () => {
    const failure = { code: 'model-cut-off', message: 'It stopped.' } as const
    const asking = follow([{ type: 'answer', answer: { failure } as never }])
    expect(asking).toMatchObject({ phase: 'answered', failure })
  })
})
