import { useTranslation } from 'react-i18next'
import { Meter } from '../../ui/meter.tsx'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { SettingsRow, SettingsSection } from './settings-section.tsx'
import { useHealth } from './use-health.ts'

/** How far the index of the vectors is. */
export function MeaningSettings() {
  const { t } = useTranslation()
  const query = useHealth()
  const health = query.data
  if (!health) return <PageWaiting query={query} height={140} />
  const { state, vectorCount, pendingCount } = health.index
  return (
    <SettingsSection title={t('settings.meaning.title')}>
      <SettingsRow
        label={t('settings.meaning.index')}
        hint={state === 'rebuilding' ? t('settings.meaning.rebuildingHint') : undefined}
      >
        <span className="tabular">
          {t('settings.meaning.vectors', { count: vectorCount })} ·{' '}
          {t(`settings.meaning.states.${state}`, { count: pendingCount })}
        </span>
        {state === 'rebuilding' && (
          <Meter
            share={vectorCount / Math.max(1, vectorCount + pendingCount)}
            label={t('settings.meaning.states.rebuilding', { count: pendingCount })}
          />
        )}
      </SettingsRow>
    </SettingsSection>
  )
}
