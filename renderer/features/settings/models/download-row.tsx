import { Button } from '@mantine/core'
import { IconPlayerStop, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Job } from '#contract/jobs.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { JobProgressLine, sectionOf, useJobActions } from '../../jobs/index.ts'
import styles from './model-row.module.css'

/** A model on its way, or one whose download was stopped: it goes on where it was. */
export function DownloadRow({ job }: { job: Job }) {
  const { t } = useTranslation()
  const { cancel, retry } = useJobActions()
  const section = sectionOf(job)
  const isAtWork = section === 'running' || section === 'waiting'
  const act = { jobId: job.id }
  return (
    <div className={`${styles.row} ${styles.download}`}>
      <div className={styles.name}>{job.title}</div>
      <div>
        {job.failure && job.state !== 'running' && job.state !== 'cancelled' ? (
          <FailureText failure={job.failure} />
        ) : isAtWork ? (
          <JobProgressLine job={job} />
        ) : (
          <span className={styles.facts}>{t(`jobs.states.${job.state}`, { when: '' })}</span>
        )}
      </div>
      <div className={styles.actions}>
        {section !== 'running' && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} />}
            loading={retry.isPending}
            onClick={() => retry.mutate(act)}
          >
            {t('models.shelf.retry')}
          </Button>
        )}
        {isAtWork && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlayerStop size={14} />}
            aria-label={t('models.shelf.stopModel', { model: job.title })}
            loading={cancel.isPending}
            onClick={() => cancel.mutate(act)}
          >
            {t('models.shelf.stop')}
          </Button>
        )}
      </div>
    </div>
  )
}
