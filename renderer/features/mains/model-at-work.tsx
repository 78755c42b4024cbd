import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { TERMINAL_JOB_STATES } from '#contract/jobs.ts'
import { jobsQuery } from '../../state/jobs-query.ts'
import { JobAtWork } from '../jobs/index.ts'
import styles from './mains-page.module.css'
import { refreshMains } from './mains-queries.ts'

const KIND = 'write-mains-questions'

/** How far a model is with the questions it writes; each one shows in the list as it is kept. */
export function ModelAtWork() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { data: job } = useQuery({ ...jobsQuery(), select: ({ jobs }) => jobs.find(({ kind }) => kind === KIND) })
  const kept = job && `${job.id} ${job.state} ${job.progress?.done ?? 0}`
  useEffect(() => {
    if (kept !== undefined) void refreshMains(queryClient)
  }, [kept, queryClient])
  if (!job || TERMINAL_JOB_STATES.includes(job.state)) return null
  return (
    <div className={styles.atWork}>
      <JobAtWork job={job} starting={t('jobs.stages.starting')} />
    </div>
  )
}
