import type { Answer, AskEngine, AskEvent, AskTask, Selection } from '#contract/ask.ts'
import type { Failure } from '#contract/errors.ts'
import type { AnswerId, ConversationId } from '#contract/ids.ts'
import type { SearchHit } from '#contract/search.ts'
import type { ScopeChoice } from '../../state/search-view.ts'

export interface Question {
  question: string
  engine: AskEngine
  scope: ScopeChoice
  /** A marked stretch that alone is asked. */
  selection?: Selection | undefined
  /** It is to be explained. */
  task?: AskTask | undefined
  /** The conversation it goes on with. */
  conversationId?: ConversationId | undefined
  /** The answer whose place the new one takes. */
  replaces?: AnswerId | undefined
  /** A part that is to be written on. */
  resumes?: AnswerId | undefined
}

/** A question on its way to an answer, as the page shows it. */
export interface Asking extends Question {
  phase: 'running' | 'stopping' | 'answered' | 'failed'
  /** Known once the core has begun. */
  answerId: AnswerId | undefined
  /** The question as it was completed from the turns before it. */
  asked: string | undefined
  stage: Extract<AskEvent, { type: 'stage' }>['stage']
  /** While it waits: calls of the model before it. */
  ahead: number
  startedAtMs: number
  /** When the model began, and how long it will take by what it took before; undefined while nothing is known. */
  expected: { fromMs: number; durationMs: number } | undefined
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
    answerId: undefined,
    asked: undefined,
    stage: 'searching',
    ahead: 0,
    startedAtMs,
    expected: undefined,
    passages: [],
    answeredBy: undefined,
    text: '',
    answer: undefined,
    failure: undefined,
  }
}

/** Whether an answer is on its way. */
export function isRunning(asking: Asking | undefined): asking is Asking {
  return asking?.phase === 'running' || asking?.phase === 'stopping'
}

/** What stands on screen after an event of the stream. */
export function followAsking(asking: Asking, event: AskEvent, nowMs: number): Asking {
  switch (event.type) {
    case 'begun':
      return { ...asking, conversationId: event.conversationId, answerId: event.answerId }
    case 'rewritten':
      return { ...asking, asked: event.asked }
    case 'stage':
      // A model asked a second time writes from the beginning.
      return {
        ...asking,
        stage: event.stage,
        ahead: event.ahead ?? 0,
        ...(event.expectedMs !== undefined && { expected: { fromMs: nowMs, durationMs: event.expectedMs } }),
        text: event.stage === 'reading' && !asking.resumes ? '' : asking.text,
      }
    case 'passages':
      return { ...asking, passages: event.passages, answeredBy: event.engine }
    case 'token':
      return { ...asking, text: asking.text + event.text }
    case 'answer':
      return { ...asking, phase: 'answered', answer: event.answer, failure: event.answer.failure }
  }
}
