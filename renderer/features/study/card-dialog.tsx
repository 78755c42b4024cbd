import { Button, Group, Modal, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Card } from '#contract/study.ts'
import { failureOf, orpc } from '../../client/index.ts'
import { FailureNote } from '../../ui/failure-note.tsx'

const LONGEST_SIDE = 1000

/** Both sides of a card, to be put in the person's own words. */
export function CardDialog(props: { card: Card; onSaved(): void; onClose(): void }) {
  const { card, onSaved, onClose } = props
  const { t } = useTranslation()
  const [front, setFront] = useState(card.front)
  const [back, setBack] = useState(card.back)
  const save = useMutation(orpc.study.updateCard.mutationOptions({ onSuccess: onSaved }))
  const isWhole = front.trim() !== '' && back.trim() !== ''
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('study.cards.edit')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isWhole) save.mutate({ cardId: card.id, front, back })
        }}
      >
        <Textarea
          label={t('study.cards.front')}
          data-autofocus
          autosize
          minRows={2}
          maxLength={LONGEST_SIDE}
          value={front}
          onChange={(event) => setFront(event.currentTarget.value)}
        />
        <Textarea
          mt={12}
          label={t('study.cards.back')}
          autosize
          minRows={1}
          maxLength={LONGEST_SIDE}
          value={back}
          onChange={(event) => setBack(event.currentTarget.value)}
        />
        {save.error && <FailureNote failure={failureOf(save.error)} />}
        <Group mt={16} justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={!isWhole} loading={save.isPending}>
            {t('common.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
