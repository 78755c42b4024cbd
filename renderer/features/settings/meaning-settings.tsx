import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { failureOf } from '../../client/index.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { SettingsRow, SettingsSection } from './settings-section.tsx'
import { useHealth } from './use-health.ts'

/** Which model finds by meaning, and how far its index is. */
export function MeaningSettings() {
  const { t } = useTranslation()
  const { data: health, error } = useHealth()
  if (error) return <FailureNote failure={failureOf(error)} />
  if (!health) return <Skeleton height={140} />
  const { embedding, index } = health
  return (
    <SettingsSection title={t('settings.meaning.title')}>
      <SettingsRow
        label={t('settings.meaning.model')}
        hint={embedding.state === 'ready' ? t('settings.meaning.hindiNote') : t('settings.meaning.missingMend')}
      >
        {embedding.state === 'ready'
          ? t('settings.meaning.modelValue', { name: embedding.name ?? '', dimension: embedding.dimension ?? 0 })
          : t('settings.meaning.missing')}
      </SettingsRow>
      <SettingsRow label={t('settings.meaning.index')}>
        <span className="tabular">
          {t('settings.meaning.vectors', { count: index.vectorCount })} ·{' '}
          {t(`settings.meaning.states.${index.state}`, { count: index.pendingCount })}
        </span>
      </SettingsRow>
    </SettingsSection>
  )
}
