import { useTranslation } from 'react-i18next'
import type { Job } from '#contract/jobs.ts'
import { JobProgressLine, sectionOf } from '../jobs/index.ts'
import styles from './home-card.module.css'
import { HomeCard } from './home-card.tsx'

const SHOWN = 3

/** What is being worked on now, and how much waits. */
export function WorkingOn({ jobs, titleOf }: { jobs: readonly Job[]; titleOf(job: Job): string }) {
  const { t } = useTranslation()
  const running = jobs.filter((job) => sectionOf(job) === 'running')
  const waiting = jobs.filter((job) => sectionOf(job) === 'waiting')
  if (running.length + waiting.length === 0) return null
  const shown = running.slice(0, SHOWN)
  const more = running.length + waiting.length - shown.length
  return (
    <HomeCard title={t('home.jobs.title')} all={{ label: t('home.jobs.all'), href: '/jobs' }}>
      <ul className={styles.list}>
        {shown.map((job) => (
          <li key={job.id} className={styles.row}>
            <div className={styles.texts}>
              <div className={styles.name}>{titleOf(job)}</div>
              <JobProgressLine job={job} compact />
            </div>
          </li>
        ))}
        {more > 0 && <li className={`${styles.row} ${styles.more}`}>{t('home.jobs.more', { count: more })}</li>}
      </ul>
    </HomeCard>
  )
}
