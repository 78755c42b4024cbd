import { Button } from '@mantine/core'
import { IconBattery1, IconPlayerPause } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { failureOf, orpc } from '../../client/index.ts'
import { useHeavyWork } from '../../state/heavy-work.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import styles from './jobs-page.module.css'

/** Why heavy work rests by itself, and what lets it go on. Nothing where it does not. */
export function HeldNotice() {
  const { t } = useTranslation()
  const { held, overridden } = useHeavyWork()
  const runAnyway = useMutation(orpc.jobs.runAnyway.mutationOptions())
  if (!held) {
    return overridden ? <p className={styles.overridden}>{t('jobs.held.overridden')}</p> : null
  }
  const onBattery = held.reason === 'battery'
  return (
    <>
      <div className={styles.paused} role="status">
        {onBattery ? <IconBattery1 size={18} aria-hidden /> : <IconPlayerPause size={18} aria-hidden />}
        <span className={styles.reason}>{t(`jobs.held.${held.reason}`, { percent: held.batteryPercent ?? 0 })}</span>
        {onBattery && (
          <Button size="xs" variant="default" loading={runAnyway.isPending} onClick={() => runAnyway.mutate(undefined)}>
            {t('jobs.held.runAnyway')}
          </Button>
        )}
        {held.reason === 'asked' && (
          <Button size="xs" variant="default" component={Link} href="/settings/work">
            {t('jobs.held.change')}
          </Button>
        )}
      </div>
      {runAnyway.error && <FailureNote failure={failureOf(runAnyway.error)} />}
    </>
  )
}
