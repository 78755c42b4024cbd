import { Button } from '@mantine/core'
import { IconActivity, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { failureOf, orpc } from '../../client/index.ts'
import { jobsQuery } from '../../state/jobs-query.ts'
import { useJobsSeen } from '../../state/jobs-seen.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { useNow } from '../../ui/use-now.ts'
import { groupJobs, JOB_SECTIONS, type JobSection } from './group-jobs.ts'
import { HeldNotice } from './held-notice.tsx'
import { JobRow } from './job-row.tsx'
import styles from './jobs-page.module.css'
import { useJobActions } from './use-job-actions.ts'

/** Rows of a section shown before "show all"; what runs or waits for the person is always shown whole. */
const SHOWN: Partial<Record<JobSection, number>> = { waiting: 8, failed: 20, finished: 10 }

/** What the app works on: running, waiting, failed and done, with what can be done about each. */
export function JobsPage() {
  const { t } = useTranslation()
  const nowMs = useNow(10_000)
  const query = useQuery(jobsQuery())
  const { data } = query
  const { data: documents } = useQuery(orpc.documents.list.queryOptions())
  const titles = new Map(documents?.map(({ id, title }) => [id, title]))
  const actions = useJobActions()
  const markSeen = useJobsSeen((state) => state.markSeen)
  const [whole, setWhole] = useState<readonly JobSection[]>([])
  const jobs = data?.jobs

  useEffect(() => {
    if (jobs) markSeen(Date.now())
  }, [jobs, markSeen])

  const groups = groupJobs(jobs ?? [])
  const unfinished = groups.running.length + groups.waiting.length + groups.attention.length > 0
  const actionError =
    actions.cancel.error ?? actions.retry.error ?? actions.pauseAll.error ?? actions.resumeAll.error ?? undefined
  return (
    <PageFrame
      title={t('jobs.title')}
      lead={t('jobs.lead')}
      actions={
        data?.paused ? (
          <Button
            leftSection={<IconPlayerPlay size={16} />}
            loading={actions.resumeAll.isPending}
            onClick={() => actions.resumeAll.mutate(undefined)}
          >
            {t('jobs.resumeAll')}
          </Button>
        ) : (
          <Button
            variant="default"
            leftSection={<IconPlayerPause size={16} />}
            disabled={!unfinished}
            loading={actions.pauseAll.isPending}
            onClick={() => actions.pauseAll.mutate(undefined)}
          >
            {t('jobs.pauseAll')}
          </Button>
        )
      }
    >
      {data?.paused && (
        <div className={styles.paused} role="status">
          <IconPlayerPause size={18} aria-hidden />
          {t('jobs.paused')}
        </div>
      )}
      {!data?.paused && <HeldNotice />}
      {actionError && <FailureNote failure={failureOf(actionError)} />}
      <PageWaiting query={query} height={130} />
      {jobs?.length === 0 && (
        <EmptyState
          icon={<IconActivity size={26} />}
          title={t('jobs.empty.title')}
          body={t('jobs.empty.body')}
          actions={
            <Button component={Link} href="/library" variant="default">
              {t('jobs.empty.library')}
            </Button>
          }
        />
      )}
      {JOB_SECTIONS.map((section) => {
        const all = groups[section]
        if (all.length === 0) return null
        const limit = SHOWN[section] ?? all.length
        // A button that would show one or two more is no help.
        const cut = !whole.includes(section) && all.length > limit + 2
        return (
          <section key={section} className={styles.section} aria-labelledby={`jobs-${section}`}>
            <h2 id={`jobs-${section}`} className={styles.heading}>
              {t(`jobs.sections.${section}`)} <span className={`${styles.count} tabular`}>{all.length}</span>
            </h2>
            <ul className={styles.list}>
              {(cut ? all.slice(0, limit) : all).map((job) => (
                <JobRow
                  key={job.id}
                  job={job}
                  documentTitle={job.documentId && titles.get(job.documentId)}
                  nowMs={nowMs}
                  actions={actions}
                />
              ))}
            </ul>
            {cut && (
              <Button variant="subtle" size="xs" mt={8} onClick={() => setWhole([...whole, section])}>
                {t('jobs.showAll', { count: all.length })}
              </Button>
            )}
          </section>
        )
      })}
    </PageFrame>
  )
}
