import { Button } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { TERMINAL_JOB_STATES } from '#contract/jobs.ts'
import { orpc } from '../../client/index.ts'
import { jobsQuery } from '../../state/jobs-query.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { JobProgressLine } from '../jobs/index.ts'
import styles from './mains-page.module.css'
import { refreshMains } from './mains-queries.ts'

const KIND = 'write-mains-questions'

/** How far a model is with the questions it writes, with a way to stop it; each one shows in the list as it is kept. */
export function ModelAtWork() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { data: job } = useQuery({ ...jobsQuery(), select: ({ jobs }) => jobs.find(({ kind }) => kind === KIND) })
  const stop = useMutation(orpc.jobs.cancel.mutationOptions())
  const kept = job && `${job.id} ${job.state} ${job.progress?.done ?? 0}`
  useEffect(() => {
    if (kept !== undefined) void refreshMains(queryClient)
  }, [kept, queryClient])
  if (!job || TERMINAL_JOB_STATES.includes(job.state)) return null
  return (
    <div className={styles.atWork} role="status">
      <div className={styles.progress}>
        <JobProgressLine job={job} />
        {job.failure && <FailureNote failure={job.failure} />}
      </div>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerStop size={14} />}
        loading={stop.isPending}
        onClick={() => stop.mutate({ jobId: job.id })}
      >
        {t('ask.box.stop')}
      </Button>
    </div>
  )
}
