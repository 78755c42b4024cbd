import { Button, Select, Switch, TextInput } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelStatus, Settings } from '#contract/system.ts'
import { failureOf, orpc } from '../../client/index.ts'
import type { Preferences } from '../../state/preferences.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useFormat } from '../../ui/use-format.ts'
import styles from './answer-settings.module.css'
import { CopyText } from './copy-text.tsx'
import { modelChoices } from './model-choices.ts'
import { SettingsRow, SettingsSection } from './settings-section.tsx'

/** Looked at again this often while the page is open: the person may be starting Ollama right now. */
const CHECK_EVERY_MS = 15_000

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

function StatusBlock({
  status,
  checking,
  onCheck,
}: {
  status: ModelStatus | undefined
  checking: boolean
  onCheck(): void
}) {
  const { t } = useTranslation()
  const state = status?.state
  const notReady = state !== undefined && state !== 'ready'
  return (
    <div className={styles.status}>
      <div className={styles.line} role="status">
        <span className={styles.dot} data-state={state ?? 'checking'} aria-hidden />
        {state ? t(`settings.answers.states.${state}`, { model: status?.model ?? '' }) : t('settings.answers.checking')}
      </div>
      {notReady && <p className={styles.mend}>{t(`settings.answers.mend.${state}`)}</p>}
      {state === 'no-model' && <CopyText text={t('settings.answers.pullCommand')} />}
      {notReady && <p className={styles.mend}>{t('settings.answers.without')}</p>}
      <div className={styles.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRefresh size={14} />}
          loading={checking}
          onClick={onCheck}
        >
          {t('settings.answers.check')}
        </Button>
        {status?.version && t('settings.answers.version', { version: status.version })}
      </div>
    </div>
  )
}

/** Where the language model is, whether it answers, which one it is. */
export function AnswerSettings({ settings, save }: { settings: Settings; save: Preferences['save'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const queryClient = useQueryClient()
  const {
    data: status,
    isFetching,
    error,
    refetch,
  } = useQuery(orpc.system.modelStatus.queryOptions({ refetchInterval: CHECK_EVERY_MS, staleTime: 0 }))
  const [address, setAddress] = useState(settings.ollamaUrl)
  const [checking, setChecking] = useState(false)
  useEffect(() => setAddress(settings.ollamaUrl), [settings.ollamaUrl])
  const addressOk = isHttpUrl(address.trim())

  const check = async () => {
    setChecking(true)
    await refetch()
    setChecking(false)
  }
  const saveAndCheck = async (patch: Parameters<Preferences['save']>[0]) => {
    await save(patch)
    await queryClient.invalidateQueries({ queryKey: orpc.system.modelStatus.key() })
  }
  const saveAddress = () => {
    const trimmed = address.trim()
    if (addressOk && trimmed !== settings.ollamaUrl) void saveAndCheck({ ollamaUrl: trimmed })
  }
  const choices = modelChoices(status, settings.chatModel)
  return (
    <SettingsSection title={t('settings.answers.title')} lead={t('settings.answers.lead')}>
      <SettingsRow
        label={t('settings.answers.address')}
        hint={t('settings.answers.addressHint')}
        htmlFor="ollama-address"
        fill
      >
        <TextInput
          id="ollama-address"
          type="url"
          inputMode="url"
          spellCheck={false}
          value={address}
          error={addressOk ? undefined : t('settings.answers.addressBad')}
          onChange={(event) => setAddress(event.currentTarget.value)}
          onBlur={saveAddress}
          onKeyDown={(event) => {
            if (event.key === 'Enter') saveAddress()
            if (event.key === 'Escape') setAddress(settings.ollamaUrl)
          }}
        />
      </SettingsRow>
      <SettingsRow label={t('settings.answers.status')} fill>
        {error ? (
          <FailureNote failure={failureOf(error)} />
        ) : (
          <StatusBlock status={status} checking={checking || (isFetching && !status)} onCheck={() => void check()} />
        )}
      </SettingsRow>
      <SettingsRow label={t('settings.answers.model')} hint={t('settings.answers.modelHint')} htmlFor="chat-model" fill>
        <Select
          id="chat-model"
          allowDeselect={false}
          value={settings.chatModel}
          onChange={(value) => void saveAndCheck({ chatModel: value ?? '' })}
          data={choices.map(({ value, byteSize, local, installed }) => {
            const size = byteSize ? ` · ${format.bytes(byteSize)}` : ''
            const where = local ? '' : ` · ${t('settings.answers.cloudBadge')}`
            const label =
              value === ''
                ? status?.model && settings.chatModel === ''
                  ? t('settings.answers.automaticNamed', { model: status.model })
                  : t('settings.answers.automatic')
                : installed
                  ? `${value}${size}${where}`
                  : t('settings.answers.missingModel', { model: value })
            return { value, label, disabled: !local && !settings.allowCloudModels }
          })}
        />
      </SettingsRow>
      <SettingsRow label={t('settings.answers.cloud')} hint={t('settings.answers.cloudHint')} htmlFor="allow-cloud">
        <Switch
          id="allow-cloud"
          checked={settings.allowCloudModels}
          onChange={(event) => void saveAndCheck({ allowCloudModels: event.currentTarget.checked })}
        />
      </SettingsRow>
    </SettingsSection>
  )
}
