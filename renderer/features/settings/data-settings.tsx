import { Button, TextInput } from '@mantine/core'
import { type UseMutationResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job } from '#contract/jobs.ts'
import { failureOf, orpc } from '../../client/index.ts'
import { jobsQuery } from '../../state/jobs-query.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import { JobProgressLine, sectionOf } from '../jobs/index.ts'
import { CopyText } from './copy-text.tsx'
import styles from './data-settings.module.css'
import { SettingsRow, SettingsSection } from './settings-section.tsx'

type Started<Input> = UseMutationResult<Job, Error, Input>

/** The job of this kind that runs or waits, else the one that was started here, as it stands now. */
function useDataJob(kind: string, started: Started<never>): Job | undefined {
  const { data } = useQuery(jobsQuery())
  const ofKind = data?.jobs.filter((job) => job.kind === kind) ?? []
  const isAtWork = (job: Job) => sectionOf(job) === 'running' || sectionOf(job) === 'waiting'
  return ofKind.find(isAtWork) ?? ofKind.find(({ id }) => id === started.data?.id)
}

/** How a backup, export or restore stands: progress, where it is, or why it is not. */
function DataJobLine({ job, started, done }: { job: Job | undefined; started: Started<never>; done?: string }) {
  if (started.error) return <FailureNote failure={failureOf(started.error)} />
  if (!job) return null
  const section = sectionOf(job)
  if (section === 'running' || section === 'waiting') return <JobProgressLine job={job} />
  if (job.failure && job.state !== 'done' && job.state !== 'cancelled') return <FailureNote failure={job.failure} />
  if (job.state !== 'done' || done === undefined) return null
  return (
    <p className={styles.done} role="status">
      {done} <CopyText text={job.title} />
    </p>
  )
}

/** A copy of everything, a way back from it, and a way out. */
export function DataSettings() {
  const { t } = useTranslation()
  const format = useFormat()
  const nowMs = useNow(60_000)
  const queryClient = useQueryClient()
  const query = useQuery(orpc.data.info.queryOptions({ staleTime: 0 }))
  const info = query.data
  const backUp = useMutation(orpc.data.backUp.mutationOptions())
  const exportAll = useMutation(orpc.data.exportAll.mutationOptions())
  const restore = useMutation(orpc.data.restore.mutationOptions())
  const backupJob = useDataJob('back-up-library', backUp as Started<never>)
  const exportJob = useDataJob('export-library', exportAll as Started<never>)
  const restoreJob = useDataJob('restore-backup', restore as Started<never>)
  const [typedDir, setDir] = useState<string>()
  const [path, setPath] = useState('')
  const [asking, setAsking] = useState(false)
  const ended = [backupJob?.state, restoreJob?.state].join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a job that has ended changed is asked for anew.
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: orpc.data.info.key() })
  }, [queryClient, ended])

  if (!info) return <PageWaiting query={query} height={280} />
  const dir = typedDir ?? info.suggestedDir
  const { lastBackup } = info
  const atWork = (job: Job | undefined) => job?.state === 'running' || job?.state === 'queued'
  return (
    <SettingsSection title={t('settings.data.title')} lead={t('settings.data.lead')}>
      <SettingsRow label={t('settings.data.folder')} hint={t('settings.data.folderHint')} htmlFor="data-folder" fill>
        <TextInput id="data-folder" value={dir} onChange={(event) => setDir(event.currentTarget.value)} />
      </SettingsRow>
      <SettingsRow
        label={t('settings.data.backup')}
        hint={
          lastBackup
            ? t('settings.data.lastBackup', { when: format.relative(lastBackup.madeAtMs, nowMs) })
            : t('settings.data.noBackup')
        }
        fill
      >
        <div className={styles.deed}>
          <Button loading={atWork(backupJob)} disabled={!dir.trim()} onClick={() => backUp.mutate({ dir })}>
            {t('settings.data.backUpNow')}
          </Button>
          <DataJobLine job={backupJob} started={backUp as Started<never>} done={t('settings.data.savedIn')} />
        </div>
      </SettingsRow>
      <SettingsRow label={t('settings.data.export')} hint={t('settings.data.exportHint')} fill>
        <div className={styles.deed}>
          <Button
            variant="default"
            loading={atWork(exportJob)}
            disabled={!dir.trim()}
            onClick={() => exportAll.mutate({ dir })}
          >
            {t('settings.data.exportNow')}
          </Button>
          <DataJobLine job={exportJob} started={exportAll as Started<never>} done={t('settings.data.savedIn')} />
        </div>
      </SettingsRow>
      <SettingsRow label={t('settings.data.restore')} hint={t('settings.data.restoreHint')} htmlFor="data-restore" fill>
        <div className={styles.deed}>
          <TextInput
            id="data-restore"
            placeholder={lastBackup?.path ?? t('settings.data.restorePlaceholder')}
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
          />
          <Button
            variant="default"
            loading={atWork(restoreJob)}
            disabled={!path.trim() || info.restoreReady}
            onClick={() => setAsking(true)}
          >
            {t('settings.data.restoreAsk')}
          </Button>
          {info.restoreReady ? (
            <p className={styles.ready} role="status">
              {t('settings.data.restoreReady')}
            </p>
          ) : (
            <DataJobLine job={restoreJob} started={restore as Started<never>} />
          )}
        </div>
      </SettingsRow>
      <ConfirmDialog
        opened={asking}
        title={t('settings.data.restoreTitle')}
        body={t('settings.data.restoreBody')}
        confirmLabel={t('settings.data.restoreConfirm')}
        onConfirm={() => {
          setAsking(false)
          restore.mutate({ path })
        }}
        onClose={() => setAsking(false)}
      />
    </SettingsSection>
  )
}
