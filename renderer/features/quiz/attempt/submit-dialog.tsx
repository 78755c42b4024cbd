import { Button, Group, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Failure } from '#contract/errors.ts'
import { FailureNote } from '../../../ui/failure-note.tsx'
import type { AttemptCounts } from './attempt-state.ts'
import styles from './submit-dialog.module.css'
import { formatTimeLeft } from './test-clock.ts'

/** Tells what is handed in, before it is final. */
export function SubmitDialog(props: {
  opened: boolean
  counts: AttemptCounts
  leftMs: number
  busy: boolean
  failure: Failure | undefined
  onSubmit(): void
  onClose(): void
}) {
  const { opened, counts, leftMs, busy, failure, onSubmit, onClose } = props
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('quiz.submit.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <ul className={`${styles.counts} tabular`}>
        <li>{t('quiz.submit.answered', { count: counts.answered })}</li>
        <li data-blank={counts.blank > 0 || undefined}>{t('quiz.submit.blank', { count: counts.blank })}</li>
        {counts.marked > 0 && <li>{t('quiz.submit.marked', { count: counts.marked })}</li>}
      </ul>
      <p className={styles.text}>
        {t('quiz.submit.timeLeft', { duration: formatTimeLeft(leftMs) })} {t('quiz.submit.final')}
      </p>
      {failure && <FailureNote failure={failure} title={t('quiz.submit.failed')} />}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('quiz.submit.back')}
        </Button>
        <Button loading={busy} onClick={onSubmit}>
          {t('quiz.submit.confirm')}
        </Button>
      </Group>
    </Modal>
  )
}
