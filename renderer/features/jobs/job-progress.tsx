import { useTranslation } from 'react-i18next'
import type { Job } from '#contract/jobs.ts'
import { Meter } from '../../ui/meter.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { describeProgress } from './describe-progress.ts'
import styles from './job-progress.module.css'

/**
 * One running job's progress at a fixed height: what it does and the time left, the bar,
 * and under it the count and the rate. `compact` leaves the last line out and
 * puts the count in the first. A job that waits says so in a line.
 */
export function JobProgressLine({ job, compact = false }: { job: Job; compact?: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { progress } = job
  const label = t('jobs.progressOf', { title: job.title })
  const running = job.state === 'running'
  const text = running && progress ? describeProgress(progress, t, format) : undefined
  const stage = text?.stage ?? t(running ? 'jobs.stages.starting' : 'jobs.stages.queued')
  if (!running) return <div className={styles.text}>{stage}</div>
  return (
    <div className={`${styles.progress} tabular`}>
      <div className={styles.text}>
        <span className={styles.stage}>{stage}</span>
        {compact && text?.count && <span className={styles.figure}>{text.count}</span>}
        {!compact && text?.remaining && <span className={styles.figure}>{text.remaining}</span>}
      </div>
      <Meter share={text?.share} label={label} />
      {!compact && (
        <div className={styles.text}>
          <span className={styles.stage}>{text?.count}</span>
          <span className={`${styles.figure} ${styles.rate}`}>{text?.rate}</span>
        </div>
      )}
    </div>
  )
}
