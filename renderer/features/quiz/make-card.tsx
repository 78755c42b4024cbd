import { Button } from '@mantine/core'
import { IconCards } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { QuestionId } from '#contract/ids.ts'
import { client, orpc } from '../../client/index.ts'
import { navigate } from '../../state/hash-location.ts'
import { notify } from '../../ui/notify.tsx'

/** Keeps what a question asks as a flashcard; a second time it leads to the one that is there. */
export function MakeCard({ questionId }: { questionId: QuestionId }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const make = useMutation({
    mutationFn: () => client.quiz.makeCard({ questionId }),
    onSuccess: ({ card, isNew }) => {
      void queryClient.invalidateQueries({ queryKey: orpc.study.cards.key() })
      const of = card.source ? `?document=${encodeURIComponent(card.source.documentId)}` : ''
      notify({
        title: t(isNew ? 'quiz.card.made' : 'quiz.card.there'),
        message: card.front.split('\n')[0] ?? '',
        action: { label: t('quiz.card.show'), run: () => navigate(`/study/cards${of}`) },
      })
    },
    meta: { failureTitle: 'quiz.card.failed' },
  })
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconCards size={15} />}
      loading={make.isPending}
      onClick={() => make.mutate()}
    >
      {t('quiz.card.make')}
    </Button>
  )
}
