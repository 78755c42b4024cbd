import { Button, Group, Modal, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '#contract/errors.ts'
import { FailureNote } from './failure-note.tsx'

/** Asks before something that cannot be taken back. Escape and Cancel leave everything as it is. */
export function ConfirmDialog(props: {
  opened: boolean
  title: string
  body: ReactNode
  /** The deed itself: "Delete 3 documents", never "OK". */
  confirmLabel: string
  /** What is confirmed can be taken back after all, but not unseen: no red. */
  harmless?: boolean
  busy?: boolean
  failure?: Failure | undefined
  onConfirm(): void
  onClose(): void
}) {
  const { opened, title, body, confirmLabel, harmless = false, busy = false, failure, onConfirm, onClose } = props
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size="md"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Text component="div" c="dimmed" mb="lg">
        {body}
      </Text>
      {failure && <FailureNote failure={failure} />}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('common.cancel')}
        </Button>
        <Button {...(harmless ? {} : { color: 'red' })} loading={busy} onClick={onConfirm}>
          {confirmLabel}
        </Button>
      </Group>
    </Modal>
  )
}
