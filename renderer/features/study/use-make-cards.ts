import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { failureOf, orpc } from '../../client/index.ts'
import { navigate } from '../../state/hash-location.ts'
import { notify } from '../../ui/notify.tsx'

/** Makes cards of what is marked and says what became of it. */
export function useMakeCards() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  return useMutation(
    orpc.study.makeCards.mutationOptions({
      onSuccess: async (cards, { selection }) => {
        await queryClient.invalidateQueries({ queryKey: orpc.study.cards.key() })
        const engine = cards[0]?.engine === 'ollama' ? t('study.cards.byModel') : t('study.cards.byRules')
        notify({
          title: t('study.cards.made', { count: cards.length }),
          message: engine,
          action: {
            label: t('study.cards.show'),
            run: () => navigate(`/study/cards?document=${encodeURIComponent(selection.documentId)}`),
          },
        })
      },
      onError: (error) => {
        const { code, message } = failureOf(error)
        notify({ title: t(`failures.${code}.title`), message, failed: true })
      },
    }),
  )
}
