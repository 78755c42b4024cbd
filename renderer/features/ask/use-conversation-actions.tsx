import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '#contract/ask.ts'
import { orpc } from '../../client/index.ts'
import { navigate } from '../../state/hash-location.ts'
import { notify } from '../../ui/notify.tsx'
import { conversationPath } from './ask-path.ts'

/** Renaming and deleting. What was deleted can be brought back from the notice that says so. */
export function useConversationActions(openId: string | undefined) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refresh = () => queryClient.invalidateQueries({ queryKey: orpc.ask.key() })
  const rename = useMutation(orpc.ask.rename.mutationOptions({ onSuccess: refresh }))
  const restore = useMutation(
    orpc.ask.restore.mutationOptions({
      onSuccess: async ({ id }) => {
        await refresh()
        navigate(conversationPath(id))
      },
    }),
  )
  const remove = useMutation(orpc.ask.delete.mutationOptions())
  const removeWithUndo = async ({ id, title }: Conversation) => {
    if (id === openId) navigate('/ask', { replace: true })
    await remove.mutateAsync({ conversationId: id })
    queryClient.removeQueries({ queryKey: orpc.ask.conversation.key({ input: { conversationId: id } }) })
    await refresh()
    notify({
      title: t('ask.history.deleted'),
      message: title,
      action: { label: t('common.undo'), run: () => restore.mutate({ conversationId: id }) },
    })
  }
  return { rename, removeWithUndo }
}
