import type { QueryClient } from '@tanstack/react-query'
import type { QuizId } from '#contract/ids.ts'
import { orpc } from '../../client/index.ts'

/** While a quiz is being made its questions come one by one. */
const WHILE_MAKING_MS = 1000

export function quizzesQuery() {
  return orpc.quiz.list.queryOptions({
    staleTime: 0,
    refetchInterval: (query) =>
      query.state.data?.some(({ status }) => status === 'making') ? 2 * WHILE_MAKING_MS : false,
  })
}

export function quizQuery(quizId: QuizId) {
  return orpc.quiz.get.queryOptions({
    input: { quizId },
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.status === 'making' ? WHILE_MAKING_MS : false),
  })
}

/** After a test was begun, submitted or removed, every count and score may be another. */
export function refreshQuizzes(queryClient: QueryClient): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: orpc.quiz.key() })
}
