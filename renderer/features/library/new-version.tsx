import { Button } from '@mantine/core'
import { IconLockOpen, IconPlayerStop, IconRefresh, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Document } from '#contract/documents.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import styles from './document-row.module.css'
import { isLockedFailure } from './filter-documents.ts'

type NewVersion = NonNullable<Document['newVersion']>

/** How the new version of a document stands; the document itself is as it was. */
export function NewVersionNote({ version }: { version: NewVersion }) {
  const { t } = useTranslation()
  if (!version.failure) return <div className={styles.sub}>{t('library.newVersion.reading')}</div>
  return (
    <div className={styles.sub} style={{ whiteSpace: 'normal' }}>
      {t('library.newVersion.failed')} <FailureText failure={version.failure} />
    </div>
  )
}

/** What can be done about it: its password, another try, or leaving it. */
export function NewVersionButtons(props: {
  title: string
  version: NewVersion
  onUnlock(): void
  onRetry(): void
  onLeave(): void
}) {
  const { title, version, onUnlock, onRetry, onLeave } = props
  const { t } = useTranslation()
  const button = (label: string, icon: React.ReactNode, onClick: () => void) => (
    <Button size="compact-sm" variant="default" leftSection={icon} aria-label={`${label}: ${title}`} onClick={onClick}>
      {label}
    </Button>
  )
  if (!version.failure && version.status !== 'cancelled') {
    return button(t('library.actions.cancel'), <IconPlayerStop size={14} />, onLeave)
  }
  return (
    <>
      {isLockedFailure(version.failure)
        ? button(t('library.actions.unlock'), <IconLockOpen size={14} />, onUnlock)
        : button(t('library.actions.retry'), <IconRefresh size={14} />, onRetry)}
      {button(t('library.newVersion.leave'), <IconX size={14} />, onLeave)}
    </>
  )
}
