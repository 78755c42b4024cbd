import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Settings } from '#contract/system.ts'
import type { Preferences } from '../../state/preferences.ts'
import { SettingsRow, SettingsSection } from './settings-section.tsx'

const CHOICES = ['auto', 'rest', 'always'] as const

/** When reading, embedding and making questions may run. */
export function WorkSettings({ settings, save }: { settings: Settings; save: Preferences['save'] }) {
  const { t } = useTranslation()
  return (
    <SettingsSection title={t('settings.work.title')} lead={t('settings.work.lead')}>
      <SettingsRow
        label={t('settings.work.heavy')}
        hint={t(`settings.work.hints.${settings.heavyWork}`)}
        labelId="heavy-work-label"
      >
        <SegmentedControl
          aria-labelledby="heavy-work-label"
          value={settings.heavyWork}
          onChange={(heavyWork) => void save({ heavyWork: heavyWork as Settings['heavyWork'] })}
          data={CHOICES.map((value) => ({ value, label: t(`settings.work.choices.${value}`) }))}
        />
      </SettingsRow>
    </SettingsSection>
  )
}
