import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { BriefSummary } from '#contract/study.ts'
import { orpc } from '../../client/index.ts'
import { notify } from '../../ui/notify.tsx'

/** Deletes a summary or comparison; the notice that says so brings it back. */
export function useDeleteBrief() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refresh = () => queryClient.invalidateQueries({ queryKey: orpc.study.briefs.key() })
  const restore = useMutation(orpc.study.restoreBrief.mutationOptions({ onSuccess: refresh }))
  const remove = useMutation(orpc.study.deleteBrief.mutationOptions({ onSuccess: refresh }))
  return async ({ id, title }: Pick<BriefSummary, 'id' | 'title'>) => {
    await remove.mutateAsync({ briefId: id })
    notify({
      title: t('study.deleted'),
      message: title,
      action: { label: t('common.undo'), run: () => restore.mutate({ briefId: id }) },
    })
  }
}
