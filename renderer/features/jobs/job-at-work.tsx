import { Anchor, Button } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Job } from '#contract/jobs.ts'
import { orpc } from '../../client/index.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import styles from './job-at-work.module.css'
import { JobProgressLine } from './job-progress.tsx'

/**
 * Work that the page shows the fruit of: how far it is, what the language model does for it or waits for,
 * and a way to stop it. Without a job, which is there a moment later, `starting` stands alone.
 */
export function JobAtWork({
  job,
  starting,
  stop = 'ask.box.stop',
  onStopped,
}: {
  job: Job | undefined
  starting: string
  /** What stopping means here. */
  stop?: 'ask.box.stop' | 'quiz.action.cancel'
  onStopped?(): void
}) {
  const { t } = useTranslation()
  const cancel = useMutation(orpc.jobs.cancel.mutationOptions({ onSettled: onStopped }))
  return (
    <div className={styles.atWork} role="status">
      <div className={styles.progress}>
        {job ? <JobProgressLine job={job} /> : starting}
        {job?.progress?.model?.step === 'waiting' && (
          <Anchor component={Link} href="/settings/models" className={styles.queue}>
            {t('ask.stage.queue')}
          </Anchor>
        )}
        {job?.failure && <FailureNote failure={job.failure} />}
      </div>
      {job && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerStop size={14} />}
          loading={cancel.isPending}
          onClick={() => cancel.mutate({ jobId: job.id })}
        >
          {t(stop)}
        </Button>
      )}
    </div>
  )
}
