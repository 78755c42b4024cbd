import {
  IconActivity,
  IconBooks,
  IconCards,
  IconColumns2,
  IconFileText,
  IconHome2,
  IconKeyboard,
  IconLanguage,
  IconListCheck,
  IconListDetails,
  IconMessageQuestion,
  IconMoon,
  IconNotebook,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlus,
  IconSearch,
  IconSettings,
  IconSun,
  IconSunMoon,
  IconWriting,
  type TablerIcon,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../client/index.ts'
import { navigate } from '../../state/hash-location.ts'
import { jobsQuery } from '../../state/jobs-query.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useShellView } from '../../state/shell-view.ts'
import { askPath } from '../ask/index.ts'
import { useJobActions } from '../jobs/index.ts'
import { useImport } from '../library/index.ts'
import { readerPath } from '../reader/index.ts'
import { newBriefPath } from '../study/index.ts'
import { filterEntries, type SearchableEntry } from './filter-entries.ts'

export interface PaletteEntry extends SearchableEntry {
  id: string
  Icon: TablerIcon
  /** Shortcut keys, one after another. */
  keys?: readonly string[]
  run(): void
}

export interface PaletteGroup {
  label: string
  entries: PaletteEntry[]
}

/** Documents offered before and after something was typed. */
const DOCUMENTS_AT_REST = 4
const DOCUMENTS_FOUND = 8

/** Everything the palette offers for a query, by group. Keywords are English and Hindi, whatever the language on screen. */
export function usePaletteEntries(query: string): PaletteGroup[] {
  const { t } = useTranslation()
  const { save } = usePreferences()
  const { chooseFiles, importSample } = useImport()
  const { pauseAll, resumeAll } = useJobActions()
  const openShortcuts = useShellView((state) => state.setShortcutsOpen)
  const { data: documents = [] } = useQuery(orpc.documents.list.queryOptions())
  const { data: jobList } = useQuery(jobsQuery())
  const words = query.trim()

  const page = (id: string, label: string, path: string, Icon: TablerIcon, key: string, keywords: string) => ({
    id,
    label,
    keywords,
    Icon,
    keys: ['G', key],
    run: () => navigate(path),
  })
  const pages: PaletteEntry[] = [
    page('home', t('shell.nav.home'), '/', IconHome2, 'H', 'home होम'),
    page('library', t('shell.nav.library'), '/library', IconBooks, 'L', 'library documents books लाइब्रेरी पुस्तकालय'),
    page('search', t('shell.nav.search'), '/search', IconSearch, 'S', 'search find खोजें'),
    page('ask', t('shell.nav.ask'), '/ask', IconMessageQuestion, 'A', 'ask question answer पूछें प्रश्न'),
    page('study', t('shell.nav.study'), '/study', IconListDetails, 'U', 'summary summaries compare सारांश तुलना'),
    page('cards', t('shell.nav.cards'), '/study/cards', IconCards, 'F', 'flashcards cards anki फ़्लैशकार्ड कार्ड'),
    page('quizzes', t('shell.nav.quizzes'), '/quizzes', IconListCheck, 'Q', 'quiz test mcq क्विज़ परीक्षा'),
    page('mains', t('shell.nav.mains'), '/mains', IconWriting, 'M', 'mains answer writing essay मुख्य परीक्षा उत्तर लेखन'),
    page('jobs', t('shell.nav.jobs'), '/jobs', IconActivity, 'J', 'jobs progress background काम'),
    page('settings', t('shell.nav.settings'), '/settings', IconSettings, ',', 'settings preferences ollama सेटिंग'),
  ]
  const actions: PaletteEntry[] = [
    {
      id: 'import',
      label: t('palette.actions.import'),
      keywords: 'import add upload pdf files जोड़ें',
      Icon: IconPlus,
      run: () => void chooseFiles(),
    },
    {
      id: 'new-quiz',
      label: t('palette.actions.quiz'),
      keywords: 'new quiz test mcq बनाएँ',
      Icon: IconListCheck,
      run: () => navigate('/quizzes/new'),
    },
    {
      id: 'ask-question',
      label: t('palette.actions.ask'),
      keywords: 'ask question प्रश्न',
      Icon: IconMessageQuestion,
      run: () => navigate('/ask'),
    },
    {
      id: 'summarise',
      label: t('palette.actions.summarise'),
      keywords: 'summary summarise summarize chapter सारांश',
      Icon: IconListDetails,
      run: () => navigate(newBriefPath('summary')),
    },
    {
      id: 'compare',
      label: t('palette.actions.compare'),
      keywords: 'compare comparison two documents तुलना',
      Icon: IconColumns2,
      run: () => navigate(newBriefPath('comparison')),
    },
    {
      id: 'sample',
      label: t('palette.actions.sample'),
      keywords: 'sample notes example नमूना',
      Icon: IconNotebook,
      run: () => void importSample(),
    },
    jobList?.paused
      ? {
          id: 'resume',
          label: t('palette.actions.resume'),
          keywords: 'resume jobs',
          Icon: IconPlayerPlay,
          run: () => resumeAll.mutate(undefined),
        }
      : {
          id: 'pause',
          label: t('palette.actions.pause'),
          keywords: 'pause stop jobs',
          Icon: IconPlayerPause,
          run: () => pauseAll.mutate(undefined),
        },
    {
      id: 'shortcuts',
      label: t('palette.actions.shortcuts'),
      keywords: 'keyboard keys help',
      Icon: IconKeyboard,
      keys: ['?'],
      run: () => openShortcuts(true),
    },
  ]
  const appearance: PaletteEntry[] = [
    {
      id: 'theme-light',
      label: t('palette.actions.light'),
      keywords: 'theme light day',
      Icon: IconSun,
      run: () => void save({ theme: 'light' }),
    },
    {
      id: 'theme-dark',
      label: t('palette.actions.dark'),
      keywords: 'theme dark night',
      Icon: IconMoon,
      run: () => void save({ theme: 'dark' }),
    },
    {
      id: 'theme-auto',
      label: t('palette.actions.auto'),
      keywords: 'theme auto system',
      Icon: IconSunMoon,
      run: () => void save({ theme: 'auto' }),
    },
    {
      id: 'language-en',
      label: t('palette.actions.english'),
      keywords: 'language english अंग्रेज़ी',
      Icon: IconLanguage,
      run: () => void save({ language: 'en' }),
    },
    {
      id: 'language-hi',
      label: t('palette.actions.hindi'),
      keywords: 'language hindi हिंदी',
      Icon: IconLanguage,
      run: () => void save({ language: 'hi' }),
    },
  ]
  const documentEntries: PaletteEntry[] = documents
    .filter(({ status }) => status === 'ready')
    .map(({ id, title, path }) => ({
      id: `document-${id}`,
      label: title,
      keywords: path.split(/[\\/]/).at(-1) ?? '',
      Icon: IconFileText,
      run: () => navigate(readerPath({ documentId: id, page: 1 })),
    }))
  const asTyped: PaletteEntry[] = words
    ? [
        {
          id: 'search-words',
          label: t('palette.searchFor', { query: words }),
          Icon: IconSearch,
          run: () => navigate(`/search?q=${encodeURIComponent(words)}`),
        },
        {
          id: 'ask-words',
          label: t('palette.askFor', { query: words }),
          Icon: IconMessageQuestion,
          run: () => navigate(askPath({ question: words })),
        },
      ]
    : []
  const groups: PaletteGroup[] = [
    { label: t('palette.groups.pages'), entries: filterEntries(pages, words) },
    {
      label: t('palette.groups.documents'),
      entries: filterEntries(documentEntries, words).slice(0, words ? DOCUMENTS_FOUND : DOCUMENTS_AT_REST),
    },
    { label: t('palette.groups.actions'), entries: filterEntries(actions, words) },
    { label: t('palette.groups.appearance'), entries: words ? filterEntries(appearance, words) : [] },
    { label: t('palette.groups.query'), entries: asTyped },
  ]
  return groups.filter(({ entries }) => entries.length > 0)
}
