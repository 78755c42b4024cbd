import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Language, Settings } from '#contract/system.ts'
import type { Preferences } from '../../state/preferences.ts'
import { SettingsRow, SettingsSection } from './settings-section.tsx'

const THEMES = ['auto', 'light', 'dark'] as const

export function AppearanceSettings({ settings, save }: { settings: Settings; save: Preferences['save'] }) {
  const { t } = useTranslation()
  return (
    <SettingsSection title={t('settings.appearance.title')}>
      <SettingsRow
        label={t('settings.appearance.theme')}
        hint={t('settings.appearance.themeHint')}
        labelId="theme-label"
      >
        <SegmentedControl
          aria-labelledby="theme-label"
          value={settings.theme}
          onChange={(theme) => void save({ theme: theme as Settings['theme'] })}
          data={THEMES.map((value) => ({ value, label: t(`settings.appearance.${value}`) }))}
        />
      </SettingsRow>
      <SettingsRow
        label={t('settings.appearance.language')}
        hint={t('settings.appearance.languageHint')}
        labelId="language-label"
      >
        <SegmentedControl
          aria-labelledby="language-label"
          value={settings.language}
          onChange={(language) => void save({ language: language as Language })}
          data={[
            { value: 'en', label: <span lang="en">English</span> },
            { value: 'hi', label: <span lang="hi">हिंदी</span> },
          ]}
        />
      </SettingsRow>
    </SettingsSection>
  )
}
