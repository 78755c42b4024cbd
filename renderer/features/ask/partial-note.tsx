import { Button } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '#contract/ask.ts'
import styles from './partial-note.module.css'

/** That an answer is a part, why where nobody stopped it, and the two ways on. */
export function PartialNote(props: { answer: Answer; busy: boolean; onAgain(): void; onContinue(): void }) {
  const { answer, busy, onAgain, onContinue } = props
  const { t } = useTranslation()
  const failure = answer.failure?.code === 'cancelled' ? undefined : answer.failure
  return (
    <div className={styles.note} data-testid="partial">
      <IconPlayerStop size={16} className={styles.icon} aria-hidden />
      <div className={styles.body}>
        <p className={styles.title}>
          {t(answer.sentences.length > 0 ? 'ask.answer.partial' : 'ask.answer.partialEmpty')}
        </p>
        {failure && failure.code !== 'model-cut-off' && (
          <p className={styles.reason}>
            {t('failures.sentence', { title: t(`failures.${failure.code}.title`) })}{' '}
            {t(`failures.${failure.code}.next`)}
          </p>
        )}
        {failure?.message && (
          <details className={styles.details}>
            <summary>{t('failures.details')}</summary>
            <p lang="en">{failure.message}</p>
          </details>
        )}
      </div>
      <div className={styles.actions}>
        {answer.engine !== 'extractive' && (
          <Button size="compact-sm" leftSection={<IconPlayerPlay size={14} />} disabled={busy} onClick={onContinue}>
            {t('ask.answer.continue')}
          </Button>
        )}
        <Button size="compact-sm" variant="default" disabled={busy} onClick={onAgain}>
          {t('ask.answer.again')}
        </Button>
      </div>
    </div>
  )
}
