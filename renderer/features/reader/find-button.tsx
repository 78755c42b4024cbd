import { ActionIcon } from '@mantine/core'
import { IconFileSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** Opens the find bar of a reader, as Ctrl+F does. */
export function FindButton({ disabled = false, onOpen }: { disabled?: boolean; onOpen(): void }) {
  const { t } = useTranslation()
  return (
    <ActionIcon
      aria-label={t('reader.find.open')}
      title={`${t('reader.find.open')} (Ctrl+F)`}
      disabled={disabled}
      onClick={onOpen}
    >
      <IconFileSearch size={18} />
    </ActionIcon>
  )
}
