import { useEffect, useMemo, useRef, useState } from 'react'
import type { AttemptId, QuestionId } from '#contract/ids.ts'
import type { Attempt, OpenQuestion, Response } from '#contract/quiz.ts'
import { client } from '../../../client/index.ts'
import { type Keeper, keepSending, type Saving } from '../../../state/keep-sending.ts'
import { responsesOf } from './attempt-state.ts'

/** The answers of an open test: changed on screen at once, saved at once. */
export function useResponses(
  attempt: Attempt,
  questions: readonly OpenQuestion[],
  readElapsedMs: () => number,
): {
  responses: ReadonlyMap<QuestionId, Response>
  change(questionId: QuestionId, change: Partial<Omit<Response, 'questionId'>>): void
  saving: Saving
  settled(): Promise<void>
} {
  const [responses, setResponses] = useState(() => responsesOf(attempt, questions))
  const [saving, setSaving] = useState<Saving>({ unsavedCount: 0, isFailing: false })
  const keeper = useRef<Keeper<Response>>(undefined)
  const attemptId: AttemptId = attempt.id
  useEffect(() => {
    const kept = keepSending<Response>({
      keyOf: ({ questionId }) => questionId,
      send: (response) => client.quiz.respond({ attemptId, response, elapsedMs: Math.round(readElapsedMs()) }),
      onChange: setSaving,
      sleep: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
    })
    keeper.current = kept
    return () => kept.stop()
  }, [attemptId, readElapsedMs])
  return useMemo(
    () => ({
      responses,
      saving,
      change(questionId, change) {
        const before = responses.get(questionId)
        if (!before) return
        const after = { ...before, ...change }
        const isSame = after.chosenIndex === before.chosenIndex && after.marked === before.marked
        if (isSame && after.spentMs === before.spentMs) return
        setResponses(new Map(responses).set(questionId, after))
        keeper.current?.save(after)
      },
      settled: () => keeper.current?.settled() ?? Promise.resolve(),
    }),
    [responses, saving],
  )
}
