import type { Answer, AskEngine, AskEvent } from '#contract/ask.ts'
import type { Failure } from '#contract/errors.ts'
import type { SearchHit } from '#contract/search.ts'
import type { ScopeChoice } from '../../state/search-view.ts'

export interface Question {
  question: string
  engine: AskEngine
  scope: ScopeChoice
}

/** A question on its way to an answer, as the page shows it. */
export interface Asking extends Question {
  phase: 'running' | 'stopping' | 'answered' | 'failed'
  stage: Extract<AskEvent, { type: 'stage' }>['stage']
  startedAtMs: number
  /** What was found to answer from; the engine is known with it. */
  passages: readonly SearchHit[]
  answeredBy: 'ollama' | 'extractive' | undefined
  /** What the model wrote so far: not yet checked against the sources. */
  text: string
  answer: Answer | undefined
  failure: Failure | undefined
}

export function beginAsking(question: Question, startedAtMs: number): Asking {
  return {
    ...question,
    phase: 'running',
    stage: 'searching',
    startedAtMs,
    passages: [],
    answeredBy: undefined,
    text: '',
    answer: undefined,
    failure: undefined,
  }
}

/** What stands on screen after an event of the stream. */
export function followAsking(asking: Asking, event: AskEvent): Asking {
  switch (event.type) {
    case 'stage':
      // A model asked a second time writes from the beginning.
      return { ...asking, stage: event.stage, text: event.stage === 'reading' ? '' : asking.text }
    case 'passages':
      return { ...asking, passages: event.passages, answeredBy: event.engine }
    case 'token':
      return { ...asking, text: asking.text + event.text }
    case 'answer':
      return { ...asking, phase: 'answered', answer: event.answer, failure: event.answer.failure }
  }
}
