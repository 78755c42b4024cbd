import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { QuizSummary } from '#contract/quiz.ts'
import { failureOf, orpc } from '../../client/index.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { quizzesQuery } from './quiz-queries.ts'

/** Asks before a quiz goes with its tests. */
export function DeleteQuizDialog(props: { quiz: QuizSummary | undefined; onClose(): void; onDeleted?(): void }) {
  const { quiz, onClose, onDeleted } = props
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const remove = useMutation(
    orpc.quiz.delete.mutationOptions({
      onSuccess: (_done, { quizId }) => {
        onClose()
        onDeleted?.()
        // What showed this quiz alone would ask for what is no longer there.
        queryClient.removeQueries({ queryKey: orpc.quiz.get.key({ input: { quizId } }) })
        queryClient.removeQueries({ queryKey: orpc.quiz.questions.key({ input: { quizId } }) })
        return queryClient.invalidateQueries({ queryKey: quizzesQuery().queryKey })
      },
    }),
  )
  return (
    <ConfirmDialog
      opened={quiz !== undefined}
      title={t('quiz.page.deleteTitle')}
      body={
        <>
          “{quiz?.title}”
          <br />
          {t('quiz.page.deleteBody')}
        </>
      }
      confirmLabel={t('quiz.page.deleteConfirm')}
      busy={remove.isPending}
      failure={remove.error ? failureOf(remove.error) : undefined}
      onConfirm={() => quiz && remove.mutate({ quizId: quiz.id })}
      onClose={() => {
        remove.reset()
        onClose()
      }}
    />
  )
}
