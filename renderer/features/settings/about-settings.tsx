import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { navigate } from '../../state/hash-location.ts'
import type { Preferences } from '../../state/preferences.ts'
import { useShellView } from '../../state/shell-view.ts'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { CopyText } from './copy-text.tsx'
import { SettingsRow, SettingsSection } from './settings-section.tsx'
import { useHealth } from './use-health.ts'

/** What runs here: figures straight from the core. */
export function AboutSettings({ save }: { save: Preferences['save'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const openShortcuts = useShellView((state) => state.setShortcutsOpen)
  const query = useHealth()
  const health = query.data
  if (!health) return <PageWaiting query={query} height={280} />
  return (
    <SettingsSection title={t('settings.about.title')}>
      <SettingsRow label={t('settings.about.version')}>{health.version}</SettingsRow>
      <SettingsRow label={t('settings.about.host')}>{t(`settings.about.hosts.${health.host}`)}</SettingsRow>
      <SettingsRow label={t('settings.about.profile')} hint={t('settings.about.profileHint')}>
        <CopyText text={health.profileDir} />
      </SettingsRow>
      <SettingsRow label={t('settings.about.library')}>
        <span className="tabular">
          {t('settings.about.libraryValue', {
            documents: t('common.documents', { count: health.documentCount }),
            pages: t('common.pages', { count: health.pageCount }),
            passages: t('settings.about.passages', { count: health.chunkCount }),
          })}
        </span>
      </SettingsRow>
      <SettingsRow label={t('settings.about.memory')}>
        <span className="tabular">{format.bytes(health.residentBytes)}</span>
      </SettingsRow>
      <SettingsRow label={t('settings.about.database')}>{health.databaseVersion}</SettingsRow>
      <SettingsRow label={t('settings.about.runtime')}>
        Node {health.nodeVersion.replace(/^v/, '')} · {health.platform}
      </SettingsRow>
      <SettingsRow label={t('settings.about.shortcuts')} hint={t('settings.about.shortcutsHint')}>
        <Button variant="default" size="xs" onClick={() => openShortcuts(true)}>
          {t('settings.about.shortcutsAction')}
        </Button>
      </SettingsRow>
      <SettingsRow label={t('settings.about.tour')} hint={t('settings.about.tourHint')}>
        <Button
          variant="default"
          size="xs"
          onClick={() => {
            void save({ welcomed: false })
            navigate('/')
          }}
        >
          {t('settings.about.tourAction')}
        </Button>
      </SettingsRow>
    </SettingsSection>
  )
}
