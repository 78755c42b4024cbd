import type { Icon } from '@tabler/icons-react'
import {
  IconActivity,
  IconChartBar,
  IconCpu,
  IconDatabase,
  IconInfoCircle,
  IconListSearch,
  IconPalette,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { Settings } from '#contract/system.ts'
import type { Preferences } from '../../state/preferences.ts'
import { AboutSettings } from './about-settings.tsx'
import { AppearanceSettings } from './appearance-settings.tsx'
import { DataSettings } from './data-settings.tsx'
import { EmbeddingSettings } from './embedding-settings.tsx'
import { FolderSettings } from './folder-settings.tsx'
import { MeaningSettings } from './meaning-settings.tsx'
import { MemorySettings } from './models/memory-settings.tsx'
import { ShelfSettings } from './models/shelf-settings.tsx'
import { WriterSettings } from './models/writer-settings.tsx'
import { SearchTermsSettings } from './search-terms-settings.tsx'
import { UsageSettings } from './usage/usage-settings.tsx'
import { WorkSettings } from './work-settings.tsx'

/** What every section of the page is given. */
export interface SettingsSectionProps {
  settings: Settings
  save: Preferences['save']
}

export interface SettingsTopic {
  /** Its address is /settings/ID, its name `settings.topics.ID`. */
  id: 'appearance' | 'models' | 'usage' | 'search' | 'work' | 'data' | 'about'
  icon: Icon
  /** Shown one below the other, by name. */
  sections: Readonly<Record<string, ComponentType<SettingsSectionProps>>>
}

/** Every topic of the page, in the order shown: a new section is one more entry here. */
export const SETTINGS_TOPICS: readonly SettingsTopic[] = [
  { id: 'appearance', icon: IconPalette, sections: { look: AppearanceSettings } },
  {
    id: 'models',
    icon: IconCpu,
    sections: { writer: WriterSettings, shelf: ShelfSettings, memory: MemorySettings },
  },
  { id: 'usage', icon: IconChartBar, sections: { usage: UsageSettings } },
  {
    id: 'search',
    icon: IconListSearch,
    sections: { model: EmbeddingSettings, meaning: MeaningSettings, terms: SearchTermsSettings },
  },
  { id: 'work', icon: IconActivity, sections: { heavy: WorkSettings } },
  { id: 'data', icon: IconDatabase, sections: { folders: FolderSettings, data: DataSettings } },
  { id: 'about', icon: IconInfoCircle, sections: { about: AboutSettings } },
]
