import { Button, SegmentedControl } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UsageReport } from '#contract/usage.ts'
import { orpc } from '../../../client/index.ts'
import { PageWaiting } from '../../../ui/page-waiting.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { SettingsRow, SettingsSection } from '../settings-section.tsx'
import type { SettingsSectionProps } from '../settings-topics.ts'
import { gatherByFeature, gatherDays } from './gather-days.ts'
import { LimitRows } from './limit-rows.tsx'
import { PriceRows } from './price-rows.tsx'
import { UsageChart } from './usage-chart.tsx'
import styles from './usage-settings.module.css'

const PERIODS = [7, 30, 90] as const
const LOOK_EVERY_MS = 15_000

/** What models were used for, what it cost, and where it stops. */
export function UsageSettings({ settings, save }: SettingsSectionProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [days, setDays] = useState<number>(30)
  const query = useQuery(
    orpc.usage.report.queryOptions({ input: { days }, refetchInterval: LOOK_EVERY_MS, staleTime: 0 }),
  )
  const report = query.data
  const lookAgain = () => queryClient.invalidateQueries({ queryKey: orpc.usage.report.key() })
  const clear = useMutation(orpc.usage.clearCache.mutationOptions({ onSuccess: lookAgain }))
  if (!report) return <PageWaiting query={query} height={420} />
  const saveAndLook = (patch: Parameters<typeof save>[0]) => void save(patch).then(lookAgain)
  return (
    <>
      <SettingsSection title={t('usage.title')} lead={t('usage.lead')}>
        <Today report={report} />
        <div className={styles.period}>
          <SegmentedControl
            size="xs"
            aria-label={t('usage.period')}
            value={String(days)}
            onChange={(value) => setDays(Number(value))}
            data={PERIODS.map((value) => ({ value: String(value), label: t('usage.days', { count: value }) }))}
          />
        </div>
        {report.rows.length === 0 ? (
          <p className={styles.empty}>{t('usage.empty')}</p>
        ) : (
          <>
            <UsageChart days={gatherDays(report.rows, report.today, days)} />
            <UsageTable report={report} />
          </>
        )}
        <SettingsRow label={t('usage.cache.title')} hint={t('usage.cache.hint')}>
          <span className={styles.cache}>
            <span className="tabular">{t('usage.cache.count', { count: report.cachedAnswerCount })}</span>
            <Button
              size="xs"
              variant="default"
              disabled={report.cachedAnswerCount === 0}
              loading={clear.isPending}
              onClick={() => clear.mutate(undefined)}
            >
              {t('usage.cache.clear')}
            </Button>
          </span>
        </SettingsRow>
      </SettingsSection>
      <LimitRows report={report} settings={settings} onSave={saveAndLook} />
      <PriceRows settings={settings} onSave={saveAndLook} />
    </>
  )
}

function Today({ report: { rows, today } }: { report: UsageReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const ofToday = rows.filter(({ day }) => day === today)
  const sum = (pick: (row: (typeof rows)[number]) => number) => ofToday.reduce((total, row) => total + pick(row), 0)
  const figures = [
    [t('usage.calls'), format.number(sum((row) => row.callCount - row.cacheHitCount))],
    [t('usage.fromCache'), format.number(sum((row) => row.cacheHitCount))],
    [t('usage.tokensIn'), format.number(sum((row) => row.promptTokens))],
    [t('usage.tokensOut'), format.number(sum((row) => row.replyTokens))],
    [t('usage.cost'), format.rupees(sum((row) => row.rupees))],
  ]
  return (
    <div className={styles.today}>
      <h3 className={styles.todayTitle}>{t('usage.today')}</h3>
      <dl className={`${styles.figures} tabular`}>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function UsageTable({ report }: { report: UsageReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={styles.tableFrame}>
      <table className={`${styles.table} tabular`}>
        <thead>
          <tr>
            <th scope="col">{t('usage.table.feature')}</th>
            <th scope="col">{t('usage.table.model')}</th>
            <th scope="col">{t('usage.calls')}</th>
            <th scope="col">{t('usage.tokensIn')}</th>
            <th scope="col">{t('usage.tokensOut')}</th>
            <th scope="col">{t('usage.time')}</th>
            <th scope="col">{t('usage.cost')}</th>
          </tr>
        </thead>
        <tbody>
          {gatherByFeature(report.rows).map((use) => (
            <tr key={`${use.feature} ${use.provider} ${use.model}`}>
              <th scope="row">{t(`models.features.${use.feature}`)}</th>
              <td>{use.model || t('usage.table.none')}</td>
              <td>
                {format.number(use.callCount)}
                {use.failedCount > 0 && (
                  <span className={styles.failed}> ({t('usage.table.failed', { count: use.failedCount })})</span>
                )}
              </td>
              <td>{format.number(use.promptTokens)}</td>
              <td>{format.number(use.replyTokens)}</td>
              <td>{format.duration(use.durationMs)}</td>
              <td>{use.rupees > 0 ? format.rupees(use.rupees) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
