import { NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Settings } from '#contract/system.ts'
import type { UsageReport } from '#contract/usage.ts'
import { useFormat } from '../../../ui/use-format.ts'
import { SettingsRow, SettingsSection } from '../settings-section.tsx'
import styles from './usage-settings.module.css'

type Limits = Settings['dailyLimits']

/** How many tokens and rupees a provider may take a day. */
export function LimitRows(props: {
  report: UsageReport
  settings: Settings
  onSave(patch: { dailyLimits: Limits }): void
}) {
  const { report, settings, onSave } = props
  const { t } = useTranslation()
  const format = useFormat()
  const shown = report.providers.filter(({ provider }) => provider !== 'extractive')
  const set = (provider: keyof Limits, unit: 'tokens' | 'rupees', value: number | undefined) => {
    const { [unit]: _, ...rest } = settings.dailyLimits[provider] ?? {}
    const limits = value === undefined ? rest : { ...rest, [unit]: value }
    onSave({ dailyLimits: { ...settings.dailyLimits, [provider]: limits } })
  }
  return (
    <SettingsSection
      title={t('usage.limits.title')}
      lead={t('usage.limits.lead', { when: format.date(report.resetsAtMs) })}
    >
      {shown.map(({ provider, tokens, rupees, limits, stopped }) => (
        <SettingsRow
          key={provider}
          label={t(`models.writer.providers.${provider}`)}
          hint={t('usage.limits.left', { used: `${format.number(tokens)} · ${format.rupees(rupees)}` })}
          fill
        >
          <div className={styles.limit}>
            <LimitField
              label={t('usage.limits.tokens')}
              value={limits.tokens}
              step={10_000}
              onSave={(value) => set(provider, 'tokens', value === undefined ? undefined : Math.ceil(value))}
            />
            <LimitField
              label={t('usage.limits.rupees')}
              value={limits.rupees}
              step={10}
              onSave={(value) => set(provider, 'rupees', value)}
            />
          </div>
          {stopped && (
            <p className={styles.stopped} role="status">
              {t('usage.limits.stopped')}
            </p>
          )}
        </SettingsRow>
      ))}
    </SettingsSection>
  )
}

function LimitField(props: {
  label: string
  value: number | undefined
  step: number
  onSave(value: number | undefined): void
}) {
  const { label, value, step, onSave } = props
  const { t } = useTranslation()
  const save = (text: string) => {
    const number = Number(text.replaceAll(/[^\d.]/g, ''))
    const next = number > 0 ? number : undefined
    if (next !== value) onSave(next)
  }
  return (
    <NumberInput
      key={value ?? 'none'}
      label={label}
      placeholder={t('usage.limits.none')}
      defaultValue={value ?? ''}
      min={0}
      step={step}
      thousandSeparator=","
      thousandsGroupStyle="lakh"
      onBlur={(event) => save(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save(event.currentTarget.value)
      }}
    />
  )
}
