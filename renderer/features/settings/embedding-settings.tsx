import { Button, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EmbeddingStatus } from '#contract/embedding.ts'
import { failureOf, orpc } from '../../client/index.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { RetryNote } from '../../ui/retry-note.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { JobProgressLine, useJobActions } from '../jobs/index.ts'
import { choiceOf, FOLDER, pickableModels } from './embedding-choices.ts'
import styles from './embedding-settings.module.css'
import { KeptEmbeddingsRow } from './kept-embeddings-row.tsx'
import { SettingsRow, SettingsSection } from './settings-section.tsx'

const CHANGING_EVERY_MS = 1_500
const RESTING_EVERY_MS = 10_000

/** Which model turns text into vectors: the one in use, the change to another, and what is kept of those before. */
export function EmbeddingSettings() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const statusQuery = orpc.embedding.status.queryOptions({
    refetchInterval: ({ state }) => (state.data?.next ? CHANGING_EVERY_MS : RESTING_EVERY_MS),
    staleTime: 0,
  })
  const query = useQuery(statusQuery)
  const status = query.data
  const show = (now: EmbeddingStatus) => {
    queryClient.setQueryData(statusQuery.queryKey, now)
    void queryClient.invalidateQueries({ queryKey: orpc.system.health.key() })
  }
  if (!status) return <PageWaiting query={query} height={180} />
  const { serving, next, kept } = status
  const old = kept.filter(({ inUse }) => !inUse)
  return (
    <SettingsSection title={t('settings.embedding.title')} lead={t('settings.embedding.lead')}>
      <SettingsRow
        label={t('settings.embedding.inUse')}
        hint={
          serving.state === 'missing'
            ? t('settings.embedding.missingMend')
            : serving.choice.kind === 'built-in'
              ? t('settings.embedding.builtInHint')
              : undefined
        }
      >
        {serving.state === 'ready'
          ? t('settings.meaning.modelValue', { name: serving.name ?? '', dimension: serving.dimension ?? 0 })
          : t('settings.embedding.missing')}
      </SettingsRow>
      {next ? <ChangeRow next={next} show={show} /> : <ChooseRow status={status} show={show} />}
      {old.map((model) => (
        <KeptEmbeddingsRow key={model.modelId} model={model} show={show} />
      ))}
    </SettingsSection>
  )
}

/** The change under way: how far it is, why it stopped, and the way back. */
function ChangeRow({
  next,
  show,
}: {
  next: NonNullable<EmbeddingStatus['next']>
  show(status: EmbeddingStatus): void
}) {
  const { t } = useTranslation()
  const { retry } = useJobActions()
  const cancel = useMutation(orpc.embedding.cancel.mutationOptions({ onSuccess: show }))
  const { job } = next
  const stopped = job?.failure !== undefined && job.state !== 'running' && job.state !== 'queued'
  return (
    <SettingsRow
      label={t('settings.embedding.changing', { name: next.name })}
      hint={t('settings.embedding.meanwhile')}
      fill
    >
      {stopped && job?.failure ? <FailureNote failure={job.failure} /> : job && <JobProgressLine job={job} />}
      {cancel.error && <FailureNote failure={failureOf(cancel.error)} />}
      <div className={styles.buttons}>
        {stopped && job && (
          <Button size="compact-sm" variant="default" onClick={() => retry.mutate({ jobId: job.id })}>
            {t('jobs.retry')}
          </Button>
        )}
        <Button size="compact-sm" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({})}>
          {t('settings.embedding.stay')}
        </Button>
      </div>
    </SettingsRow>
  )
}

/** Another model to be chosen: those that are there, or a folder with one. */
function ChooseRow({ status, show }: { status: EmbeddingStatus; show(status: EmbeddingStatus): void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: choices, error, refetch } = useQuery(orpc.embedding.choices.queryOptions({ staleTime: 5_000 }))
  const [picked, setPicked] = useState<string | null>(null)
  const [folder, setFolder] = useState('')
  const use = useMutation(
    orpc.embedding.use.mutationOptions({
      onSuccess(now) {
        setPicked(null)
        show(now)
      },
    }),
  )
  const models = pickableModels(choices?.models ?? [], status.serving.choice)
  const choice = choiceOf(picked, folder, models)
  // The failure's own words are about the model that ships.
  const isNoModel = picked === FOLDER && use.error && failureOf(use.error).code === 'embedding-model-missing'
  return (
    <SettingsRow
      label={t('settings.embedding.choose')}
      hint={choices?.ollamaMessage ? t('settings.embedding.chooseWithoutOllama') : t('settings.embedding.chooseHint')}
      htmlFor="embedding-model"
      fill
    >
      <Select
        id="embedding-model"
        placeholder={t('settings.embedding.placeholder')}
        value={picked}
        onChange={setPicked}
        data={[
          ...models.map(({ key, name, byteSize, local }) => ({
            value: key,
            label: [name, byteSize && format.bytes(byteSize), !local && t('settings.embedding.elsewhere')]
              .filter(Boolean)
              .join(' · '),
            disabled: !local,
          })),
          { value: FOLDER, label: t('settings.embedding.folder') },
        ]}
      />
      {picked === FOLDER && (
        <TextInput
          mt={8}
          aria-label={t('settings.embedding.folderPath')}
          placeholder={t('settings.embedding.folderPath')}
          description={t('settings.embedding.folderHint')}
          error={isNoModel && t('settings.embedding.folderBad')}
          spellCheck={false}
          value={folder}
          onChange={(event) => {
            setFolder(event.currentTarget.value)
            use.reset()
          }}
        />
      )}
      <RetryNote error={error} onRetry={refetch} />
      {use.error && !isNoModel && <FailureNote failure={failureOf(use.error)} />}
      {picked !== null && (
        <div className={styles.buttons}>
          <Button
            size="compact-sm"
            disabled={choice === undefined}
            loading={use.isPending}
            onClick={() => choice && use.mutate({ choice })}
          >
            {t('settings.embedding.use')}
          </Button>
        </div>
      )}
    </SettingsRow>
  )
}
