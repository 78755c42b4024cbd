import { expect, it } from 'vitest'
import type { ModelStep } from '#contract/jobs.ts'
import type { ChatEvent } from '../ports.ts'
import { absentModel } from '../testing/quiz-bench.ts'
import { readWholeReply } from './read-whole-reply.ts'

const REQUEST = { messages: [], maxTokens: 10 }
const EVENTS: ChatEvent[] = [
  { type: 'queued', ahead: 2 },
  { type: 'queued', ahead: 1 },
  { type: 'started', provider: 'ollama', model: 'small' },
  { type: 'loading' },
  { type: 'reading' },
  { type: 'token', text: 'Yes' },
  { type: 'token', text: '.' },
  {
    type: 'done',
    usage: { promptTokens: 1, replyTokens: 2, durationMs: 3 },
    reachedLimit: true,
  },
]

it('gathers a reply and tells each step of the model once, the place in the line whenever it changes', async () => {
  const steps: ModelStep[] = []
  const model = {
    ...absentModel,
    async *chat() {
      yield* EVENTS
    },
  }
  const reply = await readWholeReply(model, REQUEST, (step) => steps.push(step))
  expect(reply).toEqual({ text: 'Yes.', model: 'small', reachedLimit: true })
  expect(steps).toEqual([
    { step: 'waiting', ahead: 2 },
    { step: 'waiting', ahead: 1 },
    { step: 'reading' },
    { step: 'loading' },
    { step: 'reading' },
    { step: 'writing' },
  ])
})
