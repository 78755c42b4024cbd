import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelCall } from '#contract/models.ts'
import { client } from '../../../client/index.ts'
import { followStream } from '../../../state/follow-stream.ts'
import { sleep } from '../../../state/sleep.ts'
import { useFormat } from '../../../ui/use-format.ts'
import { useNow } from '../../../ui/use-now.ts'
import { SettingsRow } from '../settings-section.tsx'
import styles from './activity-row.module.css'

/** The calls that the model works on, and those that wait for it: one runs at a time. */
export function ActivityRow() {
  const { t } = useTranslation()
  const format = useFormat()
  const nowMs = useNow(1000)
  const [calls, setCalls] = useState<ModelCall[]>([])
  useEffect(() => {
    const abort = new AbortController()
    void followStream({
      open: (signal) => client.models.activity(undefined, { signal }),
      onEvent: setCalls,
      onReopened: () => {},
      signal: abort.signal,
      sleep,
    })
    return () => abort.abort()
  }, [])
  if (calls.length === 0) return null
  return (
    <SettingsRow label={t('models.activity.title')} fill>
      <ul className={styles.calls} role="status">
        {calls.map(({ feature, stage, sinceMs, expectedMs }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: calls have no name of their own, and their order is what is shown.
          <li key={at} className={styles.call} data-stage={stage}>
            <span>{t(`models.features.${feature}`)}</span>
            <span className={`${styles.stage} tabular`}>
              {t(`models.activity.stages.${stage}`)}, {format.duration(Math.max(0, nowMs - sinceMs))}
              {expectedMs !== undefined &&
                ` (${t('models.activity.expected', { duration: format.duration(expectedMs) })})`}
            </span>
          </li>
        ))}
      </ul>
    </SettingsRow>
  )
}
