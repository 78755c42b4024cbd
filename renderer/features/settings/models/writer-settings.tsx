import { SegmentedControl, Select, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Settings } from '#contract/system.ts'
import { PageWaiting } from '../../../ui/page-waiting.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { type ModelChoice, modelChoices } from '../model-choices.ts'
import { SettingsRow, SettingsSection } from '../settings-section.tsx'
import type { SettingsSectionProps } from '../settings-topics.ts'
import { AddressField } from './address-field.tsx'
import { KeyField } from './key-field.tsx'
import { StatusCard } from './status-card.tsx'
import { useLookAgain, useShelf } from './use-shelf.ts'

const PROVIDERS = ['ollama', 'openai', 'extractive'] as const

/** Who writes: the provider, where it is, its key and model, and whether it answers. */
export function WriterSettings({ settings, save }: SettingsSectionProps) {
  const { t } = useTranslation()
  const query = useShelf()
  const shelf = query.data
  const lookAgain = useLookAgain()
  const saveAndLook = async (patch: Parameters<typeof save>[0]) => {
    await save(patch)
    await lookAgain()
  }
  const { provider } = settings
  return (
    <SettingsSection title={t('models.writer.title')} lead={t('models.writer.lead')}>
      <SettingsRow
        label={t('models.writer.provider')}
        hint={t(`models.writer.providerHints.${provider}`)}
        labelId="provider-label"
      >
        <SegmentedControl
          aria-labelledby="provider-label"
          value={provider}
          onChange={(chosen) => void saveAndLook({ provider: chosen as Settings['provider'] })}
          data={PROVIDERS.map((value) => ({ value, label: t(`models.writer.providers.${value}`) }))}
        />
      </SettingsRow>
      <SettingsRow label={t('models.writer.status')} fill>
        {shelf ? <StatusCard shelf={shelf} /> : <PageWaiting query={query} height={58} />}
      </SettingsRow>
      {provider === 'ollama' && (
        <SettingsRow
          label={t('models.writer.address')}
          hint={t('models.writer.ollamaAddressHint')}
          htmlFor="ollama-address"
          fill
        >
          <AddressField
            id="ollama-address"
            value={settings.ollamaUrl}
            onSave={(ollamaUrl) => void saveAndLook({ ollamaUrl })}
          />
        </SettingsRow>
      )}
      {provider === 'openai' && (
        <>
          <SettingsRow
            label={t('models.writer.address')}
            hint={t('models.writer.openaiAddressHint')}
            htmlFor="openai-address"
            fill
          >
            <AddressField
              id="openai-address"
              value={settings.openaiUrl}
              onSave={(openaiUrl) => void saveAndLook({ openaiUrl })}
            />
          </SettingsRow>
          <SettingsRow
            label={t('models.writer.key')}
            hint={t(`models.writer.keyHints.${shelf?.key.keptIn ?? 'session'}`)}
            htmlFor="openai-key"
            fill
          >
            <KeyField id="openai-key" known={shelf?.key.known ?? false} />
          </SettingsRow>
        </>
      )}
      {provider !== 'extractive' && (
        <>
          <ModelField settings={settings} onSave={(patch) => void saveAndLook(patch)} />
          <SettingsRow label={t('models.writer.cloud')} hint={t('models.writer.cloudHint')} htmlFor="allow-cloud">
            <Switch
              id="allow-cloud"
              checked={settings.allowCloudModels}
              onChange={(event) => void saveAndLook({ allowCloudModels: event.currentTarget.checked })}
            />
          </SettingsRow>
        </>
      )}
    </SettingsSection>
  )
}

function ModelField({
  settings,
  onSave,
}: {
  settings: Settings
  onSave(patch: Partial<Pick<Settings, 'chatModel' | 'openaiModel'>>): void
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: shelf } = useShelf()
  const isOllama = settings.provider === 'ollama'
  const chosen = isOllama ? settings.chatModel : settings.openaiModel
  const status = shelf?.status.provider === settings.provider ? shelf.status : undefined
  const automatic = () => {
    const model = chosen === '' ? status?.model : undefined
    if (isOllama) return model ? t('models.writer.automaticNamed', { model }) : t('models.writer.automatic')
    return model ? t('models.writer.firstLoadedNamed', { model }) : t('models.writer.firstLoaded')
  }
  const labelOf = ({ value, byteSize, local, installed }: ModelChoice) => {
    if (value === '') return automatic()
    if (!installed) return t('models.writer.missingModel', { model: value })
    const size = byteSize ? ` · ${format.bytes(byteSize)}` : ''
    return `${value}${size}${local || !isOllama ? '' : ` · ${t('models.writer.cloudBadge')}`}`
  }
  return (
    <SettingsRow
      label={t('models.writer.model')}
      hint={isOllama ? t('models.writer.modelHint') : undefined}
      htmlFor="chat-model"
      fill
    >
      <Select
        id="chat-model"
        allowDeselect={false}
        searchable={!isOllama}
        value={chosen}
        onChange={(value) => onSave(isOllama ? { chatModel: value ?? '' } : { openaiModel: value ?? '' })}
        data={modelChoices(status, chosen).map((choice) => ({
          value: choice.value,
          label: labelOf(choice),
          disabled: !choice.local && !settings.allowCloudModels,
        }))}
      />
    </SettingsRow>
  )
}
