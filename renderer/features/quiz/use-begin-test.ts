import { useMutation, useQueryClient } from '@tanstack/react-query'
import { orpc } from '../../client/index.ts'
import { navigate } from '../../state/hash-location.ts'
import { refreshQuizzes } from './quiz-queries.ts'

/** Begins a test, or goes on with the open one, and shows it. */
export function useBeginTest() {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.quiz.begin.mutationOptions({
      onSuccess: ({ attempt }) => {
        void refreshQuizzes(queryClient)
        navigate(`/quizzes/attempt/${encodeURIComponent(attempt.id)}`)
      },
    }),
  )
}
