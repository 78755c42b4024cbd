import type { Settings } from '#contract/system.ts'
import { type StudyErrorCode, toStudyError } from '../errors.ts'
import type { ChatEvent, Clock, ExpectedDuration, LanguageModel } from '../ports.ts'
import { countPromptTokens, countTokens } from './count-tokens.ts'
import type { DailyBudget } from './daily-budget.ts'
import type { ModelActivity } from './model-activity.ts'
import type { CallName, UsageLedger } from './usage-ledger.ts'

export interface MeterParts {
  model: LanguageModel
  settings: () => Pick<Settings, 'provider'>
  ledger: UsageLedger
  budget: DailyBudget
  activity: ModelActivity
  clock: Pick<Clock, 'monotonicMs'>
  expect: (model: string, tokens: { promptTokens: number; replyTokens: number }) => ExpectedDuration | undefined
  /** What an answer takes at most, to say beforehand how long it may be waited for. */
  longestAnswer: { promptTokens: number; replyTokens: number }
}

/** With these the server read nothing, so nothing is counted. */
const NOTHING_READ: readonly StudyErrorCode[] = [
  'model-unreachable',
  'model-missing',
  'model-refused',
  'model-busy',
  'key-refused',
  'prompt-too-long',
]

/**
 * A LanguageModel whose every call is written into the ledger, shown while it runs, and refused
 * (`budget-reached`) before it could pass a limit of the day.
 */
export function meterCalls(parts: MeterParts): LanguageModel {
  const { model, settings, ledger, budget, activity, clock, expect } = parts
  return {
    async status(signal, how) {
      const status = await model.status(signal, how)
      const expected =
        status.state === 'ready' && status.model !== undefined ? expect(status.model, parts.longestAnswer) : undefined
      return expected ? { ...status, answerMs: expected.totalMs } : status
    },
    tryAgain: () => model.tryAgain?.(),
    async *chat(request) {
      const { feature = 'other', priority = 'bulk', maxTokens } = request
      const promptTokens = countPromptTokens(request.messages)
      const shown = activity.enter({ feature, priority })
      let call: CallName = { provider: settings().provider, model: '', feature }
      let entry: ReturnType<UsageLedger['open']> | undefined
      let startedAtMs = clock.monotonicMs()
      let reply = ''
      let done: Extract<ChatEvent, { type: 'done' }> | undefined
      let failure: StudyErrorCode | undefined
      try {
        for await (const event of model.chat(request)) {
          if (event.type === 'started') {
            call = { ...call, provider: event.provider, model: event.model }
            budget.allow(call, { promptTokens, replyTokens: maxTokens })
            entry = ledger.open(call, promptTokens)
            startedAtMs = clock.monotonicMs()
            const expected = expect(event.model, { promptTokens, replyTokens: maxTokens })
            const told = expected ? { ...event, expected } : event
            shown.follow(told)
            yield told
            continue
          }
          if (event.type === 'token') reply += event.text
          if (event.type === 'done') done = event
          shown.follow(event)
          yield event
        }
      } catch (error) {
        failure = toStudyError(error).code
        // A call that never found its model is a call too; one that was not allowed, or left in the queue, is none.
        if (!entry && failure !== 'budget-reached' && failure !== 'cancelled') entry = ledger.open(call, 0)
        throw error
      } finally {
        shown.leave()
        const readNothing = failure !== undefined && NOTHING_READ.includes(failure)
        entry?.close(
          done
            ? {
                outcome: done.reachedLimit ? 'limit' : 'done',
                ...done.usage,
                isEstimate: done.usage.isEstimate ?? false,
              }
            : {
                outcome: failure ?? 'cancelled',
                promptTokens: readNothing ? 0 : promptTokens,
                replyTokens: countTokens(reply),
                isEstimate: true,
                durationMs: clock.monotonicMs() - startedAtMs,
              },
        )
      }
    },
  }
}
