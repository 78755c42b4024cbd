import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Asks for one name: of a document or a collection. Mount it anew (a `key`) for each thing to be named. */
export function NameDialog(props: {
  opened: boolean
  title: string
  label: string
  placeholder?: string
  initialName: string
  maxLength: number
  confirmLabel: string
  busy?: boolean
  error?: string | undefined
  onConfirm(name: string): void
  onClose(): void
}) {
  const { opened, title, label, placeholder, initialName, maxLength, confirmLabel, busy, error, onConfirm, onClose } =
    props
  const { t } = useTranslation()
  const [name, setName] = useState(initialName)
  const trimmed = name.trim()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size="md"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (trimmed) onConfirm(trimmed)
        }}
      >
        <TextInput
          label={label}
          placeholder={placeholder}
          value={name}
          maxLength={maxLength}
          error={error}
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={busy ?? false} disabled={!trimmed || trimmed === initialName}>
            {confirmLabel}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
