import { Button, Group, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InstalledModel } from '#contract/models.ts'
import { failureOf, orpc } from '../../../client/index.ts'
import { type JobList, jobsQuery } from '../../../state/jobs-query.ts'
import { withJob } from '../../../state/live-updates.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { PageWaiting } from '../../../ui/page-waiting.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { SettingsRow, SettingsSection } from '../settings-section.tsx'
import type { SettingsSectionProps } from '../settings-topics.ts'
import { ActivityRow } from './activity-row.tsx'
import { DownloadRow } from './download-row.tsx'
import styles from './model-row.module.css'
import { InstalledRow, SuggestedRow } from './model-row.tsx'
import { useLookAgain, useShelf } from './use-shelf.ts'

/** The models of the local Ollama: what is there, what is on its way, what suits this computer. */
export function ShelfSettings({ settings, save }: SettingsSectionProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const queryClient = useQueryClient()
  const query = useShelf()
  const shelf = query.data
  const lookAgain = useLookAgain()
  const { data: list } = useQuery(jobsQuery())
  const [leaving, setLeaving] = useState<InstalledModel>()
  const [name, setName] = useState('')
  const pull = useMutation(
    orpc.models.pull.mutationOptions({
      onSuccess(job) {
        setName('')
        queryClient.setQueryData<JobList>(jobsQuery().queryKey, (jobs) => jobs && withJob(jobs, job))
      },
    }),
  )
  const remove = useMutation(
    orpc.models.remove.mutationOptions({
      async onSuccess() {
        setLeaving(undefined)
        await lookAgain()
      },
    }),
  )
  const pulls = newestOfEach((list?.jobs ?? []).filter(({ kind }) => kind === 'pull-model'))
  const downloads = pulls.filter(
    ({ title, state }) => state !== 'done' && !shelf?.installed.some((model) => model.name === title),
  )
  const ended = pulls.map(({ id, state }) => `${id} ${state}`).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a download that has ended changed what there is.
  useEffect(() => void lookAgain(), [ended])

  if (settings.provider !== 'ollama') return null
  // Above it, the writer's own settings say what did not work.
  if (!shelf) return query.error ? null : <PageWaiting query={query} height={280} />
  const isAway = shelf.status.state === 'unreachable' || shelf.status.state === 'too-old'
  const suggested = shelf.suggested.filter(
    (model) => !model.installed && !downloads.some(({ title }) => title === model.name),
  )
  const download = (wanted: string) => pull.mutate({ name: wanted })
  const busyWith = pull.isPending ? pull.variables?.name : undefined
  return (
    <SettingsSection title={t('models.shelf.title')} lead={t('models.shelf.lead')}>
      <ActivityRow />
      {shelf.installed.map((model) => (
        <InstalledRow
          key={model.name}
          model={model}
          canUse={model.writesText && (model.local || settings.allowCloudModels)}
          onUse={() => void save({ chatModel: model.name }).then(lookAgain)}
          onRemove={() => setLeaving(model)}
        />
      ))}
      {downloads.map((job) => (
        <DownloadRow key={job.id} job={job} />
      ))}
      {shelf.installed.length === 0 && downloads.length === 0 && (
        <p className={styles.empty}>{t(isAway ? 'models.shelf.away' : 'models.shelf.none')}</p>
      )}
      {suggested.length > 0 && <h3 className={styles.group}>{t('models.shelf.suggested')}</h3>}
      {suggested.map((model) => (
        <SuggestedRow
          key={model.name}
          model={model}
          disabled={isAway}
          busy={busyWith === model.name}
          onDownload={() => download(model.name)}
        />
      ))}
      <div className={styles.last}>
        <SettingsRow label={t('models.shelf.other')} hint={t('models.shelf.otherHint')} htmlFor="other-model" fill>
          <Group gap="xs" wrap="nowrap">
            <TextInput
              id="other-model"
              flex={1}
              spellCheck={false}
              disabled={isAway}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && name.trim() !== '') download(name.trim())
              }}
            />
            <Button
              variant="default"
              leftSection={<IconDownload size={15} />}
              disabled={isAway || name.trim() === ''}
              loading={busyWith !== undefined && busyWith === name.trim()}
              onClick={() => download(name.trim())}
            >
              {t('models.shelf.download')}
            </Button>
          </Group>
          {pull.error && <FailureNote failure={failureOf(pull.error)} />}
        </SettingsRow>
      </div>
      <ConfirmDialog
        opened={leaving !== undefined}
        title={t('models.shelf.removeTitle', { model: leaving?.name ?? '' })}
        body={t('models.shelf.removeBody', { size: format.bytes(leaving?.byteSize ?? 0) })}
        confirmLabel={t('models.shelf.removeModel', { model: leaving?.name ?? '' })}
        busy={remove.isPending}
        failure={remove.error ? failureOf(remove.error) : undefined}
        onConfirm={() => leaving && remove.mutate({ name: leaving.name })}
        onClose={() => {
          setLeaving(undefined)
          remove.reset()
        }}
      />
    </SettingsSection>
  )
}

/** Jobs come newest first; an older download of the same model is past. */
function newestOfEach<T extends { title: string }>(jobs: readonly T[]): T[] {
  return jobs.filter((job, at) => jobs.findIndex(({ title }) => title === job.title) === at)
}
