import { Button } from '@mantine/core'
import {
  IconClipboardList,
  IconCpu,
  IconDatabaseExport,
  IconDatabaseImport,
  IconDownload,
  IconFileExport,
  IconFileText,
  IconListDetails,
  IconListSearch,
  IconLockOpen,
  IconPlayerStop,
  IconRefresh,
  IconScan,
  IconSettingsCog,
  IconWriting,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { StudyErrorCode } from '#contract/errors.ts'
import type { Job } from '#contract/jobs.ts'
import { useLibraryView } from '../../state/library-view.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { readerPath } from '../reader/index.ts'
import { sectionOf } from './group-jobs.ts'
import { JobProgressLine } from './job-progress.tsx'
import styles from './job-row.module.css'
import type { useJobActions } from './use-job-actions.ts'

const ICONS = {
  'import-document': IconFileText,
  'recognise-document': IconScan,
  'make-quiz': IconClipboardList,
  'embed-missing': IconListSearch,
  'build-index': IconListSearch,
  'match-syllabus': IconListSearch,
  'back-up-library': IconDatabaseExport,
  'restore-backup': IconDatabaseImport,
  'export-library': IconFileExport,
  'pull-model': IconDownload,
  'warm-up-model': IconCpu,
  'make-brief': IconListDetails,
  'evaluate-answer': IconWriting,
  'write-mains-questions': IconWriting,
}

/** Failures that a password mends. */
const PASSWORD_CODES: readonly StudyErrorCode[] = ['file-encrypted', 'wrong-password']

function isKnownKind(kind: string): kind is keyof typeof ICONS {
  return kind in ICONS
}

/** How a job stands when it does not run: in one line, with the reason and the mend where there is one. */
function JobStanding({ job, nowMs }: { job: Job; nowMs: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { failure, finishedAtMs, startedAtMs } = job
  const when = finishedAtMs === undefined ? '' : format.relative(finishedAtMs, nowMs)
  if (failure && job.state !== 'cancelled' && job.state !== 'done') {
    return <FailureText failure={failure} />
  }
  const tookMs = startedAtMs === undefined || finishedAtMs === undefined ? 0 : finishedAtMs - startedAtMs
  const took = tookMs >= 1000 ? `, ${t('jobs.tookFor', { duration: format.duration(tookMs) })}` : ''
  const text =
    job.state === 'done' && when
      ? t('jobs.finishedAt', { when }) + took
      : job.state === 'cancelled' && when
        ? t('jobs.stoppedAt', { when })
        : job.state === 'failed' && when
          ? t('jobs.failedAt', { when })
          : t(`jobs.states.${job.state}`, { when: format.until(job.runAtMs, nowMs) })
  return <div className={styles.state}>{text}</div>
}

export function JobRow(props: {
  job: Job
  /** What its document is called now, once its title was read. */
  documentTitle: string | undefined
  nowMs: number
  actions: ReturnType<typeof useJobActions>
}) {
  const { job, documentTitle, nowMs, actions } = props
  const title = documentTitle ?? job.title
  const { t } = useTranslation()
  const section = sectionOf(job)
  const Icon = isKnownKind(job.kind) ? ICONS[job.kind] : IconSettingsCog
  const kind = t(`jobs.kinds.${job.kind}` as 'jobs.kinds.other', { defaultValue: t('jobs.kinds.other') })
  const canOpen = job.state === 'done' || section === 'failed'
  const canCancel = section === 'running' || section === 'waiting' || section === 'attention'
  // Only its row in the library can take a password: trying again here would ask for it again.
  const isLocked =
    section === 'attention' && job.failure?.code !== undefined && PASSWORD_CODES.includes(job.failure.code)
  const canRetry = !isLocked && (section === 'failed' || section === 'attention' || job.state === 'cancelled')
  return (
    <li className={styles.row}>
      <span className={styles.icon} aria-hidden>
        <Icon size={18} />
      </span>
      <div>
        <div className={styles.title} title={title}>
          {title}
        </div>
        <div className={styles.kind}>
          {kind}
          {job.attempts > 1 && ` · ${t('jobs.attempts', { attempt: job.attempts, max: job.maxAttempts })}`}
        </div>
      </div>
      {section === 'running' ? <JobProgressLine job={job} /> : <JobStanding job={job} nowMs={nowMs} />}
      <div className={styles.buttons}>
        {job.documentId && documentTitle !== undefined && canOpen && (
          <Button
            component={Link}
            href={readerPath({ documentId: job.documentId, page: 1 })}
            variant="default"
            size="xs"
          >
            {t('jobs.openDocument')}
          </Button>
        )}
        {isLocked && (
          <Button
            component={Link}
            href="/library"
            variant="default"
            size="xs"
            leftSection={<IconLockOpen size={14} />}
            onClick={() => useLibraryView.getState().set({ status: 'attention', text: '' })}
          >
            {t('library.actions.unlock')}
          </Button>
        )}
        {canRetry && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={14} />}
            aria-label={t('jobs.retryJob', { title })}
            loading={actions.retry.isPending && actions.retry.variables?.jobId === job.id}
            onClick={() => actions.retry.mutate({ jobId: job.id })}
          >
            {t('jobs.retry')}
          </Button>
        )}
        {canCancel && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlayerStop size={14} />}
            aria-label={t('jobs.cancelJob', { title })}
            loading={actions.cancel.isPending && actions.cancel.variables?.jobId === job.id}
            onClick={() => actions.cancel.mutate({ jobId: job.id })}
          >
            {t('jobs.cancel')}
          </Button>
        )}
      </div>
    </li>
  )
}
