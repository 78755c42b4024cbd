import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../state/preferences.ts'
import { PageFrame } from '../../ui/page-frame.tsx'
import { AboutSettings } from './about-settings.tsx'
import { AnswerSettings } from './answer-settings.tsx'
import { AppearanceSettings } from './appearance-settings.tsx'

/** What the person can set, and what runs here. Every change is saved at once. */
export function SettingsPage() {
  const { t } = useTranslation()
  const { settings, save } = usePreferences()
  return (
    <PageFrame title={t('settings.title')} width="form">
      {settings ? (
        <>
          <AppearanceSettings settings={settings} save={save} />
          <AnswerSettings settings={settings} save={save} />
          <AboutSettings save={save} />
        </>
      ) : (
        <Skeleton height={360} />
      )}
    </PageFrame>
  )
}
