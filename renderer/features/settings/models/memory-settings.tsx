import { SegmentedControl, Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Settings } from '#contract/system.ts'
import { Meter } from '../../../ui/meter.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { SettingsRow, SettingsSection } from '../settings-section.tsx'
import type { SettingsSectionProps } from '../settings-topics.ts'
import { useLookAgain, useShelf } from './use-shelf.ts'

const MODES = ['auto', 'sparing', 'free'] as const

/** Whether memory is spared, and how much there is. */
export function MemorySettings({ settings, save }: SettingsSectionProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: shelf } = useShelf()
  const lookAgain = useLookAgain()
  const memory = shelf?.memory
  const now =
    memory && settings.memoryMode === 'auto' ? ` ${t(`models.memory.now.${memory.sparing ? 'on' : 'off'}`)}` : ''
  return (
    <SettingsSection title={t('models.memory.title')}>
      <SettingsRow label={t('models.memory.mode')} hint={t('models.memory.hint') + now} labelId="memory-mode-label">
        <SegmentedControl
          aria-labelledby="memory-mode-label"
          value={settings.memoryMode}
          onChange={(memoryMode) => void save({ memoryMode: memoryMode as Settings['memoryMode'] }).then(lookAgain)}
          data={MODES.map((value) => ({ value, label: t(`models.memory.modes.${value}`) }))}
        />
      </SettingsRow>
      <SettingsRow label={t('models.memory.share')} fill>
        {memory ? (
          <>
            <span className="tabular">
              {t('models.memory.amount', {
                free: format.bytes(memory.freeBytes),
                total: format.bytes(memory.totalBytes),
              })}
            </span>
            <Meter share={1 - memory.freeBytes / memory.totalBytes} label={t('models.memory.share')} />
          </>
        ) : (
          <Skeleton height={24} />
        )}
      </SettingsRow>
    </SettingsSection>
  )
}
