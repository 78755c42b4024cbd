import type { QueryClient } from '@tanstack/react-query'
import type { MainsAnswerId } from '#contract/ids.ts'
import type { MainsAnswer } from '#contract/mains.ts'
import { orpc } from '../../client/index.ts'

const WHILE_READING_MS = 1000

export function questionsQuery() {
  return orpc.mains.questions.queryOptions({ staleTime: 0 })
}

export function historyQuery() {
  return orpc.mains.answers.queryOptions({ staleTime: 0 })
}

/** What directives and formats there are does not change while the app runs. */
export function directivesQuery() {
  return orpc.mains.directives.queryOptions({ staleTime: Number.POSITIVE_INFINITY })
}

export function syllabusQuery() {
  return orpc.syllabus.tree.queryOptions({
    input: {},
    staleTime: 10_000,
    refetchInterval: (query) => (query.state.data?.isComplete === false ? 3000 : false),
  })
}

/** What comes after the checks comes one by one. */
export function answerQuery(answerId: MainsAnswerId) {
  return orpc.mains.answer.queryOptions({
    input: { answerId },
    staleTime: 0,
    refetchInterval: (query) => (isBeingRead(query.state.data) ? WHILE_READING_MS : false),
  })
}

export function isBeingRead(answer: MainsAnswer | undefined): boolean {
  const { points, rubric } = answer?.evaluation ?? {}
  return points?.state === 'waiting' || rubric?.state === 'waiting'
}

export function refreshMains(queryClient: QueryClient): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: orpc.mains.key() })
}
