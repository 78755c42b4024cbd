import { ActionIcon, Tooltip, useComputedColorScheme } from '@mantine/core'
import { openSpotlight } from '@mantine/spotlight'
import {
  IconActivity,
  IconBooks,
  IconCards,
  IconCommand,
  IconHome2,
  IconListCheck,
  IconListDetails,
  IconMessageQuestion,
  IconMoon,
  IconSearch,
  IconSettings,
  IconSun,
  IconWriting,
  type TablerIcon,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { jobsQuery } from '../../state/jobs-query.ts'
import { useJobsSeen } from '../../state/jobs-seen.ts'
import { usePreferences } from '../../state/preferences.ts'
import { BrandMark } from '../../ui/brand-mark.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { countJobs } from '../jobs/index.ts'
import styles from './rail.module.css'

type PageName = 'home' | 'library' | 'search' | 'ask' | 'study' | 'cards' | 'quizzes' | 'mains' | 'jobs' | 'settings'

/** Which place of the rail a path belongs to; a book being read belongs to the library. */
export function placeOf(path: string): PageName | undefined {
  if (path === '/') return 'home'
  const first = path.split('/')[1]
  if (first === 'read') return 'library'
  if (path.startsWith('/study/cards')) return 'cards'
  const names: readonly PageName[] = ['library', 'search', 'ask', 'study', 'quizzes', 'mains', 'jobs', 'settings']
  return names.find((name) => name === first)
}

const STUDY: readonly [PageName, string, TablerIcon][] = [
  ['home', '/', IconHome2],
  ['library', '/library', IconBooks],
  ['search', '/search', IconSearch],
  ['ask', '/ask', IconMessageQuestion],
  ['study', '/study', IconListDetails],
  ['cards', '/study/cards', IconCards],
  ['quizzes', '/quizzes', IconListCheck],
  ['mains', '/mains', IconWriting],
]

function JobsBadge() {
  const { t } = useTranslation()
  const seenAtMs = useJobsSeen((state) => state.seenAtMs)
  const { data } = useQuery({ ...jobsQuery(), select: (list) => countJobs(list.jobs, seenAtMs) })
  if (!data) return null
  const { active, needing } = data
  if (needing > 0) {
    return (
      <span className={`${styles.badge} tabular`} data-kind="failed" title={t('shell.jobsFailed', { count: needing })}>
        <span aria-hidden>{needing}</span>
        <span className="visually-hidden">{t('shell.jobsFailed', { count: needing })}</span>
      </span>
    )
  }
  if (active === 0) return null
  return (
    <span className={`${styles.badge} tabular`} title={t('shell.jobsRunning', { count: active })}>
      <span aria-hidden>{active}</span>
      <span className="visually-hidden">{t('shell.jobsRunning', { count: active })}</span>
    </span>
  )
}

function ThemeSwitch() {
  const { t } = useTranslation()
  const { save } = usePreferences()
  const scheme = useComputedColorScheme('light')
  const label = t(scheme === 'dark' ? 'shell.theme.toLight' : 'shell.theme.toDark')
  return (
    <Tooltip label={label} position="right">
      <ActionIcon aria-label={label} onClick={() => void save({ theme: scheme === 'dark' ? 'light' : 'dark' })}>
        {scheme === 'dark' ? <IconSun size={18} /> : <IconMoon size={18} />}
      </ActionIcon>
    </Tooltip>
  )
}

function LanguageSwitch() {
  const { t, i18n } = useTranslation()
  const { save } = usePreferences()
  const hindi = i18n.language.startsWith('hi')
  return (
    <button
      type="button"
      className={styles.language}
      lang={hindi ? 'en' : 'hi'}
      title={t('shell.language.switchTo')}
      onClick={() => void save({ language: hindi ? 'en' : 'hi' })}
    >
      {t('shell.language.switch')}
    </button>
  )
}

/** The left rail: the places of the app, the work in the background, the look. */
export function Rail() {
  const { t } = useTranslation()
  const [path] = useLocation()
  const here = placeOf(path)
  const link = (name: PageName, href: string, Icon: TablerIcon) => (
    <li key={name}>
      <Link
        href={href}
        className={styles.link}
        aria-current={here === name ? 'page' : undefined}
        title={t(`shell.nav.${name}`)}
      >
        <Icon size={19} stroke={1.8} aria-hidden />
        <span className={styles.label}>{t(`shell.nav.${name}`)}</span>
        {name === 'jobs' && <JobsBadge />}
      </Link>
    </li>
  )
  return (
    <nav className={styles.rail} aria-label={t('shell.mainNavigation')}>
      <Link href="/" className={styles.brand}>
        <BrandMark size={28} />
        <span className={styles.label}>{t('common.appName')}</span>
      </Link>
      <button type="button" className={styles.palette} onClick={openSpotlight} title={t('palette.label')}>
        <IconCommand size={16} aria-hidden />
        <span className={styles.label}>{t('shell.findOrDo')}</span>
        <span className={styles.keys} aria-hidden>
          <KeyHint keys={['Ctrl', 'K']} />
        </span>
      </button>
      <ul className={styles.list}>{STUDY.map(([name, href, icon]) => link(name, href, icon))}</ul>
      <span className={styles.spring} />
      <ul className={styles.list}>
        {link('jobs', '/jobs', IconActivity)}
        {link('settings', '/settings', IconSettings)}
      </ul>
      <div className={styles.foot}>
        <ThemeSwitch />
        <LanguageSwitch />
      </div>
    </nav>
  )
}
