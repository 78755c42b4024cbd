import { Button, Group, Modal, PasswordInput, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '#contract/errors.ts'

/** Asks for the password of a locked document; it goes to the import and nowhere else. */
export function UnlockDialog(props: {
  title: string
  busy: boolean
  failure: Failure | undefined
  onConfirm(password: string): void
  onClose(): void
}) {
  const { title, busy, failure, onConfirm, onClose } = props
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('library.unlockDialog.title')}
      size="md"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (password && !busy) onConfirm(password)
        }}
      >
        <Text mb="sm">{t('library.unlockDialog.body', { title })}</Text>
        <PasswordInput
          label={t('library.unlockDialog.label')}
          value={password}
          error={failure && `${t(`failures.${failure.code}.title`)}. ${t(`failures.${failure.code}.next`)}`}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!password}>
            {t('library.unlockDialog.confirm')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
