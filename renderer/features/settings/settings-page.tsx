import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import { usePreferences } from '../../state/preferences.ts'
import { PageFrame } from '../../ui/page-frame.tsx'
import styles from './settings-page.module.css'
import { SETTINGS_TOPICS } from './settings-topics.ts'

/** What the person can set, and what runs here, a topic at a time. Every change is saved at once. */
export function SettingsPage() {
  const { t } = useTranslation()
  const { topic: asked } = useParams<{ topic?: string }>()
  const { settings, save } = usePreferences()
  const topic = SETTINGS_TOPICS.find(({ id }) => id === asked) ?? SETTINGS_TOPICS[0]
  return (
    <PageFrame title={t('settings.title')}>
      <div className={styles.layout}>
        <nav aria-label={t('settings.title')}>
          <ul className={styles.topics}>
            {SETTINGS_TOPICS.map(({ id, icon: TopicIcon }) => (
              <li key={id}>
                <Link
                  href={`/settings/${id}`}
                  className={styles.topic}
                  aria-current={id === topic?.id ? 'page' : undefined}
                >
                  <TopicIcon size={17} aria-hidden />
                  {t(`settings.topics.${id}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className={styles.sections}>
          {settings ? (
            Object.entries(topic?.sections ?? {}).map(([name, Section]) => (
              <Section key={name} settings={settings} save={save} />
            ))
          ) : (
            <Skeleton height={360} />
          )}
        </div>
      </div>
    </PageFrame>
  )
}
